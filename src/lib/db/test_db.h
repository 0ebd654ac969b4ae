/* test_db.h - fresh stores for the tests of every room. */
#pragma once
#include "db.h"

/* A new store with the whole schema: a SQLite file in a folder that goes away with the process. */
Db *test_db(Arena *arena);
/* The same in a new schema of the PostgreSQL server at TEST_PG; NULL when TEST_PG is not set. */
Db  *test_db_postgres(Arena *arena);
bool test_has_postgres(void);

typedef struct TestDbs {
    Db *at[2];
    size_t count;
} TestDbs;

/* One of each engine that is there: rules of money and of concurrency are tested on both. */
TestDbs test_dbs(Arena *arena);
TestDbs test_dbs_empty(Arena *arena); /* without a schema: for migrate */
/* How the store is opened once more: as another process would. */
Db *test_db_again(const Db *db);
