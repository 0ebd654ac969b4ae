#include "test_db.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine.h"
#include "migrate.h"
#include "test.h"

static Db *open_or_die(const char *url) {
    const char *why = NULL;
    Db *db = db_open(url, &why);
    if (!db) {
        fprintf(stderr, "test_db: %s: %s\n", url, why);
        abort();
    }
    return db;
}

static void run_or_die(Db *db, Arena *arena, const char *sql) {
    AUTO_TX Tx tx = db_begin(db, arena);
    db_run(&tx, sql);
    if (!db_commit(&tx)) {
        fprintf(stderr, "test_db: %s\n", tx.error);
        abort();
    }
}

static Db *with_schema(Db *db, Arena *arena) {
    const char *why = NULL;
    if (!migrate_up(db, arena, &why)) {
        fprintf(stderr, "test_db: %s\n", why);
        abort();
    }
    return db;
}

static Db *empty_sqlite(Arena *arena) {
    return open_or_die(arena_print(arena, "%s/quitus.db", test_folder(arena)));
}

bool test_has_postgres(void) {
    const char *server = getenv("TEST_PG");
    return server && *server;
}

static Db *empty_postgres(Arena *arena) {
    static int count;
    const char *server = getenv("TEST_PG");
    const char *name = arena_print(arena, "t_%d_%d", (int)getpid(), ++count);
    Db *db = open_or_die(server);
    run_or_die(db, arena, arena_print(arena, "CREATE SCHEMA %s", name));
    db_close(db);
    return open_or_die(arena_print(arena, "%s?options=-csearch_path%%3D%s", server, name));
}

Db *test_db(Arena *arena) { return with_schema(empty_sqlite(arena), arena); }

Db *test_db_postgres(Arena *arena) {
    return test_has_postgres() ? with_schema(empty_postgres(arena), arena) : NULL;
}

TestDbs test_dbs_empty(Arena *arena) {
    bool has_both = test_has_postgres();
    return (TestDbs){ { empty_sqlite(arena), has_both ? empty_postgres(arena) : NULL }, has_both ? 2 : 1 };
}

TestDbs test_dbs(Arena *arena) {
    TestDbs all = test_dbs_empty(arena);
    for (size_t i = 0; i < all.count; i++)
        with_schema(all.at[i], arena);
    return all;
}

Db *test_db_again(const Db *db) { return open_or_die(db->url); }
