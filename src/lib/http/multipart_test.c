#include "multipart.h"

#include <string.h>

#include "test.h"
#include "text.h"

/* Writes down what it is told: "name:bytes|" or "name(file):bytes|". */
static bool begin(void *to, const char *name, const char *file_name) {
    text_print(to, file_name ? "%s(%s):" : "%s:", name, file_name);
    return true;
}
static bool bytes(void *to, const char *p, size_t n) {
    text_add_n(to, p, n);
    return true;
}
static bool end(void *to) {
    text_add_char(to, '|');
    return true;
}

/* What was read when the body came in pieces of `step` bytes; "refused" and "cut" for those. */
static const char *read_in_steps(Arena *arena, const char *type, const char *body, size_t step) {
    Text *told = arena_zero(arena, 1, sizeof *told);
    *told = text_new(arena);
    text_add(told, "");
    Multipart *m = multipart_new(arena, type,
                                 (PartReader){ .to = told, .begin = begin, .bytes = bytes, .end = end });
    if (!m)
        return "no boundary";
    for (size_t at = 0, n = strlen(body); at < n; at += step)
        if (!multipart_add(m, body + at, n - at < step ? n - at : step))
            return "refused";
    return multipart_is_complete(m) ? told->p : "cut";
}

#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
static const struct {
    const char *body, *told;
} bodies[] = {
    { "--b\r\n" FIELD("a") "1\r\n--b--\r\n", "a:1|" },
    { "--b\r\n" FIELD("a") "\r\n--b\r\n" FIELD("a") "x\r\n--b\r\n" FIELD("a") "\r\n--b--", "a:|a:x|a:|" },
    { "--b\r\n" FIELD("a") "l1\r\nl2\r\n-\r\n--\r\n--c\r\r\n--b--\r\n", "a:l1\r\nl2\r\n-\r\n--\r\n--c\r|" },
    { "preamble\r\n--b\r\n" FIELD("a") "1\r\n--b-- \r\nepilogue --b\r\n", "a:1|" },
    { "--b \t\r\n" FIELD("a") "1\r\n--b--", "a:1|" },
    { "--b\r\ncontent-type: text/html\r\n"
      "content-disposition: form-data; filename=\"C:\\a;b.pdf\"; name=f\r\n\r\n%P\r\n--b--",
      "f(C:\\a;b.pdf):%P|" },
    { "--b\r\n"
      "Content-Disposition: form-data; name=\"a\\\"b\"; filename*=UTF-8''x; filename=\"\"\r\n\r\n\r\n--b--",
      "a\"b():|" },
    { "--b--\r\n", "" },
    { "--b\r\n" FIELD("a") "1", "cut" },
    { "--b\r\n" FIELD("a") "1\r\n--b", "cut" },
    { "--b\r\n" FIELD("a") "1\r\n--bb--", "refused" },
    { "--b\r\n" FIELD("a") "1\n--b--", "cut" },
    { "--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--", "refused" },
    { "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--", "refused" },
    { "--bX\r\n" FIELD("a") "1\r\n--b--", "refused" },
    { "--b\rX" FIELD("a") "1\r\n--b--", "refused" },
    { "", "cut" },
};

static void where_a_body_is_cut_changes_nothing(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        for (size_t step = 1; step <= strlen(bodies[i].body) + 1; step++) {
            const char *told = read_in_steps(arena, "multipart/form-data; boundary=b", bodies[i].body, step);
            if (strcmp(told, bodies[i].told) != 0)
                fail_msg("body %zu in steps of %zu: %s, expected %s", i, step, told, bodies[i].told);
        }
}

static void boundaries_are_found(void **state) {
    (void)state;
    static const struct {
        const char *type, *told;
    } types[] = { { "multipart/form-data; boundary=\"b\"", "a:1|" },
                  { "multipart/form-data;charset=utf-8;BOUNDARY=b", "a:1|" },
                  { "multipart/form-data; boundary=b; charset=x", "a:1|" },
                  { "multipart/form-data; boundary=", "no boundary" },
                  { "multipart/form-data; xboundary=b", "no boundary" },
                  { "multipart/form-data", "no boundary" },
                  { "multipart/form-data; "
                    "boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "no boundary" } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_string_equal(read_in_steps(arena, types[i].type, bodies[0].body, 1000), types[i].told);
}

static void a_head_has_a_bound(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text body = text_new(arena);
    text_add(&body, "--b\r\nX: ");
    for (int i = 0; i < 9000; i++)
        text_add_char(&body, 'x');
    text_add(&body, "\r\n" FIELD("a") "1\r\n--b--");
    assert_string_equal(read_in_steps(arena, "multipart/form-data; boundary=b", body.p, 700), "refused");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_a_body_is_cut_changes_nothing),
        cmocka_unit_test(boundaries_are_found),
        cmocka_unit_test(a_head_has_a_bound),
    };
    return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
