#include <string.h>

#include "crypt.h"
#include "embed.h"
#include "log.h"
#include "parse.h"
#include "server.h"
#include "static.h"
#include "test.h"

enum { MOST = 4 };

static const struct {
    const char *why; /* a part of the reason; NULL: fine */
    bool is_http10;
    FieldValue headers[MOST];
} heads[] = {
    { NULL, false, { { "Host", "quitus.example" } } },
    { NULL, false, { { "Host", "[::1]:8080" }, { "Content-Length", "0" } } },
    { NULL, false, { { "host", "a" }, { "TRANSFER-ENCODING", "Chunked" } } },
    { NULL, true, { { "Accept", "*/*" } } },
    { NULL, false, { { "Host", "a" }, { "X-Name", "Ren\xC3\xA9\te" } } },
    { "no Host", false, { { "Accept", "*/*" } } },
    { "more than one Host", false, { { "Host", "a" }, { "Host", "a" } } },
    { "more than one Host", true, { { "Host", "a" }, { "host", "b" } } },
    { "not a host", false, { { "Host", "" } } },
    { "not a host", false, { { "Host", "a/b" } } },
    { "not a host", false, { { "Host", "user@a" } } },
    { "more than one Content-Length",
      false,
      { { "Host", "a" }, { "Content-Length", "5" }, { "Content-Length", "5" } } },
    { "with Transfer",
      false,
      { { "Host", "a" }, { "Content-Length", "5" }, { "Transfer-Encoding", "chunked" } } },
    { "more than one Transfer",
      false,
      { { "Host", "a" }, { "Transfer-Encoding", "chunked" }, { "Transfer-Encoding", "chunked" } } },
    { "unknown Transfer", false, { { "Host", "a" }, { "Transfer-Encoding", "xchunked" } } },
    { "unknown Transfer", false, { { "Host", "a" }, { "Transfer-Encoding", "gzip, chunked" } } },
    { "unknown Transfer", false, { { "Host", "a" }, { "Transfer-Encoding", "chunked " } } },
    { "in HTTP/1.0", true, { { "Transfer-Encoding", "chunked" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "+5" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "-1" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "0x5" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "5,5" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "" } } },
    { "not a number", false, { { "Host", "a" }, { "Content-Length", "9999999999999999999" } } },
    { "header name", false, { { "Host ", "a" } } },
    { "header name", false, { { "Host", "a" }, { "", "b" } } },
    { "header name", false, { { "Host", "a" }, { "X(Y)", "b" } } },
    { "header name", false, { { "Host", "a" }, { "X\xC3\xA9", "b" } } },
    { "header value", false, { { "Host", "a" }, { "X", "b\rc" } } },
    { "header value", false, { { "Host", "a" }, { "X", "b\x01" } } },
    { "header value", false, { { "Host", "a" }, { "X", "b\x7f" } } },
};

static void heads_are_judged(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t count = 0;
        while (count < MOST && heads[i].headers[count].name)
            count++;
        const char *why = http_header_fault(heads[i].headers, count, !heads[i].is_http10);
        if (!why != !heads[i].why || (why && !strstr(why, heads[i].why)))
            fail_msg("head %zu: %s, expected %s", i, why ? why : "fine",
                     heads[i].why ? heads[i].why : "fine");
    }
}

static void pairs_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *text = "nom=Val%C3%A9rie+Roux&vide=&seul&&x=%zz%4&l=%E9t%E9&nul=a%00b&m=1%262";
    FieldValue *pairs = NULL;
    size_t count = 0;
    static const FieldValue wanted[] = {
        { "nom", "Valérie Roux" }, { "vide", "" }, { "seul", "" }, { "x", "%zz%4" }, { "l", "été" },
        { "nul", "ab" },           { "m", "1&2" }
    };
    assert_int_equal(parse_pairs(arena, text, strlen(text), &pairs, &count), 0);
    assert_int_equal(count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(pairs[i].name, wanted[i].name);
        assert_string_equal(pairs[i].value, wanted[i].value);
    }
}

static void pairs_have_bounds(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text many = text_new(arena), full = text_new(arena), longest = text_new(arena);
    for (int i = 0; i < FIELDS_MAX; i++)
        text_add(&full, "a=1&");
    text_print(&many, "%sb=2", full.p);
    text_add(&longest, "a=");
    for (int i = 0; i < FIELD_BYTES_MAX; i++)
        text_add_char(&longest, 'x');
    FieldValue *pairs = NULL;
    size_t count = 0;
    assert_int_equal(parse_pairs(arena, full.p, full.n, &pairs, &count), 0);
    assert_int_equal(count, FIELDS_MAX);
    count = 0, pairs = NULL;
    assert_int_equal(parse_pairs(arena, many.p, many.n, &pairs, &count), 400);
    count = 0, pairs = NULL;
    assert_int_equal(parse_pairs(arena, longest.p, longest.n, &pairs, &count), 0);
    text_add_char(&longest, 'x');
    count = 0, pairs = NULL;
    assert_int_equal(parse_pairs(arena, longest.p, longest.n, &pairs, &count), 413);
}

static void paths_are_decoded(void **state) {
    (void)state;
    static const struct {
        const char *target, *path;
    } table[] = { { "/", "/" },       { "/a/b?c=/d", "/a/b" }, { "/caf%C3%A9", "/café" }, { "/a+b", "/a+b" },
                  { "a", NULL },      { "*", NULL },           { "http://x/", NULL },     { "/a%00b", NULL },
                  { "/a%0Ab", NULL }, { "/a%zz", NULL },       { "/a%", NULL },           { "/%E9", NULL },
                  { "/a#b", NULL } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *path = parse_path(arena, table[i].target);
        if (!path != !table[i].path || (path && strcmp(path, table[i].path)))
            fail_msg("%s: %s", table[i].target, path ? path : "refused");
    }
}

static void logged_paths_hide_tokens(void **state) {
    (void)state;
    static const struct {
        const char *target, *masked;
    } table[] = { { "/e/dossiers/2026-0417?x=secret", "/e/dossiers/2026-0417" },
                  { "/l/aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-a/x", "/l/***/x" },
                  { "/static/0123456789ab/app.css", "/static/0123456789ab/app.css" },
                  { "/a b\"c\x01", "/a?b?c?" },
                  { "/", "/" },
                  { "aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-aZ09_-a", "***" } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(parse_masked(arena, table[i].target), table[i].masked);
}

static void cookies_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    FieldValue *cookies = NULL;
    size_t count = 0;
    parse_cookies(arena, "session=abc==; theme=\"clair\";bad; =x;  last = 1 ", &cookies, &count);
    static const FieldValue wanted[] = { { "session", "abc==" }, { "theme", "clair" }, { "last", "1" } };
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(cookies[i].name, wanted[i].name);
        assert_string_equal(cookies[i].value, wanted[i].value);
    }
}

static void only_trusted_proxies_are_believed(void **state) {
    (void)state;
    static const struct {
        const char *peer, *forwarded, *trusted, *client;
    } table[] = {
        { "192.0.2.7", "198.51.100.1", "", "192.0.2.7" },
        { "192.0.2.7", "198.51.100.1", "127.0.0.1,::1", "192.0.2.7" },
        { "127.0.0.1", "198.51.100.1", "127.0.0.1,::1", "198.51.100.1" },
        { "127.0.0.1", "", "127.0.0.1", "127.0.0.1" },
        { "127.0.0.1", "10.6.6.6, 198.51.100.1", "127.0.0.1", "198.51.100.1" },
        { "127.0.0.1", "198.51.100.1, 10.0.0.2", "127.0.0.1, 10.0.0.2", "198.51.100.1" },
        { "127.0.0.1", "not an address", "127.0.0.1", "127.0.0.1" },
        { "127.0.0.1", "x, 10.0.0.2", "127.0.0.1,10.0.0.2", "10.0.0.2" },
        { "::1", "2001:db8::1", "127.0.0.1,::1", "2001:db8::1" },
        { "::ffff:127.0.0.1", "198.51.100.1", "127.0.0.1", "198.51.100.1" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(parse_client(arena, table[i].peer, table[i].forwarded, table[i].trusted),
                            table[i].client);
}

static void file_names_are_cleaned(void **state) {
    (void)state;
    static const struct {
        const char *sent, *name;
    } table[] = { { "accord.pdf", "accord.pdf" },
                  { "C:\\Mes documents\\accord.pdf", "accord.pdf" },
                  { "../../etc/passwd", "passwd" },
                  { "  d\xE9"
                    "cision \t 2.pdf",
                    "décision 2.pdf" },
                  { "a\"b<c>\r\n.pdf", "a-b-c- .pdf" },
                  { "..", "fichier" },
                  { "", "fichier" } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(parse_file_name(arena, table[i].sent), table[i].name);
    char longest[400];
    memset(longest, 'a', sizeof longest);
    memcpy(longest + 395, ".pdf", 5);
    assert_int_equal(strlen(parse_file_name(arena, longest)), 150);
    assert_true(text_ends(parse_file_name(arena, longest), ".pdf"));
}

static void kinds_of_files_are_recognised(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *mime;
        size_t n;
    } table[] = { { "%PDF-1.7", "application/pdf", 8 },
                  { "\xFF\xD8\xFF\xE0", "image/jpeg", 4 },
                  { "\x89PNG\r\n\x1A\n", "image/png", 8 },
                  { "\0\0\0\x18"
                    "ftypheic",
                    "image/heic", 12 },
                  { "\0\0\0\x18"
                    "ftypmp42",
                    "", 12 },
                  { "<html>", "", 6 },
                  { "%PD", "", 3 },
                  { "", "", 0 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(parse_mime(table[i].bytes, table[i].n), table[i].mime);
}

static void answers_replace_each_other(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Request rq = { .arena = arena, .number = "7F3K-21", .nonce = "n", .body_fd = -1 };
    rq_header(&rq, "Set-Cookie", "a=b");
    reply_see(&rq, (Url){ "/e" });
    assert_int_equal(rq.status, 303);
    assert_string_equal(rq.location, "/e");
    reply_error(&rq, 409, "Déjà <validé>.");
    assert_int_equal(rq.status, 409);
    assert_null(rq.location);
    assert_int_equal(rq.header_count, 1);
    assert_non_null(strstr(rq.body.p, "Déjà &lt;validé&gt;."));
    assert_non_null(strstr(rq.body.p, "7F3K-21"));
}

static void faults_have_their_status(void **state) {
    (void)state;
    static const struct {
        DbFault fault;
        int status;
        size_t headers;
    } table[] = { { DB_BROKEN, 500, 0 },
                  { DB_BUSY, 503, 1 },
                  { DB_FULL, 503, 1 },
                  { DB_AWAY, 503, 1 },
                  { DB_CLASH, 409, 0 } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        Request rq = { .arena = arena, .number = "7F3K-21", .body_fd = -1 };
        reply_fault(&rq, &(Tx){ .fault = table[i].fault, .error = "why" });
        assert_int_equal(rq.status, table[i].status);
        assert_int_equal(rq.header_count, table[i].headers);
    }
}

static void the_key_of_a_form_is_never_empty(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char longest[200] = "";
    memset(longest, 'k', sizeof longest - 1);
    FieldValue field = { "request_key", "abc" };
    Request rq = { .arena = arena, .number = "7F3K-21", .nonce = "n", .fields = &field, .field_count = 1 };
    assert_string_equal(rq_key(&rq), "abc");
    field.value = longest;
    assert_int_equal(strlen(rq_key(&rq)), 64);
    rq.field_count = 0;
    assert_string_equal(rq_key(&rq), "7F3K-21-n");
}

static void assets_are_served_for_ever(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const Embedded *all, *asset = NULL;
    size_t count = embed_list(&all);
    for (size_t i = 0; i < count && !asset; i++)
        if (text_starts(all[i].path, "assets/") && all[i].gzip.n > 0)
            asset = &all[i];
    assert_non_null(asset);
    const char *path = arena_print(arena, "/static/%.12s/%s", asset->sha256, asset->path + strlen("assets/"));
    static const struct {
        const char *accept;
        bool zipped;
    } table[] = { { "gzip, deflate, br", true },
                  { "br;q=1, GZIP;q=0.5", true },
                  { "gzip;q=0", false },
                  { "gzip;q=0.000", false },
                  { "identity", false },
                  { "xgzip", false },
                  { "", false },
                  { NULL, false } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        Request rq = { .arena = arena, .method = METHOD_GET, .path = path, .body_fd = -1 };
        assert_true(static_serve(&rq, table[i].accept));
        assert_true(rq.may_cache);
        assert_int_equal(rq.body.n, table[i].zipped ? asset->gzip.n : asset->body.n);
        assert_int_equal(rq.header_count, table[i].zipped ? 2 : 1);
    }
    const char *absent[] = { "/static/000000000000/app.css", "/static/app.css", "/static/", "/",
                             arena_print(arena, "/static/%.12s/../texts/x", asset->sha256) };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        Request rq = { .arena = arena, .method = METHOD_GET, .path = absent[i], .body_fd = -1 };
        assert_false(static_serve(&rq, "gzip"));
        assert_int_equal(rq.status, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_judged),
        cmocka_unit_test(pairs_are_read),
        cmocka_unit_test(pairs_have_bounds),
        cmocka_unit_test(paths_are_decoded),
        cmocka_unit_test(logged_paths_hide_tokens),
        cmocka_unit_test(cookies_are_read),
        cmocka_unit_test(only_trusted_proxies_are_believed),
        cmocka_unit_test(file_names_are_cleaned),
        cmocka_unit_test(kinds_of_files_are_recognised),
        cmocka_unit_test(answers_replace_each_other),
        cmocka_unit_test(faults_have_their_status),
        cmocka_unit_test(assets_are_served_for_ever),
        cmocka_unit_test(the_key_of_a_form_is_never_empty),
    };
    crypt_start();
    log_silence();
    return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
