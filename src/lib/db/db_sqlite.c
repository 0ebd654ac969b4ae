/* db_sqlite.c - the store in one SQLite file. Writers of all processes queue at a
 * lock file beside it (X.lock), because SQLite's own waiting starves some of them. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"

enum { MOST_CACHED = 1024, BUCKETS = 1024 };

/* A prepared statement that waits to be used again. */
typedef struct Cached {
    sqlite3_stmt *lite;
    char *sql;
    bool is_used, is_kept;
    struct Cached *next;
} Cached;

typedef struct Lite {
    sqlite3 *lite;
    dev_t device; /* of the file that is open, to see that it was moved or replaced */
    ino_t inode;
    int lock; /* -1: none (":memory:") */
    Cached *cache[BUCKETS];
    int cached_count;
} Lite;

static bool is_memory(const Db *db) { return !strcmp(db->url, ":memory:"); }

/* ---- faults ---- */

static DbFault fault_of(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DB_BUSY;
    case SQLITE_FULL: return DB_FULL;
    case SQLITE_READONLY: return code == SQLITE_READONLY_DBMOVED ? DB_AWAY : DB_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return DB_AWAY;
    case SQLITE_CONSTRAINT: return DB_CLASH;
    default: return DB_BROKEN; /* CORRUPT, NOTADB, ERROR, MISUSE ... */
    }
}

static void stick(Tx *tx) {
    sqlite3 *lite = ((Lite *)tx->db->own)->lite;
    db_stick(tx, fault_of(sqlite3_extended_errcode(lite)), "%s", sqlite3_errmsg(lite));
}

/* ---- the file ---- */

static void lite_close(Db *db) {
    Lite *own = db->own;
    for (int i = 0; own && i < BUCKETS; i++) {
        for (Cached *at = own->cache[i], *next; at; at = next) {
            next = at->next;
            sqlite3_finalize(at->lite);
            free(at->sql);
            free(at);
        }
    }
    if (own) {
        sqlite3_close_v2(own->lite);
        if (own->lock >= 0)
            close(own->lock);
    }
    free(own);
    db->own = NULL;
}

static bool set_up(Db *db, Lite *own) {
    static const char pragmas[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                  " PRAGMA trusted_schema=OFF;";
    sqlite3_extended_result_codes(own->lite, 1);
    sqlite3_busy_timeout(own->lite, db->patience_ms);
    struct stat file = { 0 };
    if (sqlite3_exec(own->lite, pragmas, NULL, NULL, NULL) != SQLITE_OK)
        return false;
    if (is_memory(db))
        return true;
    if (stat(db->url, &file))
        return false;
    own->device = file.st_dev;
    own->inode = file.st_ino;
    char *path = sqlite3_mprintf("%s.lock", db->url);
    own->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
    sqlite3_free(path);
    return own->lock >= 0;
}

/* `flags`: whether a missing file is made. On a fault db->why says why, and nothing is open. */
static DbFault lite_connect(Db *db, int flags) {
    Lite *own = db->own = calloc(1, sizeof *own);
    if (!own)
        abort();
    own->lock = -1;
    flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX; /* no process of ours has threads */
    if (sqlite3_open_v2(db->url, &own->lite, flags, NULL) == SQLITE_OK && set_up(db, own)) {
        db->is_suspect = false;
        return DB_FINE;
    }
    int code = sqlite3_extended_errcode(own->lite);
    snprintf(db->why, sizeof db->why, "%s", code ? sqlite3_errmsg(own->lite) : strerror(errno));
    lite_close(db);
    return code && !access(db->url, F_OK) ? fault_of(code) : DB_AWAY;
}

static bool lite_open(Db *db) {
    if (lite_connect(db, SQLITE_OPEN_CREATE) == DB_FINE)
        return true;
    char reason[200];
    snprintf(reason, sizeof reason, "%.199s", db->why);
    snprintf(db->why, sizeof db->why, "La base « %.60s » ne s'ouvre pas : %s.", db->url, reason);
    return false;
}

/* SQLite goes on writing into a file that was deleted: nobody would find it again. */
static bool is_same_file(const Db *db) {
    const Lite *own = db->own;
    struct stat file;
    return is_memory(db) ||
           (!stat(db->url, &file) && file.st_dev == own->device && file.st_ino == own->inode);
}

/* Opens again after a fault (NULL: in vain), or when the file is another one than before. */
static Lite *lite_look_again(Tx *tx) {
    Db *db = tx->db;
    if (db->own && is_same_file(db) && (!db->is_suspect || is_memory(db)))
        return db->own;
    lite_close(db);
    DbFault fault = lite_connect(db, 0);
    if (fault != DB_FINE)
        db_stick(tx, fault, "%s", db->why);
    return db->own;
}

/* A file that is away has no keys to set; it comes back with them on. */
static void lite_set_keys(Db *db, bool is_on) {
    Lite *own = db->own;
    if (own)
        sqlite3_exec(own->lite, is_on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", NULL, NULL,
                     NULL);
}

static bool lite_backup(Db *db, const char *path) {
    sqlite3_stmt *st = NULL;
    Lite *own = db->own;
    bool is_done = own && sqlite3_prepare_v2(own->lite, "VACUUM INTO ?", -1, &st, NULL) == SQLITE_OK &&
                   sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                   sqlite3_step(st) == SQLITE_DONE;
    if (!is_done)
        snprintf(db->why, sizeof db->why, "La copie vers « %.99s » a échoué : %.99s.", path,
                 own ? sqlite3_errmsg(own->lite) : "la base est absente");
    sqlite3_finalize(st);
    return is_done;
}

/* ---- the queue of writers ---- */

/* Bytes of the lock file. Who holds NEXT is the next to write, so the one who writes cannot step in again
 * before those who wait; whoever dies lets go. */
enum { WRITING, NEXT };

static bool lock_byte(const Lite *own, int byte, short type) {
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
    return fcntl(own->lock, F_OFD_SETLK, &lock) == 0;
}

static bool lock_within(const Lite *own, int byte, int64_t *left_us, int64_t pause_us) {
    while (!lock_byte(own, byte, F_WRLCK)) {
        if (*left_us <= 0)
            return false;
        const struct timespec pause = { .tv_nsec = pause_us * 1000 };
        nanosleep(&pause, NULL);
        *left_us -= pause_us + 60; /* what the kernel adds to a short sleep */
    }
    return true;
}

static void writer_leaves(const Lite *own) {
    if (own && own->lock >= 0)
        lock_byte(own, WRITING, F_UNLCK);
}

static void writer_enters(Tx *tx) {
    const Lite *own = tx->db->own;
    int64_t left_us = (int64_t)tx->db->patience_ms * 1000;
    if (own->lock < 0)
        return;
    bool is_next = lock_within(own, NEXT, &left_us, 500);
    if (!is_next || !lock_within(own, WRITING, &left_us, 100))
        db_stick(tx, DB_BUSY, "the store is being written to by somebody else");
    if (is_next)
        lock_byte(own, NEXT, F_UNLCK);
}

/* ---- transactions ---- */

static void lite_run(Tx *tx, const char *sql) {
    const Lite *own = tx->db->own;
    if (sqlite3_exec(own->lite, sql, NULL, NULL, NULL) != SQLITE_OK)
        stick(tx);
}

static void lite_begin(Tx *tx) {
    const Lite *own = tx->db->own;
    if (own && !sqlite3_get_autocommit(own->lite)) {
        db_stick(tx, DB_BROKEN, "a transaction inside a transaction");
        return;
    }
    own = lite_look_again(tx);
    if (!own)
        return;
    sqlite3_busy_timeout(own->lite, tx->db->patience_ms);
    if (!tx->writes) {
        lite_run(tx, "BEGIN");
        return;
    }
    writer_enters(tx);
    if (tx->error)
        return;
    if (sqlite3_db_readonly(own->lite, "main") == 1)
        db_stick(tx, DB_FULL, "the file of the store is read-only");
    else
        lite_run(tx, "BEGIN IMMEDIATE");
    if (tx->error)
        writer_leaves(own);
}

static void lite_commit(Tx *tx) {
    lite_run(tx, "COMMIT");
    if (!tx->error && tx->writes)
        writer_leaves(tx->db->own);
}

static void lite_rollback(Tx *tx) {
    const Lite *own = tx->db->own;
    if (!own)
        return;
    if (!sqlite3_get_autocommit(own->lite)) /* a full disk may have rolled back by itself */
        sqlite3_exec(own->lite, "ROLLBACK", NULL, NULL, NULL);
    if (tx->writes)
        writer_leaves(own);
}

/* ---- statements ---- */

static size_t bucket_of(const char *sql) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *sql; sql++)
        hash = (hash ^ (unsigned char)*sql) * 16777619u;
    return hash % BUCKETS;
}

static Cached *cached_find(const Lite *own, const char *sql) {
    for (Cached *at = own->cache[bucket_of(sql)]; at; at = at->next)
        if (!at->is_used && !strcmp(at->sql, sql))
            return at;
    return NULL;
}

static Cached *cached_new(Tx *tx, const char *sql) {
    Lite *own = tx->db->own;
    sqlite3_stmt *lite = NULL;
    if (sqlite3_prepare_v3(own->lite, sql, -1, SQLITE_PREPARE_PERSISTENT, &lite, NULL) != SQLITE_OK) {
        stick(tx);
        return NULL;
    }
    Cached *made = calloc(1, sizeof *made);
    if (!made || !(made->sql = strdup(sql)))
        abort();
    made->lite = lite;
    made->is_kept = own->cached_count < MOST_CACHED;
    if (made->is_kept) {
        Cached **bucket = &own->cache[bucket_of(sql)];
        made->next = *bucket;
        *bucket = made;
        own->cached_count++;
    }
    return made;
}

static void lite_prepare(Stmt *st, const char *sql) {
    Tx *tx = st->tx;
    Cached *cached = cached_find(tx->db->own, sql);
    if (!cached)
        cached = cached_new(tx, sql);
    if (!cached)
        return;
    st->own = cached;
    cached->is_used = true;
    if (!tx->writes && !sqlite3_stmt_readonly(cached->lite))
        db_stick(tx, DB_BROKEN, "a transaction that only reads may not write");
}

static void lite_bind_int(Stmt *st, int i, int64_t value) {
    if (sqlite3_bind_int64(((Cached *)st->own)->lite, i, value) != SQLITE_OK)
        stick(st->tx);
}

static void lite_bind_null(Stmt *st, int i, char type) {
    (void)type;
    if (sqlite3_bind_null(((Cached *)st->own)->lite, i) != SQLITE_OK)
        stick(st->tx);
}

static void lite_bind_bytes(Stmt *st, int i, Bytes value, bool is_text) {
    sqlite3_stmt *lite = ((Cached *)st->own)->lite;
    int rc = is_text ? sqlite3_bind_text64(lite, i, value.p, value.n, SQLITE_TRANSIENT, SQLITE_UTF8)
                     : sqlite3_bind_blob64(lite, i, value.p ? value.p : "", value.n, SQLITE_TRANSIENT);
    if (rc != SQLITE_OK)
        stick(st->tx);
}

static bool lite_step(Stmt *st) {
    const Lite *own = st->tx->db->own;
    int rc = sqlite3_step(((Cached *)st->own)->lite);
    if (rc == SQLITE_DONE)
        st->tx->db->changed = sqlite3_changes64(own->lite);
    else if (rc != SQLITE_ROW)
        stick(st->tx);
    return rc == SQLITE_ROW;
}

static void lite_finish(Stmt *st) {
    Cached *cached = st->own;
    db_count_vm_steps(sqlite3_stmt_status(cached->lite, SQLITE_STMTSTATUS_VM_STEP, 1));
    sqlite3_reset(cached->lite);
    sqlite3_clear_bindings(cached->lite);
    cached->is_used = false;
    if (cached->is_kept)
        return;
    sqlite3_finalize(cached->lite);
    free(cached->sql);
    free(cached);
}

static bool lite_column_is_null(Stmt *st, int i) {
    return sqlite3_column_type(((Cached *)st->own)->lite, i) == SQLITE_NULL;
}

static int64_t lite_column_int(Stmt *st, int i) { return sqlite3_column_int64(((Cached *)st->own)->lite, i); }

static Bytes lite_column_bytes(Stmt *st, int i, bool is_text) {
    sqlite3_stmt *lite = ((Cached *)st->own)->lite;
    const void *p = is_text ? (const void *)sqlite3_column_text(lite, i) : sqlite3_column_blob(lite, i);
    return (Bytes){ p, (size_t)sqlite3_column_bytes(lite, i) };
}

const Engine engine_sqlite = {
    .open = lite_open,
    .close = lite_close,
    .set_keys = lite_set_keys,
    .backup = lite_backup,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .run = lite_run,
    .prepare = lite_prepare,
    .bind_int = lite_bind_int,
    .bind_null = lite_bind_null,
    .bind_bytes = lite_bind_bytes,
    .step = lite_step,
    .finish = lite_finish,
    .column_is_null = lite_column_is_null,
    .column_int = lite_column_int,
    .column_bytes = lite_column_bytes,
};
