#include "db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialect.h"
#include "test.h"
#include "test_db.h"

/* Every test runs on each engine that is there. */
typedef struct Case {
    Db *db, *other; /* other: the same store, as another process sees it */
    Arena *arena;
} Case;

static const char table[] = "CREATE TABLE sample (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                            " price_cents INTEGER, seen_on INTEGER, done_at INTEGER, is_new INTEGER,"
                            " other_id INTEGER REFERENCES sample (id), body_blob BLOB) STRICT;";

typedef struct Sample {
    const char *name;
    Money price;
    Date seen;
    Instant done;
    bool is_new;
    int64_t other_id;
    Bytes body;
} Sample;

static int64_t sample_add(Tx *tx, Sample s) {
    Stmt *st = db_prepare(
        tx,
        "INSERT INTO sample (name, price_cents, seen_on, done_at, is_new, other_id, body_blob)"
        " VALUES (:a, :b, :c, :d, :e, :f, :g) RETURNING id",
        "INSERT INTO sample (name, price_cents, seen_on, done_at, is_new, other_id, body_blob)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id");
    db_bind_text(st, 1, s.name);
    db_bind_money(st, 2, s.price);
    db_bind_date(st, 3, s.seen);
    db_bind_instant(st, 4, s.done);
    db_bind_bool(st, 5, s.is_new);
    db_bind_id(st, 6, s.other_id);
    db_bind_blob(st, 7, s.body);
    int64_t id = db_step(st) ? db_id(st, 0) : 0;
    db_finish(st);
    return id;
}

static int64_t add(Tx *tx, const char *name) { return sample_add(tx, (Sample){ .name = name }); }

static int64_t number(Tx *tx, const char *sql) {
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t n = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return n;
}

static int64_t rows(Case *c) {
    AUTO_TX Tx tx = db_read(c->other, c->arena);
    return number(&tx, "SELECT count(*) FROM sample");
}

/* ---- one at a time ---- */

static void commits_and_rolls_back(Case *c) {
    Tx tx = db_begin(c->db, c->arena);
    assert_true(add(&tx, "é") > 0);
    assert_true(db_commit(&tx));
    tx = db_begin(c->db, c->arena);
    add(&tx, "b");
    assert_int_equal(number(&tx, "SELECT count(*) FROM sample"), 2);
    db_rollback(&tx);
    assert_int_equal(rows(c), 1);
    assert_false(db_commit(&tx) && rows(c) == 2); /* too late */
}

static void values_come_back(Case *c) {
    char bytes[70000];
    Sample all = { "œuf « 50 € »",         { -1234567890123 }, { 20000 }, { 1790000000123 }, true, 0,
                   { bytes, sizeof bytes } };
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    Tx tx = db_begin(c->db, c->arena);
    all.other_id = sample_add(&tx, (Sample){ .name = "" });
    sample_add(&tx, all);
    const char *sql =
        "SELECT name, price_cents, seen_on, done_at, is_new, other_id, body_blob, price_cents < 0"
        " FROM sample ORDER BY id";
    Stmt *st = db_prepare(&tx, sql, sql);
    assert_true(db_step(st)); /* none of anything */
    assert_string_equal(db_text(st, 0), "");
    assert_int_equal(db_date(st, 2).days, 0);
    assert_true(db_is_null(st, 2) && db_is_null(st, 3) && db_is_null(st, 5) && !db_is_null(st, 1));
    assert_int_equal(db_blob(st, 6).n, 0);
    assert_true(db_step(st));
    assert_string_equal(db_text(st, 0), all.name);
    assert_int_equal(db_money(st, 1).cents, all.price.cents);
    assert_int_equal(db_date(st, 2).days, all.seen.days);
    assert_int_equal(db_instant(st, 3).ms, all.done.ms);
    assert_true(db_bool(st, 4));
    assert_int_equal(db_id(st, 5), all.other_id);
    assert_int_equal(db_blob(st, 6).n, sizeof bytes);
    assert_memory_equal(db_blob(st, 6).p, bytes, sizeof bytes);
    assert_true(db_bool(st, 7));
    assert_false(db_step(st));
    assert_int_equal(db_int(st, 1), 0); /* behind the last row */
    db_finish(st);
    assert_true(db_commit(&tx));
}

static void clashes_stick(Case *c) {
    Tx tx = db_begin(c->db, c->arena);
    assert_true(add(&tx, "a") > 0);
    assert_int_equal(add(&tx, "a"), 0);
    assert_int_equal(tx.fault, DB_CLASH);
    assert_int_equal(add(&tx, "b"), 0);
    assert_int_equal(db_changed(&tx), 0);
    assert_false(db_commit(&tx));
    assert_int_equal(rows(c), 0);
    tx = db_begin(c->db, c->arena);
    sample_add(&tx, (Sample){ .name = "a", .other_id = 99 }); /* a foreign key into the void */
    assert_int_equal(tx.fault, DB_CLASH);
    db_rollback(&tx);
}

static void bugs_are_faults(Case *c) {
    Tx tx = db_read(c->db, c->arena);
    Tx inner = db_begin(c->db, c->arena);
    assert_int_equal(inner.fault, DB_BROKEN);
    db_rollback(&inner);
    assert_int_equal(number(&tx, "SELECT count(*) FROM sample"), 0); /* the outer one lives on */
    add(&tx, "a");
    assert_non_null(tx.error); /* it only reads */
    db_rollback(&tx);
    tx = db_begin(c->db, c->arena);
    add(&tx, "\xe9t\xe9");
    assert_int_equal(tx.fault, DB_BROKEN);
    db_rollback(&tx);
    tx = db_begin(c->db, c->arena);
    number(&tx, "SELECT nothing FROM nowhere");
    assert_int_equal(tx.fault, DB_BROKEN);
    db_rollback(&tx);
    number(&tx, "SELECT 1"); /* outside */
    assert_int_equal(rows(c), 0);
}

static void every_step_may_fail(Case *c) {
    int step = 1;
    for (bool is_done = false; !is_done; step++) {
        assert_int_equal(rows(c), 0);
        db_fail_at(step);
        Tx tx = db_begin(c->db, c->arena);
        add(&tx, "a");
        add(&tx, "b");
        is_done = db_commit(&tx);
        assert_true(is_done || tx.fault == DB_FULL);
        db_fail_at(0);
    }
    assert_int_equal(step, 5); /* two rows and a commit failed once each */
    assert_int_equal(rows(c), 2);
}

static void statements_are_counted_and_kept(Case *c) {
    Tx tx = db_begin(c->db, c->arena);
    int64_t before = db_steps();
    const char one[] = "SELECT count(*) FROM sample", again[] = "SELECT count(*) FROM sample";
    Stmt *outer = db_prepare(&tx, one, one);
    assert_true(db_step(outer));
    assert_int_equal(number(&tx, again), 0); /* the same words while the first still runs */
    assert_int_equal(db_int(outer, 0), 0);
    db_finish(outer);
    assert_int_equal(db_steps() - before, 2);
    assert_true(db_is_postgres(c->db) || db_vm_steps() > 0);
    for (int i = 0; i < 3; i++)
        add(&tx, i == 0 ? "a" : i == 1 ? "b" : "c");
    number(&tx, "UPDATE sample SET is_new = 1 WHERE name <> 'a'");
    assert_int_equal(db_changed(&tx), 2);
    assert_true(db_commit(&tx));
}

static void readers_keep_their_snapshot(Case *c) {
    Tx reader = db_read(c->other, c->arena);
    assert_int_equal(number(&reader, "SELECT count(*) FROM sample"), 0);
    Tx writer = db_begin(c->db, c->arena);
    add(&writer, "a");
    assert_true(db_commit(&writer));
    assert_int_equal(number(&reader, "SELECT count(*) FROM sample"), 0);
    db_rollback(&reader);
    assert_int_equal(rows(c), 1);
}

/* On SQLite the second writer waits for the file, on PostgreSQL for the row. */
static void patience_ends(Case *c) {
    Tx first = db_begin(c->db, c->arena);
    add(&first, "a");
    db_set_patience(c->other, 50);
    Tx second = db_begin(c->other, c->arena);
    add(&second, "a");
    assert_int_equal(second.fault, DB_BUSY);
    db_rollback(&second);
    assert_true(db_commit(&first));
    db_set_patience(c->other, 10000);
    second = db_begin(c->other, c->arena);
    add(&second, "b");
    assert_true(db_commit(&second));
}

/* ---- the harness ---- */

static void run_on(Db *db, Arena *arena, void (*run)(Case *)) {
    const char *why = NULL;
    char *words = dialect_postgres(table, &why);
    Tx tx = db_begin(db, arena);
    db_run(&tx, db_is_postgres(db) ? words : table);
    free(words);
    assert_true(db_commit(&tx));
    Case c = { db, test_db_again(db), arena };
    run(&c);
    db_close(c.db);
    db_close(c.other);
}

static void on_each(void **state) {
    void (*const *run)(Case *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++)
        run_on(dbs.at[i], arena, *run);
}

static void no_store_says_why(void **state) {
    (void)state;
    const char *why = NULL;
    assert_null(db_open("/nowhere/at/all.db", &why));
    assert_non_null(strstr(why, "/nowhere/at/all.db"));
    assert_null(db_open("postgresql://127.0.0.1:1/x", &why));
    assert_non_null(strstr(why, "PostgreSQL"));
}

int main(void) {
    static void (*runs[])(Case *) = {
        commits_and_rolls_back,
        values_come_back,
        clashes_stick,
        bugs_are_faults,
        every_step_may_fail,
        statements_are_counted_and_kept,
        readers_keep_their_snapshot,
        patience_ends,
    };
    static const char *const names[] = {
        "commits_and_rolls_back",
        "values_come_back",
        "clashes_stick",
        "bugs_are_faults",
        "every_step_may_fail",
        "statements_are_counted_and_kept",
        "readers_keep_their_snapshot",
        "patience_ends",
    };
    enum { COUNT = sizeof runs / sizeof *runs };
    struct CMUnitTest tests[COUNT + 1] = { cmocka_unit_test(no_store_says_why) };
    for (size_t i = 0; i < COUNT; i++)
        tests[i + 1] = (struct CMUnitTest){ names[i], on_each, NULL, NULL, &runs[i] };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
