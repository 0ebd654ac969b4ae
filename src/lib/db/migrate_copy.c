/* migrate_copy.c - moves a store to another engine, in one transaction, and
 * proves by a hash of each table that everything arrived. */
#include <stdio.h>
#include <string.h>

#include "crypt.h"
#include "migrate.h"
#include "tables.h"
#include "text.h"

enum { ROWS_PER_FETCH = 200 };

/* One side's rows of one table, in an order that both engines share. */
typedef struct Reader {
    Tx *tx;
    const Table *table;
    Stmt *st;
    Arena *kept, *batch; /* what lives as long as the transaction, and as long as some rows */
    int64_t row_count;
    Sha256 *sha;
} Reader;

/* ---- reading ---- */

/* By the primary key, else by everything. */
static const char *select_sql(Arena *arena, const Table *table) {
    Text columns = text_new(arena), order = text_new(arena);
    bool has_key = false;
    for (size_t i = 0; i < table->count; i++)
        has_key = has_key || table->columns[i].is_key;
    for (size_t i = 0; i < table->count; i++) {
        const Column *column = &table->columns[i];
        text_print(&columns, "%s%s", i ? ", " : "", column->name);
        if (!has_key || column->is_key)
            text_print(&order, "%s%s NULLS FIRST", order.n ? ", " : "", column->name);
    }
    return arena_print(arena, "SELECT %s FROM %s ORDER BY %s", columns.p, table->name, order.p);
}

/* SQLite gives rows one by one; libpq would give them all, so PostgreSQL opens a cursor. */
static Reader reader_open(Tx *tx, const Table *table) {
    const char *sql = select_sql(tx->arena, table);
    Reader reader = { .tx = tx, .table = table, .kept = tx->arena };
    if (db_is_postgres(tx->db)) {
        db_run(tx, arena_print(tx->arena, "DECLARE copying NO SCROLL CURSOR FOR %s", sql));
        sql = arena_print(tx->arena, "FETCH %d FROM copying /* %s */", ROWS_PER_FETCH, table->name);
    }
    reader.st = db_prepare(tx, sql, sql);
    reader.sha = crypt_sha256_new(tx->arena);
    reader.batch = tx->arena = arena_new();
    return reader;
}

/* Memory of the rows so far goes; a fault's words are saved from it. */
static void next_batch(Reader *reader) {
    if (reader->tx->error)
        reader->tx->error = arena_copy(reader->kept, reader->tx->error);
    arena_free(reader->batch);
    reader->batch = reader->tx->arena = arena_new();
}

static bool reader_step(Reader *reader) {
    if (reader->row_count % ROWS_PER_FETCH == 0 && reader->row_count)
        next_batch(reader);
    bool has_row = db_step(reader->st);
    if (!has_row && db_is_postgres(reader->tx->db) && reader->row_count % ROWS_PER_FETCH == 0 &&
        reader->row_count) {
        const char *sql = arena_print(reader->kept, "FETCH %d FROM copying /* %s */", ROWS_PER_FETCH,
                                      reader->table->name);
        db_finish(reader->st);
        reader->tx->arena = reader->kept;
        reader->st = db_prepare(reader->tx, sql, sql);
        reader->tx->arena = reader->batch;
        has_row = db_step(reader->st);
    }
    reader->row_count += has_row;
    return has_row;
}

static const char *reader_close(Reader *reader) {
    db_finish(reader->st);
    next_batch(reader);
    arena_free(reader->batch);
    reader->tx->arena = reader->kept;
    if (db_is_postgres(reader->tx->db))
        db_run(reader->tx, "CLOSE copying");
    return crypt_sha256_end(reader->kept, reader->sha);
}

/* ---- values ---- */

static void hash_bytes(Reader *reader, char type, Bytes bytes) {
    char head[32];
    int n = snprintf(head, sizeof head, "%c%zu:", type, bytes.n);
    crypt_sha256_add(reader->sha, (Bytes){ head, (size_t)n });
    crypt_sha256_add(reader->sha, bytes);
}

/* Adds the value to the hash and, when `to` is given, binds it there. */
static void carry(Reader *from, size_t column, Stmt *to) {
    char type = from->table->columns[column].type;
    int i = (int)column, at = (int)column + 1;
    if (db_is_null(from->st, i)) {
        hash_bytes(from, 'n', (Bytes){ "", 0 });
        if (to)
            db_bind_null(to, at, type);
    } else if (type == 'i') {
        const char *digits = arena_print(from->batch, "%lld", (long long)db_int(from->st, i));
        hash_bytes(from, type, (Bytes){ digits, strlen(digits) });
        if (to)
            db_bind_int(to, at, db_int(from->st, i));
    } else if (type == 'b') {
        Bytes blob = db_blob(from->st, i);
        hash_bytes(from, type, blob);
        if (to)
            db_bind_blob(to, at, blob);
    } else {
        const char *text = db_text(from->st, i);
        hash_bytes(from, type, (Bytes){ text, strlen(text) });
        if (to)
            db_bind_text(to, at, text);
    }
}

/* ---- writing ---- */

static const char *insert_sql(Arena *arena, const Table *table, const char *mark) {
    Text columns = text_new(arena), values = text_new(arena);
    for (size_t i = 0; i < table->count; i++) {
        text_print(&columns, "%s%s", i ? ", " : "", table->columns[i].name);
        text_print(&values, "%s%s%zu", i ? ", " : "", mark, i + 1);
    }
    return arena_print(arena, "INSERT INTO %s (%s) VALUES (%s)", table->name, columns.p, values.p);
}

static void insert_rows(Reader *from, Tx *to) {
    Arena *kept = to->arena;
    const char *sqlite = insert_sql(kept, from->table, "?"), *postgres = insert_sql(kept, from->table, "$");
    while (!to->error && reader_step(from)) {
        to->arena = from->batch;
        Stmt *st = db_prepare(to, sqlite, postgres);
        for (size_t i = 0; i < from->table->count; i++)
            carry(from, i, st);
        db_step(st);
        db_finish(st);
        if (to->error)
            to->error = arena_copy(kept, to->error);
    }
    to->arena = kept;
}

/* A foreign key may point to a row that comes later. */
static void defer_keys(Tx *to, bool is_deferred) {
    if (!db_is_postgres(to->db)) {
        db_run(to, is_deferred ? "PRAGMA defer_foreign_keys = ON" : "");
        return;
    }
    if (!is_deferred)
        db_run(to, "SET CONSTRAINTS ALL IMMEDIATE");
    db_run(to, arena_print(
                   to->arena,
                   "DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS t, conname"
                   " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
                   " LOOP EXECUTE format('ALTER TABLE %%s ALTER CONSTRAINT %%I %s', c.t, c.conname);"
                   " END LOOP; END $$",
                   is_deferred ? "DEFERRABLE INITIALLY DEFERRED" : "NOT DEFERRABLE"));
}

/* New rows continue after the copied ones. */
static void set_sequence(Tx *to, const Table *table) {
    if (db_is_postgres(to->db) && table->has_identity)
        db_run(to, arena_print(to->arena,
                               "SELECT setval(pg_get_serial_sequence('%s', 'id'),"
                               " (SELECT coalesce(max(id), 0) + 1 FROM %s), false)",
                               table->name, table->name));
}

/* ---- the whole ---- */

static bool refuse(Arena *arena, const char **ret_why, const char *what, const char *name) {
    *ret_why = arena_print(arena, "La copie est abandonnée : %s (%s).", what, name);
    return false;
}

static int64_t rows_of(Tx *tx, const Table *table) {
    const char *sql = arena_print(tx->arena, "SELECT count(*) FROM %s", table->name);
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t count = db_step(st) ? db_int(st, 0) : 0;
    db_finish(st);
    return count;
}

static bool copy_table(Tx *from, Tx *to, const Table *table, const char **ret_why) {
    Reader there = reader_open(from, table);
    insert_rows(&there, to);
    const char *sent = reader_close(&there);
    set_sequence(to, table);
    Reader here = reader_open(to, table);
    while (reader_step(&here))
        for (size_t i = 0; i < table->count; i++)
            carry(&here, i, NULL);
    const char *arrived = reader_close(&here);
    if (from->error || to->error)
        return refuse(to->arena, ret_why, from->error ? from->error : to->error, table->name);
    if (here.row_count != there.row_count || strcmp(sent, arrived))
        return refuse(to->arena, ret_why, "une table n'est pas arrivée entière", table->name);
    printf("%-24s %9lld lignes   sha256 %s\n", table->name, (long long)here.row_count, arrived);
    return true;
}

static bool copy_all(Tx *from, Tx *to, const char **ret_why) {
    Tables tables = tables_expected(to->arena);
    db_run(to, "DELETE FROM quitus_meta"); /* it comes with the rest */
    for (size_t i = 0; i < tables.count; i++)
        if (rows_of(to, &tables.at[i]))
            return refuse(to->arena, ret_why, "la base d'arrivée n'est pas vide", tables.at[i].name);
    defer_keys(to, true);
    for (size_t i = 0; i < tables.count; i++)
        if (!copy_table(from, to, &tables.at[i], ret_why))
            return false;
    defer_keys(to, false);
    return db_commit(to) || refuse(to->arena, ret_why, to->error, "fin");
}

bool migrate_copy(Db *from, Db *to, Arena *arena, const char **ret_why) {
    if (!migrate_check(from, arena, ret_why) || !migrate_up(to, arena, ret_why) ||
        !migrate_check(to, arena, ret_why))
        return false;
    AUTO_TX Tx reading = db_read(from, arena);
    AUTO_TX Tx writing = db_begin(to, arena);
    return copy_all(&reading, &writing, ret_why);
}
