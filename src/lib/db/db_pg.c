/* db_pg.c - the store in PostgreSQL (libpq). Statements are prepared once per
 * connection, with our types; results come as text. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum { OID_BYTES = 17, OID_INT = 20, OID_TEXT = 25, MOST_PARAMS = 64, MOST_CACHED = 2048, BUCKETS = 1024 };

/* A statement that the server knows under the name s<number>. */
typedef struct Known {
    char *sql;
    int number;
    struct Known *next;
} Known;

typedef struct Pg {
    PGconn *link;
    Known *known[BUCKETS];
    int known_count;
    bool is_open; /* a transaction is */
} Pg;

/* One run of a statement: what is sent, then what came back. */
typedef struct Run {
    const char *sql;
    const char *values[MOST_PARAMS];
    int lengths[MOST_PARAMS], formats[MOST_PARAMS];
    Oid types[MOST_PARAMS];
    int count;
    PGresult *result;
    int row;
} Run;

/* ---- faults ---- */

static DbFault fault_of(const char *state) {
    static const struct {
        const char *head;
        DbFault fault;
    } faults[] = {
        { "40001", DB_BUSY }, { "40P01", DB_BUSY }, { "55P03", DB_BUSY }, { "53100", DB_FULL },
        { "25006", DB_FULL }, { "23", DB_CLASH },   { "08", DB_AWAY },    { "57P", DB_AWAY },
        { "53", DB_AWAY },    { "58", DB_AWAY },
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (!strncmp(state, faults[i].head, strlen(faults[i].head)))
            return faults[i].fault;
    return DB_BROKEN;
}

/* Takes the result. */
static void stick(Tx *tx, PGresult *result) {
    const Pg *own = tx->db->own;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    DbFault fault = fault_of(state ? state : "");
    if (PQstatus(own->link) != CONNECTION_OK)
        fault = DB_AWAY;
    db_stick(tx, fault, "%s (%s)", words ? words : PQerrorMessage(own->link), state ? state : "-----");
    PQclear(result);
}

static bool is_fine(const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static void run(Tx *tx, const char *sql) {
    PGresult *result = PQexec(((Pg *)tx->db->own)->link, sql);
    if (is_fine(result))
        PQclear(result);
    else
        stick(tx, result);
}

/* ---- the connection ---- */

static void forget_statements(Pg *own) {
    for (int i = 0; i < BUCKETS; i++) {
        for (Known *at = own->known[i], *next; at; at = next) {
            next = at->next;
            free(at->sql);
            free(at);
        }
        own->known[i] = NULL;
    }
    own->known_count = 0;
}

static void pg_close(Db *db) {
    Pg *own = db->own;
    if (!own)
        return;
    PQfinish(own->link);
    forget_statements(own);
    free(own);
    db->own = NULL;
}

static void be_silent(void *data, const char *message) { (void)data, (void)message; }

static bool pg_connect(Db *db) {
    Pg *own = db->own = calloc(1, sizeof *own);
    if (!own)
        abort();
    /* What the operator wrote in the URL wins: it is expanded last. */
    static const char *const names[] = { "connect_timeout", "application_name", "keepalives_idle", "dbname",
                                         NULL };
    const char *const values[] = { "5", "quitus", "30", db->url, NULL };
    own->link = PQconnectdbParams(names, values, 1);
    PQsetNoticeProcessor(own->link, be_silent, NULL);
    char settings[200];
    snprintf(settings, sizeof settings, "SET lock_timeout = %d; SET client_encoding = 'UTF8'",
             db->patience_ms);
    PGresult *result = PQstatus(own->link) == CONNECTION_OK ? PQexec(own->link, settings) : NULL;
    bool is_open = result && is_fine(result);
    if (!is_open)
        snprintf(db->why, sizeof db->why, "%s", PQerrorMessage(own->link));
    PQclear(result);
    if (is_open)
        db->is_suspect = false;
    else
        pg_close(db);
    return is_open;
}

static bool pg_open(Db *db) {
    if (pg_connect(db))
        return true;
    char reason[200];
    snprintf(reason, sizeof reason, "%.199s", db->why);
    reason[strcspn(reason, "\n")] = 0;
    snprintf(db->why, sizeof db->why, "PostgreSQL ne répond pas : %s.", reason);
    return false;
}

/* ALTER TABLE does it all here, keys included. */
static void pg_set_keys(Db *db, bool is_on) { (void)db, (void)is_on; }

static bool pg_backup(Db *db, const char *path) {
    snprintf(db->why, sizeof db->why, "« %.99s » : une base PostgreSQL se sauvegarde avec pg_dump.", path);
    return false;
}

/* ---- transactions ---- */

static void pg_begin(Tx *tx) {
    Db *db = tx->db;
    Pg *own = db->own;
    char words[120];
    if (own && own->is_open) {
        db_stick(tx, DB_BROKEN, "a transaction inside a transaction");
        return;
    }
    snprintf(words, sizeof words, "BEGIN ISOLATION LEVEL %s; SET LOCAL lock_timeout = %d",
             tx->writes ? "READ COMMITTED READ WRITE" : "REPEATABLE READ READ ONLY", db->patience_ms);
    if (own && !db->is_suspect) {
        PGresult *result = PQexec(own->link, words);
        own->is_open = is_fine(result);
        PQclear(result);
        if (own->is_open)
            return;
    }
    pg_close(db); /* nothing is done yet, so a lost connection may be made again in silence */
    if (!pg_connect(db)) {
        db_stick(tx, DB_AWAY, "%s", db->why);
        return;
    }
    run(tx, words);
    ((Pg *)db->own)->is_open = !tx->error;
}

static void pg_commit(Tx *tx) {
    Pg *own = tx->db->own;
    PGresult *result = PQexec(own->link, "COMMIT");
    if (!is_fine(result)) {
        stick(tx, result);
        return;
    }
    if (strcmp(PQcmdStatus(result), "COMMIT"))
        db_stick(tx, DB_BROKEN, "the server rolled back");
    PQclear(result);
    own->is_open = false;
}

static void pg_rollback(Tx *tx) {
    Pg *own = tx->db->own;
    if (!own || !own->is_open)
        return;
    PQclear(PQexec(own->link, "ROLLBACK"));
    own->is_open = false;
    if (PQstatus(own->link) != CONNECTION_OK || PQtransactionStatus(own->link) != PQTRANS_IDLE)
        tx->db->is_suspect = true;
}

/* ---- statements ---- */

static size_t bucket_of(const char *sql) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *sql; sql++)
        hash = (hash ^ (unsigned char)*sql) * 16777619u;
    return hash % BUCKETS;
}

/* The number of the prepared statement; 0 when the server refused it (then the fault sticks). */
static int know(Tx *tx, const Run *run) {
    Pg *own = tx->db->own;
    Known **bucket = &own->known[bucket_of(run->sql)];
    char name[16];
    for (Known *at = *bucket; at; at = at->next)
        if (!strcmp(at->sql, run->sql))
            return at->number;
    Known *made = calloc(1, sizeof *made);
    if (!made || !(made->sql = strdup(run->sql)))
        abort();
    made->number = ++own->known_count;
    snprintf(name, sizeof name, "s%d", made->number);
    PGresult *result = PQprepare(own->link, name, run->sql, run->count, run->types);
    if (!is_fine(result)) {
        stick(tx, result);
        free(made->sql);
        free(made);
        return 0;
    }
    PQclear(result);
    made->next = *bucket;
    *bucket = made;
    return made->number;
}

static void pg_prepare(Stmt *st, const char *sql) {
    Run *made = arena_zero(st->tx->arena, 1, sizeof *made);
    made->sql = sql;
    st->own = made;
}

static void bind(Stmt *st, int i, Oid type, Bytes value, bool is_binary) {
    Run *run = st->own;
    if (i < 1 || i > MOST_PARAMS || value.n > INT32_MAX) {
        db_stick(st->tx, DB_BROKEN, "parameter %d does not fit", i);
        return;
    }
    run->types[i - 1] = type;
    run->values[i - 1] = value.p;
    run->lengths[i - 1] = (int)value.n;
    run->formats[i - 1] = is_binary;
    if (i > run->count)
        run->count = i;
}

static void pg_bind_int(Stmt *st, int i, int64_t value) {
    const char *text = arena_print(st->tx->arena, "%lld", (long long)value);
    bind(st, i, OID_INT, (Bytes){ text, strlen(text) }, false);
}

static void pg_bind_null(Stmt *st, int i, char type) {
    bind(st, i, type == 't' ? OID_TEXT : type == 'b' ? OID_BYTES : OID_INT, (Bytes){ 0 }, false);
}

static void pg_bind_bytes(Stmt *st, int i, Bytes value, bool is_text) {
    bind(st, i, is_text ? OID_TEXT : OID_BYTES, (Bytes){ value.p ? value.p : "", value.n }, !is_text);
}

static void execute(Stmt *st, Run *run) {
    const Pg *own = st->tx->db->own;
    int number = know(st->tx, run);
    char name[16];
    if (!number)
        return;
    snprintf(name, sizeof name, "s%d", number);
    PGresult *result = PQexecPrepared(own->link, name, run->count, run->values, run->lengths, run->formats,
                                      0);
    if (!is_fine(result)) {
        stick(st->tx, result);
        return;
    }
    run->result = result;
    run->row = -1;
    st->tx->db->changed = strtoll(PQcmdTuples(result), NULL, 10);
}

static bool pg_step(Stmt *st) {
    Run *run = st->own;
    if (!run->result)
        execute(st, run);
    return run->result && ++run->row < PQntuples(run->result);
}

static void pg_finish(Stmt *st) {
    Run *run = st->own;
    PQclear(run->result);
    run->result = NULL;
}

/* ---- columns ---- */

static bool pg_column_is_null(Stmt *st, int i) {
    const Run *run = st->own;
    return PQgetisnull(run->result, run->row, i);
}

/* Comparisons come as t and f; they count as 1 and 0 as on SQLite. */
static int64_t pg_column_int(Stmt *st, int i) {
    const Run *run = st->own;
    const char *text = PQgetvalue(run->result, run->row, i);
    return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

static unsigned char nibble(char c) { return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10); }

static Bytes pg_column_bytes(Stmt *st, int i, bool is_text) {
    const Run *run = st->own;
    const char *text = PQgetvalue(run->result, run->row, i);
    size_t n = (size_t)PQgetlength(run->result, run->row, i);
    if (is_text || n < 2) /* bytes are written \x00ff... */
        return (Bytes){ text, is_text ? n : 0 };
    unsigned char *bytes = arena_zero(st->tx->arena, n / 2, 1);
    for (size_t at = 2; at + 1 < n; at += 2)
        bytes[at / 2 - 1] = (unsigned char)(nibble(text[at]) << 4 | nibble(text[at + 1]));
    return (Bytes){ bytes, n / 2 - 1 };
}

const Engine engine_postgres = {
    .open = pg_open,
    .close = pg_close,
    .set_keys = pg_set_keys,
    .backup = pg_backup,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .run = run,
    .prepare = pg_prepare,
    .bind_int = pg_bind_int,
    .bind_null = pg_bind_null,
    .bind_bytes = pg_bind_bytes,
    .step = pg_step,
    .finish = pg_finish,
    .column_is_null = pg_column_is_null,
    .column_int = pg_column_int,
    .column_bytes = pg_column_bytes,
};
