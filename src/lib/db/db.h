/* db.h - the store: SQLite or PostgreSQL behind one door. All work happens in a
 * transaction.
 *
 * Errors stick: after the first failure every further call on the Tx does
 * nothing and yields zero, and db_commit() says no. So a room writes straight
 * down and asks once, at the end. A Tx that leaves its scope uncommitted is
 * rolled back by AUTO_TX. Rooms call the functions that sqlgen writes from their
 * .sql files; only those use the Stmt half of this page.
 *
 * None is NULL: an id, Date or Instant of value 0 is stored as NULL and read back
 * as 0 (a ThingId stays 0: no foreign key holds it); text is never NULL. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Stmt Stmt;

typedef enum DbFault {
    DB_FINE,
    DB_BROKEN,  /* a bug or a damaged file */
    DB_BUSY,    /* locked or deadlocked: the whole request may be tried again */
    DB_FULL,    /* disk full, read-only */
    DB_AWAY,    /* server gone, file missing */
    DB_CLASH    /* unique, foreign key or check constraint */
} DbFault;

struct Tx {
    Db         *db;
    Arena      *arena; /* results live here */
    bool        open, writes;
    DbFault     fault;
    const char *error; /* NULL while all went well */
    const void *house; /* what db_set_house() gave: the reactions of the story */
    int         depth; /* of story_fire() inside story_fire() */
    void       *pending; /* reactions waiting for the outermost story_fire() */
};
#define AUTO_TX __attribute__((cleanup(db_rollback)))

/* `url`: a path, ":memory:", or "postgresql://...".
 * NULL with *ret_why (French, for the operator) when it can't. */
Db  *db_open(const char *url, const char **ret_why);
void db_close(Db *db);
bool db_is_postgres(const Db *db);
/* A whole copy, taken at one moment while others go on writing, in a new file; PostgreSQL has pg_dump for it.
 * False with *ret_why (French, lives as long as the Db). */
bool db_backup(Db *db, const char *path, const char **ret_why);
void db_set_house(Db *db, const void *house);
void db_set_patience(Db *db, int ms); /* how long a transaction waits for its turn: 10 s unless told */

/* One transaction at a time on a Db, and a Db belongs to the process that opened it: open after fork().
 * A store that went away is looked for again by the next transaction. */
Tx   db_begin(Db *db, Arena *arena); /* to write; waits for its turn (fair across workers on SQLite) */
Tx   db_read(Db *db, Arena *arena);  /* a snapshot to read from; writing in it is a fault */
bool db_commit(Tx *tx);              /* false: nothing was done, tx->error says why */
void db_rollback(Tx *tx);            /* does nothing after a commit */

void    db_fail_at(int step);  /* tests: the step-th statement (or commit) from now fails; 0 never */
int64_t db_steps(void);        /* statements run so far by this process: a request's are a difference */
int64_t db_vm_steps(void);     /* SQLite virtual machine steps so far by this process; 0 on PostgreSQL */

/* ---- for sqlgen, migrate and copy only ---- */
void        db_set_keys(Db *db, bool is_on); /* SQLite, between transactions: to make a table anew */
void        db_run(Tx *tx, const char *sql); /* several statements, no parameters */
Stmt       *db_prepare(Tx *tx, const char *sqlite_sql, const char *postgres_sql);
bool        db_step(Stmt *st);
void        db_finish(Stmt *st);
int64_t     db_changed(Tx *tx); /* rows changed by the last statement */
int64_t     db_id(Stmt *, int), db_int(Stmt *, int);
const char *db_text(Stmt *, int);
Bytes       db_blob(Stmt *, int);
Money       db_money(Stmt *, int);
Date        db_date(Stmt *, int);
Instant     db_instant(Stmt *, int);
bool        db_bool(Stmt *, int);
bool        db_is_null(Stmt *, int);
void db_bind_id(Stmt *, int, int64_t), db_bind_int(Stmt *, int, int64_t);
void db_bind_text(Stmt *, int, const char *);
void db_bind_blob(Stmt *, int, Bytes), db_bind_bool(Stmt *, int, bool);
void db_bind_null(Stmt *, int, char type); /* of an integer, text or blob column: i, t, b */
void db_bind_money(Stmt *, int, Money), db_bind_date(Stmt *, int, Date);
void db_bind_instant(Stmt *, int, Instant);
