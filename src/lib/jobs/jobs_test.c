#include "jobs.h"

#include <string.h>

#include "test.h"
#include "test_db.h"

static const int64_t MINUTE = 60000;

static Instant at(int64_t ms) { return (Instant){ ms }; }

static void add(Tx *tx, const char *chain, int64_t position, const char *key, int64_t due_ms) {
    jobs_add(tx, &(NewJob){ .kind = "make",
                            .what = "convention",
                            .machine = "dossier",
                            .thing_id = { 7 },
                            .chain = chain,
                            .position = position,
                            .job_key = key,
                            .due_at = { due_ms } });
}

/* The key of the job that is leased; "" when there is none. */
static const char *lease(Tx *tx, int64_t now_ms, LeasedJob *ret) {
    return jobs_lease(tx, "w1", at(now_ms), 60, ret) ? ret->job_key : "";
}

static void chains_keep_their_order(Tx *tx) {
    LeasedJob first, other, job;
    add(tx, "c", 1, "mail", 1000);
    add(tx, "c", 0, "paper", 1001);
    add(tx, "", 0, "alone", 1002);
    add(tx, "", 0, "alone", 5); /* the same key: the same job */
    add(tx, "", 0, "later", 999999);
    assert_int_equal(jobs_waiting(tx, at(2000)), 3);
    assert_string_equal(lease(tx, 999, &job), "");
    assert_int_equal(jobs_next_due(tx).ms, 1001); /* the mail waits for the paper */
    assert_string_equal(lease(tx, 2000, &first), "paper");
    assert_int_equal(first.attempt_count, 1);
    assert_int_equal(first.thing_id.value, 7);
    assert_string_equal(lease(tx, 2000, &other), "alone");
    assert_string_equal(lease(tx, 2000, &job), "");
    jobs_done(tx, first.id, at(2001));
    assert_string_equal(lease(tx, 2002, &job), "mail");
    jobs_done(tx, job.id, at(2003));
    jobs_done(tx, other.id, at(2003));
    assert_int_equal(jobs_waiting(tx, at(2004)), 0);
    assert_int_equal(jobs_next_due(tx).ms, 999999);
}

static void pauses_grow_until_it_fails(Tx *tx) {
    static const int pauses[] = { 1, 5, 15, 60, 240, 480, 1440 };
    int64_t now = 1000;
    LeasedJob job;
    add(tx, "c", 0, "first", now);
    add(tx, "c", 1, "second", now);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(lease(tx, now, &job), "first");
        jobs_retry(tx, job.id, "non", at(now));
        assert_int_equal(jobs_next_due(tx).ms, now + pauses[i] * MINUTE);
        now += pauses[i] * MINUTE;
        assert_string_equal(lease(tx, now - 1, &job), "");
    }
    assert_string_equal(lease(tx, now, &job), "first");
    assert_int_equal(job.attempt_count, 8);
    jobs_retry(tx, job.id, "toujours non", at(now));
    assert_string_equal(lease(tx, now + 99999 * MINUTE, &job), "");
    assert_int_equal(jobs_next_due(tx).ms, 0); /* the second waits for a person */
    assert_int_equal(jobs_waiting(tx, at(now)), 0);
    FailedJobs failed = jobs_failed(tx);
    assert_int_equal(failed.count, 1);
    assert_string_equal(failed.at[0].error, "toujours non");
    jobs_again(tx, failed.at[0].id, at(now));
    assert_string_equal(lease(tx, now, &job), "first");
    assert_int_equal(job.attempt_count, 1);
}

static void dead_workers_lose_their_lease(Tx *tx) {
    LeasedJob job;
    add(tx, "", 0, "deadly", 1000);
    assert_string_equal(lease(tx, 1000, &job), "deadly");
    assert_int_equal(jobs_next_due(tx).ms, 61000);
    assert_string_equal(lease(tx, 60999, &job), "");
    for (int i = 1; i < 8; i++)
        assert_string_equal(lease(tx, 1000 + i * MINUTE, &job), "deadly");
    assert_string_equal(lease(tx, 1000 + 8 * MINUTE, &job), "");
    assert_int_equal(jobs_failed(tx).count, 1);
}

static void waiting_ones_are_cancelled(Tx *tx) {
    LeasedJob job;
    add(tx, "", 0, "a", 1000);
    add(tx, "", 0, "b", 1001);
    assert_string_equal(lease(tx, 1000, &job), "a"); /* under way: it goes on */
    assert_int_equal(jobs_cancel(tx, "dossier", (ThingId){ 8 }, NULL, NULL), 0);
    assert_int_equal(jobs_cancel(tx, "dossier", (ThingId){ 7 }, "mail", NULL), 0);
    assert_int_equal(jobs_cancel(tx, "dossier", (ThingId){ 7 }, "make", "devis"), 0);
    assert_int_equal(jobs_cancel(tx, "dossier", (ThingId){ 7 }, "make", "convention"), 1);
    assert_int_equal(jobs_cancel(tx, "dossier", (ThingId){ 7 }, NULL, NULL), 0);
    assert_int_equal(jobs_waiting(tx, at(2000)), 1);
    add(tx, "", 0, "b", 1500); /* it waits again */
    assert_int_equal(jobs_waiting(tx, at(2000)), 2);
    assert_string_equal(lease(tx, 2000, &job), "b");
    assert_int_equal(job.due_at.ms, 1500);
    add(tx, "", 0, "b", 1600); /* under way: one job */
    assert_int_equal(jobs_waiting(tx, at(2000)), 2);
}

/* Runs one of the above on a fresh store of each engine. */
static void on_each(void **state) {
    void (*const *run)(Tx *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        Tx tx = db_begin(dbs.at[i], arena);
        (*run)(&tx);
        assert_null(tx.error);
        assert_true(db_commit(&tx));
        db_close(dbs.at[i]);
    }
}

/* Two workers at the same time: on PostgreSQL the second steps over what the first is taking. */
static void two_workers_take_two_jobs(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db_postgres(arena);
    LeasedJob job;
    Db *other = test_db_again(db);
    Tx tx = db_begin(db, arena);
    add(&tx, "", 0, "a", 1000);
    add(&tx, "c", 0, "b", 1001);
    add(&tx, "c", 1, "c", 1002);
    assert_true(db_commit(&tx));
    tx = db_begin(db, arena);
    Tx second = db_begin(other, arena);
    assert_string_equal(lease(&tx, 2000, &job), "a");
    assert_string_equal(lease(&second, 2000, &job), "b");
    assert_string_equal(lease(&second, 2000, &job), "");
    assert_true(db_commit(&second));
    assert_true(db_commit(&tx));
    db_close(db);
    db_close(other);
}

int main(void) {
    static void (*runs[])(Tx *) = { chains_keep_their_order, pauses_grow_until_it_fails,
                                    dead_workers_lose_their_lease, waiting_ones_are_cancelled };
    const struct CMUnitTest tests[] = {
        { "chains_keep_their_order", on_each, NULL, NULL, &runs[0] },
        { "pauses_grow_until_it_fails", on_each, NULL, NULL, &runs[1] },
        { "dead_workers_lose_their_lease", on_each, NULL, NULL, &runs[2] },
        { "waiting_ones_are_cancelled", on_each, NULL, NULL, &runs[3] },
        cmocka_unit_test(two_workers_take_two_jobs),
    };
    size_t count = sizeof tests / sizeof *tests -
                   (test_has_postgres() ? 0 : 1); /* the last wants PostgreSQL */
    return _cmocka_run_group_tests("jobs", tests, count, NULL, NULL);
}
