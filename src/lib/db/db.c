#include "db.h"

#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "text.h"

enum { PATIENCE_MS = 10000 };

/* Of this process: tests make steps fail, pages count theirs. */
static int fail_in;
static int64_t steps, vm_steps;

void db_fail_at(int step) { fail_in = step; }
int64_t db_steps(void) { return steps; }
int64_t db_vm_steps(void) { return vm_steps; }
void db_count_vm_steps(int64_t more) { vm_steps += more; }

void db_stick(Tx *tx, DbFault fault, const char *format, ...) {
    if (tx->error)
        return;
    va_list args;
    va_start(args, format);
    tx->error = arena_vprint(tx->arena, format, args);
    va_end(args);
    tx->fault = fault;
    if (fault != DB_CLASH && fault != DB_BUSY)
        tx->db->is_suspect = true;
}

/* A test may have asked for this very step to fail. */
static bool fails_here(Tx *tx) {
    if (fail_in && --fail_in == 0)
        db_stick(tx, DB_FULL, "disk full (made up by a test)");
    return tx->error != NULL;
}

/* ---- opening ---- */

static bool is_postgres(const char *url) {
    return text_starts(url, "postgresql://") || text_starts(url, "postgres://");
}

Db *db_open(const char *url, const char **ret_why) {
    static char why[300]; /* outlives the Db that could not be opened */
    Db *db = calloc(1, sizeof *db);
    if (!db || !(db->url = strdup(url)))
        abort();
    db->engine = is_postgres(url) ? &engine_postgres : &engine_sqlite;
    db->patience_ms = PATIENCE_MS;
    if (db->engine->open(db))
        return db;
    memcpy(why, db->why, sizeof why);
    *ret_why = why;
    db_close(db);
    return NULL;
}

void db_close(Db *db) {
    if (!db)
        return;
    db->engine->close(db);
    free(db->url);
    free(db);
}

bool db_backup(Db *db, const char *path, const char **ret_why) {
    *ret_why = db->why;
    return db->engine->backup(db, path);
}

void db_set_keys(Db *db, bool is_on) { db->engine->set_keys(db, is_on); }

bool db_is_postgres(const Db *db) { return db->engine == &engine_postgres; }
void db_set_house(Db *db, const void *house) { db->house = house; }
void db_set_patience(Db *db, int ms) { db->patience_ms = ms; }

/* ---- transactions ---- */

static Tx begin(Db *db, Arena *arena, bool writes) {
    Tx tx = { .db = db, .arena = arena, .writes = writes, .house = db->house };
    db->engine->begin(&tx);
    tx.open = !tx.error;
    return tx;
}

Tx db_begin(Db *db, Arena *arena) { return begin(db, arena, true); }
Tx db_read(Db *db, Arena *arena) { return begin(db, arena, false); }

bool db_commit(Tx *tx) {
    if (tx->open && !tx->error && !fails_here(tx)) {
        tx->db->engine->commit(tx);
        if (!tx->error)
            tx->open = false;
    }
    db_rollback(tx);
    return !tx->error;
}

void db_rollback(Tx *tx) {
    if (tx->open)
        tx->db->engine->rollback(tx);
    tx->open = false;
}

void db_run(Tx *tx, const char *sql) {
    if (!tx->error)
        tx->db->engine->run(tx, sql);
}

/* ---- statements ---- */

Stmt *db_prepare(Tx *tx, const char *sqlite_sql, const char *postgres_sql) {
    Stmt *st = arena_zero(tx->arena, 1, sizeof *st);
    st->tx = tx;
    if (!tx->open && !tx->error)
        db_stick(tx, DB_BROKEN, "statement outside of a transaction");
    if (!tx->error)
        tx->db->engine->prepare(st, db_is_postgres(tx->db) ? postgres_sql : sqlite_sql);
    return st;
}

bool db_step(Stmt *st) {
    st->has_row = false;
    if (st->tx->error || st->is_done)
        return false;
    if (st->own && !fails_here(st->tx)) {
        steps += !st->is_begun;
        st->is_begun = true;
        st->has_row = st->tx->db->engine->step(st);
    }
    st->is_done = !st->has_row;
    return st->has_row;
}

void db_finish(Stmt *st) {
    if (st->own)
        st->tx->db->engine->finish(st);
    st->own = NULL;
    st->has_row = false;
    st->is_done = true;
}

int64_t db_changed(Tx *tx) { return tx->error ? 0 : tx->db->changed; }

/* ---- what stands in a row ---- */

bool db_is_null(Stmt *st, int i) { return !st->has_row || st->tx->db->engine->column_is_null(st, i); }
int64_t db_int(Stmt *st, int i) { return st->has_row ? st->tx->db->engine->column_int(st, i) : 0; }
int64_t db_id(Stmt *st, int i) { return db_int(st, i); }
bool db_bool(Stmt *st, int i) { return db_int(st, i) != 0; }
Money db_money(Stmt *st, int i) { return (Money){ db_int(st, i) }; }
Instant db_instant(Stmt *st, int i) { return (Instant){ db_int(st, i) }; }
Date db_date(Stmt *st, int i) { return (Date){ (int32_t)db_int(st, i) }; }

const char *db_text(Stmt *st, int i) {
    Bytes text = { 0 };
    if (st->has_row)
        text = st->tx->db->engine->column_bytes(st, i, true);
    if (!text.n)
        return "";
    if (memchr(text.p, 0, text.n)) /* written by another program: it would be cut in silence */
        db_stick(st->tx, DB_BROKEN, "column %d holds a NUL", i);
    return arena_copy_n(st->tx->arena, text.p, text.n);
}

Bytes db_blob(Stmt *st, int i) {
    Bytes blob = { 0 };
    if (st->has_row)
        blob = st->tx->db->engine->column_bytes(st, i, false);
    if (!blob.n)
        return (Bytes){ "", 0 };
    void *copy = arena_zero(st->tx->arena, blob.n, 1);
    memcpy(copy, blob.p, blob.n);
    return (Bytes){ copy, blob.n };
}

/* ---- what is sent ---- */

void db_bind_int(Stmt *st, int i, int64_t value) {
    if (st->own)
        st->tx->db->engine->bind_int(st, i, value);
}

/* None is NULL. */
static void bind_some(Stmt *st, int i, int64_t value) {
    if (st->own && value)
        st->tx->db->engine->bind_int(st, i, value);
    else if (st->own)
        st->tx->db->engine->bind_null(st, i, 'i');
}

void db_bind_null(Stmt *st, int i, char type) {
    if (st->own)
        st->tx->db->engine->bind_null(st, i, type);
}

void db_bind_id(Stmt *st, int i, int64_t value) { bind_some(st, i, value); }
void db_bind_date(Stmt *st, int i, Date value) { bind_some(st, i, value.days); }
void db_bind_instant(Stmt *st, int i, Instant value) { bind_some(st, i, value.ms); }
void db_bind_money(Stmt *st, int i, Money value) { db_bind_int(st, i, value.cents); }
void db_bind_bool(Stmt *st, int i, bool value) { db_bind_int(st, i, value); }

/* PostgreSQL refuses text that is not UTF-8; SQLite would keep it and fail the day of the move. */
void db_bind_text(Stmt *st, int i, const char *value) {
    Bytes text = { value ? value : "", value ? strlen(value) : 0 };
    if (!st->own)
        return;
    if (text_is_utf8(text.p, text.n))
        st->tx->db->engine->bind_bytes(st, i, text, true);
    else
        db_stick(st->tx, DB_BROKEN, "parameter %d is no UTF-8", i);
}

void db_bind_blob(Stmt *st, int i, Bytes value) {
    if (st->own)
        st->tx->db->engine->bind_bytes(st, i, value, false);
}
