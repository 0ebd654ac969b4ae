/* The store of the story, on each engine: what is done is done once and wholly, with all that follows. */
#include "story_store.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_db.h"
#include "test_story_store.h"
#include "text.h"

/* ---- what stands in the store ---- */

/* Everything that the story may have written, as one text. */
static const char *whole(Tx *tx) {
    static const char *const queries[] = {
        "SELECT machine || thing_id || ' ' || state || ' ' || coalesce(late_on, 0) || ' ' || is_for_staff"
        " || is_stuck || ' ' || entered_at FROM standing ORDER BY machine, thing_id",
        "SELECT machine || ' ' || state || ' ' || thing_count FROM tally ORDER BY machine, state",
        "SELECT machine || thing_id || ' ' || event || ' ' || request_key FROM journal ORDER BY id",
        "SELECT job_key || ' ' || kind || ' ' || what || ' ' || who || ' ' || status || ' ' || due_at"
        " FROM job ORDER BY job_key",
        "SELECT machine || thing_id || ' ' || need || is_held FROM tick ORDER BY machine, thing_id, need",
    };
    Text text = text_new(tx->arena);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        Stmt *st = db_prepare(tx, queries[i], queries[i]);
        while (db_step(st))
            text_print(&text, "%s\n", db_text(st, 0));
        db_finish(st);
    }
    return text.p ? text.p : "";
}

static const char *whole_now(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    const char *text = whole(&tx);
    assert_null(tx.error);
    return text;
}

static void tallies_are_right(Tx *tx) {
    assert_int_equal(count_of(tx, "SELECT count(*) FROM (SELECT machine, state, count(*) AS n FROM standing"
                                  " GROUP BY machine, state) s LEFT JOIN tally t ON t.machine = s.machine"
                                  " AND t.state = s.state WHERE coalesce(t.thing_count, 0) <> s.n"),
                     0);
    assert_int_equal(count_of(tx, "SELECT sum(thing_count) FROM tally"),
                     count_of(tx, "SELECT count(*) FROM standing"));
}

/* ---- the tests; each runs on a fresh store of each engine ---- */

static void one_request_is_one_event(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    Act a = act(EVENT_validate, TRAINER, now);
    a.request_key = "click-1";
    must(&tx, session, nothing, a);
    const char *before = whole(&tx);
    Outcome again = story_fire(&tx, session, nothing, a);
    assert_true(again.done && again.is_repeat);
    assert_string_equal(whole(&tx), before);
    /* the same key on another thing is another request */
    a = act(EVENT_declined, COMPANY, now);
    a.request_key = "click-1";
    Outcome other = story_fire(&tx, dossiers[0], nothing, a);
    assert_true(other.done && !other.is_repeat);
    tallies_are_right(&tx);
    assert_true(db_commit(&tx));
}

static void what_is_refused_says_why_and_writes_nothing(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    Outcome outcome = story_fire(&tx, session, nothing, act(EVENT_create_session, TRAINER, now));
    assert_int_equal(outcome.missing, TRAINER_IS_ACTIVE);
    assert_int_equal(story_where(&tx, session), STATE_UNBORN);
    begin_session(&tx, now);
    const char *before = whole(&tx);
    outcome = story_fire(&tx, dossiers[0], nothing, act(EVENT_agreement_signed, COMPANY, now));
    assert_string_equal(outcome.why, story_say(SAY_NOT_HERE));
    outcome = story_fire(&tx, dossiers[0], nothing, act(EVENT_documents_generated, COMPANY, now));
    assert_string_equal(outcome.why, story_say(SAY_NOT_YOURS));
    outcome = story_follow(&tx, dossiers[0], EVENT_documents_generated, &(Act){ .now = now });
    assert_false(outcome.done);
    assert_string_equal(outcome.why, story_need_message(DOSSIER_IS_COMPLETE));
    outcome = story_fire(&tx, (Thing){ MACHINE_dossier, { 99 } }, nothing, act(EVENT_cancelled, STAFF, now));
    assert_string_equal(outcome.why, story_say(SAY_NOT_HERE));
    assert_string_equal(whole(&tx), before);
    assert_null(tx.error);
}

static void reactions_follow_in_one_transaction(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    validate(&tx, now);
    assert_int_equal(story_where(&tx, dossiers[1]), STATE_dossier_documents_sent);
    for (int i = 0; i < 2; i++) {
        sign(&tx, dossiers[i], now);
        pay_oneself(&tx, dossiers[i], now);
        assert_int_equal(story_where(&tx, session), i ? STATE_session_open : STATE_session_validated);
    }
    /* dossier -> session -> slots: three steps away */
    assert_int_equal(story_where(&tx, (Thing){ MACHINE_slot, { 101 } }), STATE_slot_planned);
    assert_int_equal(count_of(&tx, "SELECT root_id FROM standing WHERE machine = 'slot' AND thing_id = 101"),
                     1);
    /* papers before the mail that carries them, in one chain */
    assert_int_equal(count_of(&tx,
                              "SELECT count(*) FROM job m JOIN job p ON p.chain = m.chain AND p.kind = 'make'"
                              " WHERE m.what = 'documents_ready' AND p.position < m.position"),
                     8);
    assert_int_equal(count_of(&tx, "SELECT count(*) FROM job WHERE what = 'convocation' AND who = 'trainee'"),
                     1);
    must(&tx, session, nothing, act(EVENT_cancel, STAFF, now));
    assert_int_equal(story_where(&tx, dossiers[0]), STATE_dossier_abandoned);
    tallies_are_right(&tx);
    assert_true(db_commit(&tx));
}

static void a_reaction_may_refuse_all(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    validate(&tx, now);
    sign(&tx, dossiers[0], now);
    pay_oneself(&tx, dossiers[0], now);
    sign(&tx, dossiers[1], now);
    story_tick(&tx, dossiers[1], COMMITMENT_IS_SIGNED, true, now);
    assert_true(db_commit(&tx));
    const char *before = whole_now(db, arena);
    tx = db_begin(db, arena);
    refuse_with = "Le calendrier n'est pas complet.";
    Outcome outcome = story_fire(&tx, dossiers[1], nothing, act(EVENT_company_pays_itself, COMPANY, now));
    refuse_with = NULL;
    assert_true(!outcome.done && outcome.is_spoilt);
    assert_string_equal(outcome.why, "Le calendrier n'est pas complet.");
    db_rollback(&tx);
    assert_string_equal(whole_now(db, arena), before);
}

/* The n-th step fails, for every n: nothing of it stands; then it goes through. */
static void fails_at_every_step(Db *db, Arena *arena, Thing thing, Act a) {
    const char *before = whole_now(db, arena);
    int step = 0;
    for (bool done = false; !done;) {
        db_fail_at(++step);
        Tx tx = db_begin(db, arena);
        Outcome outcome = story_fire(&tx, thing, nothing, a);
        assert_true(outcome.done || outcome.why);
        done = outcome.done && db_commit(&tx);
        db_fail_at(0);
        db_rollback(&tx);
        if (!done)
            assert_string_equal(whole_now(db, arena), before);
        assert_true(step < 500);
    }
    assert_true(step > 20);
    assert_string_not_equal(whole_now(db, arena), before);
}

static void a_fault_at_any_step_leaves_nothing(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    assert_true(db_commit(&tx));
    fails_at_every_step(db, arena, session, act(EVENT_validate, TRAINER, now));
    tx = db_begin(db, arena);
    sign(&tx, dossiers[0], now);
    pay_oneself(&tx, dossiers[0], now);
    sign(&tx, dossiers[1], now);
    story_tick(&tx, dossiers[1], COMMITMENT_IS_SIGNED, true, now);
    assert_true(db_commit(&tx));
    /* the last green light opens the session, which plans its slots */
    fails_at_every_step(db, arena, dossiers[1], act(EVENT_company_pays_itself, COMPANY, now));
}

static void buttons_and_lines_are_read(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    validate(&tx, now);
    StoryButtons buttons = story_buttons(&tx, dossiers[0], COMPANY);
    assert_int_equal(buttons.count, 3);
    assert_string_equal(buttons.at[0].name, "agreement_signed");
    assert_string_equal(buttons.at[0].missing, story_need_message(SIGNATORY_IS_SURE));
    assert_null(buttons.at[1].missing);
    assert_true(buttons.at[1].asks && !buttons.at[0].asks);
    assert_int_equal(buttons.at[2].as, COMPANY);
    sign(&tx, dossiers[0], now);
    must(&tx, dossiers[0], nothing, act(EVENT_company_declares_request_sent, COMPANY, now));
    buttons = story_buttons(&tx, dossiers[0], STAFF);
    for (size_t i = 0; i < buttons.count; i++) /* staff tell what the OPCO said */
        assert_int_equal(buttons.at[i].as, buttons.at[i].event == EVENT_refused ? FUNDER : STAFF);
    Act refused = act(EVENT_refused, FUNDER, now);
    refused.reason = "Fonds épuisés";
    must(&tx, dossiers[0], nothing, refused);
    Lines lines = story_lines(&tx, dossiers[0]);
    assert_int_equal(lines.count, 5);
    assert_string_equal(lines.at[0].past, "Dossier ouvert");
    assert_string_equal(lines.at[4].whose, "funder");
    assert_string_equal(lines.at[4].reason, "Fonds épuisés");
    assert_string_equal(lines.at[4].person, "Camille Roussel");
    assert_string_equal(lines.at[4].to_label, "Refusé par l'OPCO");
    Lines all = story_lines_of_root(&tx, session.id, 3);
    assert_int_equal(all.count, 3);
    assert_int_equal(all.at[2].id.value, lines.at[4].id.value);
    assert_int_equal(story_facts(&tx, session).children[STATE_dossier_refused], 1);
    assert_true(db_commit(&tx));
}

static void unknown_words_are_named(Db *db, Arena *arena) {
    const char *word = "";
    AUTO_TX Tx tx = db_begin(db, arena);
    assert_true(story_knows_all(&tx, &word));
    begin_session(&tx, at(2026, 3, 2, 10));
    assert_true(story_knows_all(&tx, &word));
    db_run(&tx, "UPDATE journal SET event = 'validated_twice' WHERE event = 'fill_for_client'");
    assert_false(story_knows_all(&tx, &word));
    assert_string_equal(word, "validated_twice");
    db_run(&tx, "UPDATE tally SET state = 'dossier_preparation' WHERE state = 'dossier_preparing'");
    assert_false(story_knows_all(&tx, &word));
    assert_string_equal(word, "dossier_preparation");
}

static void bugs_stick_to_the_transaction(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    Outcome outcome = story_born(&tx, dossiers[0], session, EVENT_opened, &(Act){ .now = now });
    assert_false(outcome.done); /* its session is not born */
    assert_string_equal(outcome.why, story_say(SAY_BROKEN));
    assert_non_null(tx.error);
    db_rollback(&tx);
    tx = db_begin(db, arena);
    begin_session(&tx, now);
    house.reactions[REACTION_expect_payout] = NULL;
    outcome = story_fire(&tx, session, nothing, act(EVENT_validate, TRAINER, now));
    assert_false(outcome.done);
    assert_string_equal(tx.error, "nobody reacts to expect_payout");
    db_rollback(&tx);
    tx = db_begin(db, arena);
    story_dates(&tx, session, date_of(2026, 6, 1), (Date){ 0 }, (Date){ 0 }, now);
    assert_string_equal(tx.error, "dates of a session that is not born");
}

/* ---- two processes at once ---- */

enum { WAS_DONE = 10, WAS_REPEAT, WAS_REFUSED, WAS_FAULT };

static int child_fires(const Db *db, const char *key, int ready, Instant now) {
    AUTO_ARENA Arena *arena = arena_new();
    char go;
    Db *own = test_db_again(db);
    set_house(own);
    if (read(ready, &go, 1) != 1)
        return WAS_FAULT;
    Tx tx = db_begin(own, arena);
    Act a = act(EVENT_declined, COMPANY, now);
    a.request_key = key;
    Outcome outcome = story_fire(&tx, dossiers[0], nothing, a);
    bool is_committed = outcome.done && db_commit(&tx);
    db_rollback(&tx);
    db_close(own);
    if (outcome.done && !is_committed)
        return WAS_FAULT;
    return outcome.is_repeat ? WAS_REPEAT : outcome.done ? WAS_DONE : WAS_REFUSED;
}

/* Both wait for the same word to begin; returns how each ended, added up. */
static int two_children(const Db *db, const char *first_key, const char *second_key, Instant now) {
    int ready[2], sum = 0;
    assert_int_equal(pipe(ready), 0);
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(child_fires(db, i ? second_key : first_key, ready[0], now));
    }
    assert_int_equal(write(ready[1], "gg", 2), 2);
    for (int i = 0; i < 2; i++) {
        int status = 0;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status));
        sum += WEXITSTATUS(status);
    }
    close(ready[0]);
    close(ready[1]);
    return sum;
}

static void two_at_once_are_one_event(Db *db, Arena *arena) {
    Instant now = at(2026, 3, 2, 10);
    for (int round = 0; round < 2; round++) {
        Tx tx = db_begin(db, arena);
        if (round == 0)
            begin_session(&tx, now);
        else
            db_run(&tx, "UPDATE standing SET state = 'dossier_preparing' WHERE thing_id IN (11, 12);"
                        "UPDATE standing SET state = 'session_ready_to_validate' WHERE machine = 'session'");
        validate(&tx, now);
        assert_true(db_commit(&tx));
        int sum = two_children(db, "once", round ? "twice" : "once", now);
        assert_int_equal(sum, WAS_DONE + (round ? WAS_REFUSED : WAS_REPEAT));
        tx = db_begin(db, arena);
        assert_int_equal(count_of(&tx, "SELECT count(*) FROM journal WHERE event = 'declined'"), 1);
        db_run(&tx, "DELETE FROM journal WHERE event = 'declined'");
        assert_true(db_commit(&tx));
    }
}

int main(void) {
    static StoreTest all[] = {
        { "one_request_is_one_event", one_request_is_one_event },
        { "what_is_refused_says_why_and_writes_nothing", what_is_refused_says_why_and_writes_nothing },
        { "reactions_follow_in_one_transaction", reactions_follow_in_one_transaction },
        { "a_reaction_may_refuse_all", a_reaction_may_refuse_all },
        { "a_fault_at_any_step_leaves_nothing", a_fault_at_any_step_leaves_nothing },
        { "buttons_and_lines_are_read", buttons_and_lines_are_read },
        { "unknown_words_are_named", unknown_words_are_named },
        { "bugs_stick_to_the_transaction", bugs_stick_to_the_transaction },
        { "two_at_once_are_one_event", two_at_once_are_one_event },
    };
    enum { COUNT = sizeof all / sizeof all[0] };
    static struct CMUnitTest tests[COUNT];
    for (int i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each, NULL, NULL, &all[i].run };
    return cmocka_run_group_tests_name("story_store", tests, NULL, NULL);
}
