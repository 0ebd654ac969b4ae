#include "test_browser_pages.h"

#include <string.h>

#include "access.h"
#include "date.h"
#include "test.h"

Browser test_browser(Arena *arena, Db *db) {
    return (Browser){ .arena = arena,
                      .db = db,
                      .house = { .public_url = "https://ateliers.example" },
                      .now = instant_at(date_of(2026, 11, 23), 9 * 60),
                      .csrf = "",
                      .agent = "Firefox" };
}

static void keep_cookie(Browser *b, const char *line) {
    size_t n = strcspn(line, "="), value = strcspn(line + n + 1, ";");
    const char *name = arena_copy_n(b->arena, line, n);
    size_t at = 0;
    while (at < b->jar_count && strcmp(b->jar[at].name, name) != 0)
        at++;
    assert_true(at < TEST_JAR);
    b->jar[at] = (FieldValue){ name, arena_copy_n(b->arena, line + n + 1, value) };
    if (at == b->jar_count)
        b->jar_count++;
}

void test_ask(Browser *b, Method method, const char *path, unsigned roles, TestHandler handler,
              const char *const *fields, bool is_foreign) {
    FieldValue *pairs = arena_zero(b->arena, TEST_FIELDS + 1, sizeof *pairs);
    size_t count = 0;
    for (; fields && fields[count * 2]; count++)
        pairs[count] = (FieldValue){ fields[count * 2], fields[count * 2 + 1] };
    if (method == METHOD_POST && !is_foreign)
        pairs[count++] = (FieldValue){ "csrf", b->csrf };
    static const char *const names[] = { "token", "company", "account", "reference", "thing" };
    enum { NAMES = sizeof names / sizeof names[0] };
    FieldValue *params = arena_zero(b->arena, NAMES, sizeof *params);
    for (size_t i = 0; i < NAMES; i++)
        params[i] = (FieldValue){ names[i], strrchr(path, '/') + 1 };
    b->rq = (Request){ .arena = b->arena,
                       .db = b->db,
                       .now = b->now,
                       .today = instant_date(b->now),
                       .method = method,
                       .path = path,
                       .number = "7F3K-21",
                       .nonce = "n",
                       .remote = "192.0.2.7",
                       .user_agent = b->agent,
                       .cookies = b->jar,
                       .cookie_count = b->jar_count,
                       .params = params,
                       .param_count = NAMES,
                       .house = &b->house,
                       .body_fd = -1 };
    if (method == METHOD_POST) {
        b->rq.fields = pairs;
        b->rq.field_count = count;
    } else {
        b->rq.query = pairs;
        b->rq.query_count = count;
    }
    people_recognise(&b->rq);
    if (people_admit(&b->rq, roles))
        handler(&b->rq);
    for (size_t i = 0; i < b->rq.header_count; i++)
        if (!strcmp(b->rq.headers[i].name, "Set-Cookie"))
            keep_cookie(b, b->rq.headers[i].value);
    b->csrf = b->rq.csrf;
}

void test_look(Browser *b, const char *path, TestHandler handler) {
    test_ask(b, METHOD_GET, path, ROLE_ANYBODY, handler, NULL, false);
}
const char *test_body(const Browser *b) { return b->rq.body.n ? b->rq.body.p : ""; }

void test_nothing(Request *rq) { reply_text(rq, 200, "here"); }

const Viewer *test_viewer(Browser *b) {
    test_look(b, "/x", test_nothing);
    return b->rq.viewer;
}

void test_log_in(Browser *b, AccountId account_id) {
    AUTO_TX Tx tx = db_begin(b->db, b->arena);
    const char *token = people_login_open(&tx, account_id, (LinkId){ 0 }, true, b->now, b->agent, "");
    assert_true(db_commit(&tx));
    b->jar[b->jar_count++] = (FieldValue){ "quitus", token };
}
