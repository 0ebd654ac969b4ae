/* test_browser_pages.h - a browser for the tests of pages: it keeps cookies and the token of its last page,
 * and speaks to handlers through people's door, without a socket. */
#pragma once
#include "house.h"
#include "people_store.h"
#include "request.h"
#include "test_db.h"

enum { TEST_JAR = 8, TEST_FIELDS = 40 };
typedef struct Browser {
    Arena *arena;
    Db *db;
    House house;
    Instant now;
    FieldValue jar[TEST_JAR];
    size_t jar_count;
    const char *csrf, *agent;
    Request rq; /* the last one */
} Browser;
typedef void (*TestHandler)(Request *rq);

Browser test_browser(Arena *arena, Db *db); /* 23 November 2026, 9 h; nobody yet */
void test_log_in(Browser *b, AccountId account_id); /* with proof */
/* `fields`: "name", "value", ..., NULL. The token of the form is added unless `is_foreign`. The last part of
 * the path is every parameter of the route. */
void test_ask(Browser *b, Method method, const char *path, unsigned roles, TestHandler handler,
              const char *const *fields, bool is_foreign);
void test_look(Browser *b, const char *path, TestHandler handler);
#define TEST_SEND(b, path, handler, ...)                                                                     \
    test_ask(b, METHOD_POST, path, ROLE_ANYBODY, handler, ((const char *const[]){ __VA_ARGS__, NULL }), false)
const char *test_body(const Browser *b);
void test_nothing(Request *rq);
const Viewer *test_viewer(Browser *b); /* asks once more */

#define TEST_EACH_STORE(arena, dbs)                                                                          \
    AUTO_ARENA Arena *arena = arena_new();                                                                   \
    TestDbs dbs = test_dbs(arena);                                                                           \
    crypt_start();                                                                                           \
    for (size_t d = 0; d < dbs.count; db_close(dbs.at[d++]))
