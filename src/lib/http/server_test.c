#include "test_server.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "crypt.h"
#include "test.h"

enum { MIB = 1 << 20 };

#define EXPECT(rig, status, raw) assert_int_equal(rig_status(rig_ask(rig, raw)), status)

static const struct {
    const char *name, *raw; /* @ stands for NUL */
    int status;
} forms[] = {
    { "two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 35\r\n\r\n"
      "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n",
      400 },
    { "length and chunked",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /evil HTTP/1.1\r\nHost: a\r\n\r\n",
      400 },
    { "unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400 },
    { "length +5", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello", 400 },
    { "length 0x5", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello", 400 },
    { "no host", "GET / HTTP/1.1\r\n\r\n", 400 },
    { "two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
    { "space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400 },
    { "bare CR", "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n", 400 },
    { "NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b@c\r\n\r\n", 400 },
    { "NUL in a path", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
    { "body of a GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400 },
    { "absolute target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
    { "HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505 },
    { "other method", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 405 },
    { "other type", "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 3\r\n\r\nabc",
      415 },
    { "no boundary",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
      415 },
    { "cut parts",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=bb\r\n"
      "Content-Length: 6\r\n\r\n--bb\r\n",
      400 },
    /* What libmicrohttpd 0.9.75 reads over without a word. */
    { "folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400 },
    { "folded line, not the last", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\nY: d\r\n\r\n", 400 },
    { "bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400 },
    { "one bare LF", "GET / HTTP/1.1\r\nHost: a\r\nX: b\nY: c\r\n\r\n", 400 },
    { "a bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\n", 400 },
    { "NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nX@: b\r\n\r\n", 400 },
    { "NUL, not the last", "GET / HTTP/1.1\r\nHost: a\r\nX: b@c\r\nY: d\r\n\r\n", 400 },
    { "blanks that are allowed", "GET / HTTP/1.1\r\nHost:a\r\nX: \t b \r\nY:\r\nConnection: close\r\n\r\n",
      200 },
    { "no header at all", "GET / HTTP/1.0\r\n\r\n", 200 },
};

static void bad_forms_are_refused_and_closed(void **state) {
    Rig *rig = *state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        int fd = rig_dial(rig);
        char *raw = arena_copy(rig->arena, forms[i].raw);
        for (char *p = raw; (p = strchr(p, '@')); p++)
            *p = 0;
        rig_say(fd, raw, strlen(forms[i].raw));
        const char *answer = rig_hear(rig->arena, fd).p;
        if (rig_status(answer) != forms[i].status || (forms[i].status != 200 && strstr(answer, "HTTP/1.1 2")))
            fail_msg("%s: %s", forms[i].name, answer);
    }
    assert_non_null(strstr(rig_ask(rig, "PUT / HTTP/1.1\r\nHost: a\r\n\r\n"), "Allow: GET, HEAD, POST"));
}

static const char *repeated(const Rig *rig, const char *head, char c, int n, const char *tail) {
    Text text = text_new(rig->arena);
    text_add(&text, head);
    for (int i = 0; i < n; i++)
        text_add_char(&text, c);
    text_add(&text, tail);
    return text.p;
}

static const char *form(const Rig *rig, const char *body) {
    return arena_print(rig->arena,
                       "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: "
                       "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
                       strlen(body), body);
}

/* `count` fields of `n` bytes each, as parts. */
static const char *parts(const Rig *rig, int count, int n) {
    Text body = text_new(rig->arena);
    for (int i = 0; i < count; i++)
        text_add(&body,
                 repeated(rig, "--bb\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", 'x', n, "\r\n"));
    text_add(&body, "--bb--\r\n");
    return arena_print(rig->arena,
                       "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: "
                       "multipart/form-data; boundary=bb\r\nContent-Length: %zu\r\n\r\n%s",
                       body.n, body.p);
}

static void limits_hold(void **state) {
    Rig *rig = *state;
    EXPECT(rig, 431, repeated(rig, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 'x', 17000, "\r\n\r\n"));
    EXPECT(rig, 431, repeated(rig, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 'x', 70000, "\r\n\r\n"));
    EXPECT(rig, 414, repeated(rig, "GET /", 'x', 9000, " HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT(rig, 200, repeated(rig, "GET /", 'x', 4000, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    EXPECT(rig, 413,
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"); /* before any byte of it */
    EXPECT(rig, 413,
           repeated(rig, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 'x', MIB, ""));
    EXPECT(rig, 200, form(rig, repeated(rig, "a=", 'x', 65536, "&b=2")));
    EXPECT(rig, 413, form(rig, repeated(rig, "a=", 'x', 65537, "")));
    EXPECT(rig, 413, form(rig, repeated(rig, "a=", '&', 2 * MIB, "")));
    EXPECT(rig, 200, parts(rig, 200, 10));
    EXPECT(rig, 400, parts(rig, 201, 10));
    EXPECT(rig, 200, parts(rig, 1, 65536));
    EXPECT(rig, 413, parts(rig, 1, 65537));
    Text many = text_new(rig->arena);
    for (int i = 0; i < 201; i++)
        text_add(&many, "a=1&");
    EXPECT(rig, 400, form(rig, many.p));
}

static void fields_and_files_arrive(void **state) {
    Rig *rig = *state;
    const char *body = "--bb\r\nContent-Disposition: form-data; name=\"nom\"\r\n\r\nVal\xE9rie & fils\r\n"
                       "--bb\r\nContent-Disposition: form-data; name=\"vide\"\r\n\r\n\r\n"
                       "--bb\r\nContent-Disposition: form-data; name=\"accord\"; filename=\"C:\\a b.pdf\"\r\n"
                       "Content-Type: text/html\r\n\r\n%PDF-1.7\r\n--c\r\n"
                       "--bb\r\nContent-Disposition: form-data; name=\"rien\"; filename=\"\"\r\n"
                       "Content-Type: application/octet-stream\r\n\r\n\r\n--bb--\r\n";
    const char *head = arena_print(rig->arena,
                                   "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: "
                                   "multipart/form-data; boundary=bb\r\nContent-Length: %zu\r\n\r\n",
                                   strlen(body));
    const char *hash = crypt_sha256(rig->arena, (Bytes){ "%PDF-1.7\r\n--c", 13 });
    for (size_t step = 1; step < 400; step += 397) { /* byte by byte, and in one piece */
        int fd = rig_dial(rig);
        rig_say(fd, head, strlen(head));
        for (size_t at = 0; at < strlen(body); at += step)
            rig_say(fd, body + at, at + step > strlen(body) ? strlen(body) - at : step);
        const char *answer = rig_hear(rig->arena, fd).p;
        assert_int_equal(rig_status(answer), 200);
        if (!strstr(answer, "\nnom=Valérie & fils\nvide=\nfile accord a b.pdf application/pdf 13 "))
            fail_msg("step %zu: %s", step, answer);
        assert_non_null(strstr(answer, arena_print(rig->arena, "%s 13\n", hash)));
    }
    const char *answer = rig_ask(rig, form(rig, "nom=Val%C3%A9rie+Roux&nom=2&vide="));
    assert_non_null(strstr(answer, "echo\nnom=Valérie Roux\nnom=2\nvide=\npeak"));
    answer = rig_ask(
        rig,
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded"
        "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n");
    assert_non_null(strstr(answer, "echo\na=1\nb=2\n"));
}

static long peak_of(const char *answer) {
    const char *at = strstr(answer, "peak=");
    return at ? strtol(at + 5, NULL, 10) : 0;
}

static void a_large_file_never_stands_in_memory(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "33554432");
    enum { SIZE = 30 * MIB, PIECE = 65536 };
    const char *first = "--bb\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.bin\"\r\n\r\n",
               *last = "\r\n--bb--\r\n";
    unsigned char piece[PIECE];
    Sha256 *sha = crypt_sha256_new(rig.arena);
    int fd = rig_dial(&rig);
    const char *head = arena_print(
        rig.arena,
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; "
        "boundary=bb\r\nContent-Length: %zu\r\n\r\n%s",
        strlen(first) + SIZE + strlen(last), first);
    assert_true(rig_say(fd, head, strlen(head)));
    for (int i = 0; i < SIZE / PIECE; i++) {
        for (size_t j = 0; j < PIECE; j++)
            piece[j] = (unsigned char)((size_t)i * 31 + j * 7 + (j >> 8));
        crypt_sha256_add(sha, (Bytes){ piece, PIECE });
        assert_true(rig_say(fd, piece, PIECE));
    }
    rig_say(fd, last, strlen(last));
    const char *answer = rig_hear(rig.arena, fd).p;
    const char *wanted = arena_print(rig.arena, "file f f.bin  %d %s %d\n", SIZE,
                                     crypt_sha256_end(rig.arena, sha), SIZE);
    assert_int_equal(rig_status(answer), 200);
    assert_non_null(strstr(answer, wanted));
    long before = peak_of(rig_ask(&rig, form(&rig, "a=1"))),
         after = peak_of(answer); /* the other worker, or this one again */
    if (before > after)
        before = after;
    assert_true(after < 20 * 1024 || after - before < 8 * 1024);
    rig_stop(&rig);
}

static void answers_have_their_headers(void **state) {
    Rig *rig = *state;
    static const char *const wanted[] = { "Content-Security-Policy: default-src 'none';",
                                          "X-Content-Type-Options: nosniff",
                                          "Referrer-Policy: same-origin",
                                          "Cross-Origin-Opener-Policy: same-origin",
                                          "Cross-Origin-Resource-Policy: same-origin",
                                          "Permissions-Policy: ",
                                          "Cache-Control: no-store",
                                          "Connection: close" };
    const char *good = rig_get(rig, "/"), *bad = rig_get(rig, "/%00");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_non_null(strstr(good, wanted[i]));
        assert_non_null(strstr(bad, wanted[i]));
    }
    assert_null(strstr(good, "Strict-Transport-Security"));
    const char *behind = rig_ask(
        rig, "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1, 198.51.100.9\r\nX-Forwarded-Proto: "
             "https\r\nCookie: session=s1\r\nConnection: close\r\n\r\n");
    assert_non_null(strstr(behind, "Strict-Transport-Security: max-age="));
    assert_non_null(strstr(behind, "\r\n\r\n198.51.100.9 1 s1"));
    const char *large = rig_get(rig, "/large");
    assert_non_null(strstr(large, "filename=\"d__vis 2.pdf\"; filename*=UTF-8''d%C3%A9vis%202.pdf"));
    assert_non_null(strstr(large, "Content-Length: 8388608"));
    assert_int_equal(rig_status(rig_get(rig, "/file")), 200);
    assert_int_equal(rig_status(rig_get(rig, "/nothing")), 500);
}

static void pipelined_requests_are_answered_in_order(void **state) {
    Rig *rig = *state;
    const char *answer = rig_ask(
        rig, "HEAD /pid HTTP/1.1\r\nHost: a\r\n\r\nGET /who HTTP/1.1\r\nHost: a\r\nCookie: session=2\r\n\r\n"
             "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const char *second = strstr(answer, "127.0.0.1 0 2");
    assert_int_equal(rig_answers(answer), 3);
    assert_non_null(second);
    assert_null(strstr(answer, "pid=")); /* HEAD has a length and no body */
    assert_non_null(strstr(second, "bonjour"));
    assert_int_equal(rig_status(rig_ask(rig, "GET / HTTP/1.0\r\n\r\n")), 200);
}

static int count_open(struct pollfd *at, int count) {
    int open = 0;
    char byte;
    for (int i = 0; i < count; i++)
        open += recv(at[i].fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    return open;
}

static void slow_clients_delay_nobody_and_are_closed(void **state) {
    (void)state;
    Rig rig = rig_start("3", "3", "1000000");
    enum { DRIPS = 200 };
    static const char *const starts[] = {
        "GET / HTTP/1.1\r\nHost: a\r\nX: ",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 1000\r\n\r\na="
    };
    struct pollfd at[DRIPS];
    for (int i = 0; i < DRIPS; i++) {
        at[i].fd = rig_dial(&rig);
        assert_true(at[i].fd >= 0);
        rig_say(at[i].fd, starts[i % 2], strlen(starts[i % 2]));
    }
    for (int i = 0; i < 50; i++)
        assert_int_equal(rig_status(rig_get(&rig, "/")), 200);
    assert_int_equal(count_open(at, DRIPS), DRIPS); /* fifty others came and went meanwhile */
    int left = DRIPS;
    for (int64_t until = clock_monotonic_ms() + RIG_PATIENCE_MS; left && clock_monotonic_ms() < until;
         left = count_open(at, DRIPS)) {
        for (int i = 0; i < DRIPS; i++)
            send(at[i].fd, "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        poll(NULL, 0, 100);
    }
    assert_int_equal(left, 0);
    for (int i = 0; i < DRIPS; i++)
        close(at[i].fd);
    rig_stop(&rig);
}

static int start_shared(void **state) {
    static Rig rig;
    rig = rig_start("10", "60", "4194304");
    *state = &rig;
    return 0;
}

static int stop_shared(void **state) {
    rig_stop(*state);
    return 0;
}

int main(int count, char **words) {
    if (count > 2 && !strcmp(words[1], "serve"))
        return rig_serve(count - 2, words + 2);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_forms_are_refused_and_closed),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(fields_and_files_arrive),
        cmocka_unit_test(answers_have_their_headers),
        cmocka_unit_test(pipelined_requests_are_answered_in_order),
        cmocka_unit_test(a_large_file_never_stands_in_memory),
        cmocka_unit_test(slow_clients_delay_nobody_and_are_closed),
    };
    crypt_start();
    return cmocka_run_group_tests_name("server", tests, start_shared, stop_shared);
}
