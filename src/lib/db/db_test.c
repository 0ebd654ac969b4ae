#include "db.h"

#include <string.h>

#include "test.h"
#include "test_db.h"

static int64_t add(Tx *tx, const char *key) {
    Stmt *st = db_prepare(
        tx,
        "INSERT INTO job (kind, what, who, machine, thing_id, chain, position, job_key, status,"
        " due_at, lease, attempt_count, error)"
        " VALUES ('k', '', '', '', 1, '', 0, :key, '', 0, '', 0, '') RETURNING id",
        "INSERT INTO job (kind, what, who, machine, thing_id, chain, position, job_key, status,"
        " due_at, lease, attempt_count, error)"
        " VALUES ('k', '', '', '', 1, '', 0, $1, '', 0, '', 0, '') RETURNING id");
    db_bind_text(st, 1, key);
    int64_t id = db_step(st) ? db_id(st, 0) : 0;
    db_finish(st);
    return id;
}

static int64_t count(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    Stmt *st = db_prepare(&tx, "SELECT count(*) FROM job", "SELECT count(*) FROM job");
    int64_t n = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return tx.error ? -1 : n;
}

static void commits_and_rolls_back(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        Db *db = dbs.at[i];
        Tx tx = db_begin(db, arena);
        assert_true(add(&tx, "é") > 0);
        assert_true(db_commit(&tx));
        tx = db_begin(db, arena);
        add(&tx, "b");
        db_rollback(&tx);
        assert_int_equal(count(db, arena), 1);
        tx = db_begin(db, arena);
        assert_int_equal(add(&tx, "é"), 0);
        assert_int_equal(tx.fault, DB_CLASH);
        assert_false(db_commit(&tx));
        db_close(db);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(commits_and_rolls_back) };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
