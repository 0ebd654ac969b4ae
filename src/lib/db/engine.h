/* engine.h - what an engine of the store must know how to do. Only db.c, the
 * two engines and migrate.c read this page. An engine reports a fault with db_stick(); db.c
 * never calls it on a Tx that already has one. */
#pragma once
#include "db.h"

typedef struct Engine {
    bool (*open)(Db *db);  /* false: db->why says why, in French */
    void (*close)(Db *db); /* closing twice is fine */
    void (*set_keys)(Db *db, bool is_on); /* foreign keys, between transactions */
    bool (*backup)(Db *db, const char *path); /* false: db->why */
    /* Begins, reconnecting first when the last fault asked for it. */
    void (*begin)(Tx *tx);
    void (*commit)(Tx *tx);
    void (*rollback)(Tx *tx);
    void (*run)(Tx *tx, const char *sql);
    void (*prepare)(Stmt *st, const char *sql);
    void (*bind_int)(Stmt *st, int i, int64_t value);
    void (*bind_null)(Stmt *st, int i, char type);
    void (*bind_bytes)(Stmt *st, int i, Bytes value, bool is_text);
    bool (*step)(Stmt *st); /* true: a row stands there; changed rows go to db->changed */
    void (*finish)(Stmt *st);
    bool (*column_is_null)(Stmt *st, int i);
    int64_t (*column_int)(Stmt *st, int i);
    Bytes (*column_bytes)(Stmt *st, int i, bool is_text); /* until the next step */
} Engine;

struct Db {
    const Engine *engine;
    void *own; /* the engine's */
    char *url;
    char why[300];
    const void *house;
    bool is_suspect; /* the last transaction met a fault: look again at the next */
    int patience_ms; /* how long a transaction waits for its turn */
    int64_t changed;
};

struct Stmt {
    Tx *tx;
    bool has_row, is_begun, is_done;
    void *own; /* the engine's; NULL when it could not be prepared */
};

extern const Engine engine_sqlite, engine_postgres;

void db_stick(Tx *tx, DbFault fault, const char *format, ...) __attribute__((format(printf, 3, 4)));
void db_count_vm_steps(int64_t more);
