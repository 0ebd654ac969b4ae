/* A whole file on stores that fail at every step in turn: what did not succeed has left nothing behind. */
#include "log.h"
#include "test_faults.h"

/* Fails at each step in turn until none is left to fail at. */
static void do_step(Db *db, Walk *w, const struct Step *step) {
    AUTO_ARENA Arena *arena = arena_new();
    Print before = print_of(db, arena);
    for (int n = 1; !attempt(db, w, step, n); n++) {
        AUTO_ARENA Arena *own = arena_new();
        Print after = print_of(db, own);
        same(&before, &after, "", step->name, n);
        assert_true(n < STEPS_MOST);
    }
}

static void walked(Db *db, const Walk *w) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(db, arena);
    assert_int_equal(story_where(&tx, THING(dossier, w->dossier)), STATE_dossier_archived);
    assert_int_equal(story_where(&tx, THING(session, w->scene.session_id)), STATE_session_closed);
    db_rollback(&tx);
    assert_int_equal(ask(db, "SELECT count(*) FROM invoice"), 2);
    assert_int_equal(ask(db, "SELECT max(number) FROM invoice"), 2); /* no number was lost */
    assert_int_equal(ask(db, "SELECT sum(total_cents) - sum(settled_cents) FROM invoice"), 0);
    assert_int_equal(ask(db, "SELECT count(*) FROM batch"), 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM standing"), ask(db, "SELECT sum(thing_count) FROM tally"));
}

static void nothing_is_left_of_what_failed(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        db_set_house(dbs.at[i], &app_story);
        Walk w = people(dbs.at[i], arena);
        for (size_t k = 0; k < STEPS; k++)
            do_step(dbs.at[i], &w, &steps[k]);
        walked(dbs.at[i], &w);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_left_of_what_failed) };
    log_silence();
    crypt_start();
    return cmocka_run_group_tests_name("faults_store", tests, NULL, NULL);
}
