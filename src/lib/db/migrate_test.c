#include "migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "schema_made.h"
#include "tables.h"
#include "test.h"
#include "test_db.h"
#include "text.h"

static void plant(Arena *arena, const char *folder, const char *name, const char *sql) {
    FILE *file = fopen(arena_print(arena, "%s/migrations/%s", folder, name), "w");
    assert_non_null(file);
    fputs(sql, file);
    fclose(file);
}

/* The tests bring migrations of their own; they touch no table of ours, so that what schema.sql creates stays
 * what migrate_check() expects. */
static void plant_migrations(Arena *arena) {
    const char *folder = test_folder(arena);
    assert_int_equal(mkdir(arena_print(arena, "%s/migrations", folder), 0777), 0);
    plant(arena, folder, "0002-guests.sql",
          "CREATE TABLE guest (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;\n"
          "CREATE TABLE visit (id INTEGER PRIMARY KEY, guest_id INTEGER REFERENCES guest (id)) STRICT;\n"
          "INSERT INTO guest (name) VALUES ('Zoé');\n"
          "INSERT INTO visit (guest_id) SELECT id FROM guest;\n");
    plant(arena, folder, "0003-guests-are-unique.sql",
          "CREATE TABLE guest_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;\n"
          "INSERT INTO guest_new (id, name) SELECT id, name FROM guest;\n"
          "DROP TABLE guest;\n"
          "ALTER TABLE guest_new RENAME TO guest;\n");
    plant(arena, folder, "0003-guests-are-unique.pg.sql", "ALTER TABLE guest ADD UNIQUE (name);\n");
    setenv("QUITUS_FILES", folder, 1);
}

static int64_t number(Db *db, Arena *arena, const char *sql) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Stmt *st = db_prepare(&tx, sql, sql);
    int64_t n = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    db_commit(&tx);
    return tx.error ? -1 : n;
}

static void run(Db *db, Arena *arena, const char *sql) {
    AUTO_TX Tx tx = db_begin(db, arena);
    db_run(&tx, sql);
    if (!db_commit(&tx))
        fail_msg("%s: %s", sql, tx.error);
}

/* ---- up and check ---- */

static void an_empty_store_is_filled(Db *db, Arena *arena) {
    const char *why = NULL;
    assert_false(migrate_check(db, arena, &why));
    assert_true(migrate_up(db, arena, &why));
    assert_true(migrate_check(db, arena, &why));
    assert_true(migrate_up(db, arena, &why)); /* twice changes nothing */
    assert_int_equal(number(db, arena, "SELECT count(*) FROM job"), 0);
    assert_int_equal(number(db, arena, "SELECT count(*) FROM guest"), -1); /* schema.sql holds it already */
}

static void an_old_store_is_brought_up(Db *db, Arena *arena) {
    const char *why = NULL;
    run(db, arena, db_is_postgres(db) ? schema_postgres : schema_sqlite);
    run(db, arena, "INSERT INTO quitus_meta (key, value) VALUES ('version', '1')");
    assert_false(migrate_check(db, arena, &why));
    assert_non_null(strstr(why, "version 1"));
    assert_true(migrate_up(db, arena, &why));
    assert_int_equal(number(db, arena, "SELECT count(*) FROM guest JOIN visit ON guest_id = guest.id"), 1);
    assert_int_equal(number(db, arena, "INSERT INTO guest (name) VALUES ('Zoé') RETURNING id"), -1);
    assert_int_equal(number(db, arena, "INSERT INTO visit (guest_id) VALUES (99) RETURNING id"), -1);
    assert_true(migrate_check(db, arena, &why));
}

static void a_newer_store_is_refused(Db *db, Arena *arena) {
    const char *why = NULL;
    assert_true(migrate_up(db, arena, &why));
    run(db, arena, "UPDATE quitus_meta SET value = '4'");
    assert_false(migrate_up(db, arena, &why));
    assert_non_null(strstr(why, "plus récente"));
    assert_false(migrate_check(db, arena, &why));
}

static void a_strange_store_is_refused(Db *db, Arena *arena) {
    const char *why = NULL;
    run(db, arena, "CREATE TABLE other (n INTEGER)");
    assert_false(migrate_up(db, arena, &why));
    assert_non_null(strstr(why, "pas celles de Quitus"));
    run(db, arena, "DROP TABLE other");
    assert_true(migrate_up(db, arena, &why));
    run(db, arena, "ALTER TABLE job DROP COLUMN lease");
    assert_false(migrate_check(db, arena, &why));
    assert_non_null(strstr(why, "job"));
}

/* A step that fails leaves the store as it was. */
static void a_failed_migration_is_undone(Db *db, Arena *arena) {
    const char *why = NULL;
    for (int step = 1; step < 300 && number(db, arena, "SELECT count(*) FROM quitus_meta") < 1; step++) {
        db_fail_at(step);
        bool is_up = migrate_up(db, arena, &why);
        db_fail_at(0);
        assert_true(is_up == migrate_check(db, arena, &why));
    }
    assert_true(migrate_check(db, arena, &why));
}

static void on_each(void **state) {
    void (*const *one)(Db *, Arena *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs_empty(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        (*one)(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

/* ---- copy ---- */

enum { FEW = 3, MANY = 400 }; /* MANY: twice what is fetched at once */

/* A value that differs from row to row and fits keys that point to other tables: ids are the row's number
 * everywhere. What may be NULL is, in the second row. */
static const char *value(Arena *arena, const char *name, char type, bool may_be_null, int row) {
    bool is_id = text_ends(name, "id");
    if (may_be_null && !is_id && row == 2)
        return "NULL";
    if (type == 't')
        return arena_print(arena, "'œuf d''été %d'", row);
    if (type == 'b')
        return arena_print(arena, "x'00ff%04x27'", row);
    return arena_print(arena, "%lld", is_id ? (long long)row : 9007199254740993LL * row - 1);
}

static void fill_table(Tx *tx, const char *table, int count) {
    for (int row = 1; row <= count; row++) {
        Text columns = text_new(tx->arena), values = text_new(tx->arena);
        const char *sql = arena_print(tx->arena,
                                      "SELECT name, type, \"notnull\" FROM pragma_table_info('%s')", table);
        Stmt *st = db_prepare(tx, sql, sql);
        while (db_step(st)) {
            const char *name = db_text(st, 0);
            char type = (char)(db_text(st, 1)[0] | 0x20);
            text_print(&columns, "%s%s", columns.n ? ", " : "", name);
            text_print(&values, "%s%s", values.n ? ", " : "",
                       value(tx->arena, name, type, !db_int(st, 2), row));
        }
        db_finish(st);
        db_run(tx, arena_print(tx->arena, "INSERT INTO %s (%s) VALUES (%s)", table, columns.p, values.p));
    }
}

/* Some rows in every table that there is. */
static void fill(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Tables tables = tables_expected(arena);
    db_run(&tx, "PRAGMA defer_foreign_keys = ON");
    for (size_t i = 0; i < tables.count; i++)
        fill_table(&tx, tables.at[i].name, text_same(tables.at[i].name, "job") ? MANY : FEW);
    if (!db_commit(&tx))
        fail_msg("%s", tx.error);
}

static void copy_there(Db *from, Db *to, Arena *arena) {
    const char *why = "";
    if (!migrate_copy(from, to, arena, &why))
        fail_msg("%s", why);
    assert_true(migrate_check(to, arena, &why));
    assert_int_equal(number(to, arena, "SELECT count(*) FROM job"), MANY);
    assert_int_equal(number(to, arena, "SELECT count(*) FROM job WHERE leased_until_at IS NULL"), 1);
    assert_int_equal(number(to, arena, "SELECT due_at FROM job WHERE what = 'œuf d''été 3'"),
                     27021597764222978);
    int64_t next = number(
        to, arena,
        "INSERT INTO job (kind, what, who, machine, thing_id, chain, position, job_key, status,"
        " due_at, lease, attempt_count, error)"
        " VALUES ('k', '', '', '', 1, '', 0, 'new', 'done', 1, '', 0, '') RETURNING id");
    assert_int_equal(next, MANY + 1); /* behind the last one */
    number(to, arena, "DELETE FROM job WHERE job_key = 'new'");
}

/* Round the house: SQLite, PostgreSQL when it is there, SQLite again. */
static void copies_are_whole(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *why = "";
    TestDbs dbs = test_dbs_empty(arena), more = test_dbs_empty(arena);
    assert_true(migrate_up(dbs.at[0], arena, &why));
    fill(dbs.at[0], arena);
    Db *last = dbs.at[0];
    if (dbs.count > 1) {
        copy_there(last, dbs.at[1], arena);
        copy_there(dbs.at[1], more.at[1], arena);
        last = more.at[1];
    }
    copy_there(last, more.at[0], arena);
    assert_false(migrate_copy(last, more.at[0], arena, &why)); /* it is no longer empty */
    assert_non_null(strstr(why, "pas vide"));
    for (size_t i = 0; i < dbs.count; i++) {
        db_close(dbs.at[i]);
        db_close(more.at[i]);
    }
}

int main(void) {
    static void (*runs[])(Db *, Arena *) = { an_empty_store_is_filled, an_old_store_is_brought_up,
                                             a_newer_store_is_refused, a_strange_store_is_refused,
                                             a_failed_migration_is_undone };
    const struct CMUnitTest tests[] = {
        { "an_empty_store_is_filled", on_each, NULL, NULL, &runs[0] },
        { "an_old_store_is_brought_up", on_each, NULL, NULL, &runs[1] },
        { "a_newer_store_is_refused", on_each, NULL, NULL, &runs[2] },
        { "a_strange_store_is_refused", on_each, NULL, NULL, &runs[3] },
        { "a_failed_migration_is_undone", on_each, NULL, NULL, &runs[4] },
        cmocka_unit_test(copies_are_whole),
    };
    AUTO_ARENA Arena *arena = arena_new();
    plant_migrations(arena);
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
