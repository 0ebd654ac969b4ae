#include "log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

/* Runs `say` with stderr in a file; gives what it wrote. */
static char *said(Arena *arena, void (*say)(void)) {
    FILE *file = tmpfile();
    int old = dup(STDERR_FILENO);
    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    say();
    dup2(old, STDERR_FILENO);
    close(old);
    char bytes[20000];
    rewind(file);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return arena_copy_n(arena, bytes, n);
}

static void say_plain(void) {
    log_info("request", "method=%s ms=%d size=%" PRId64 " full=100%%", "GET", 12, (int64_t)5);
}
static void say_quoted(void) {
    log_warning("mail", "to=%s why=%s none=%s", "a@b.fr", "no \"route\"\nx=1", "");
}
static void say_bare(void) { log_error("stop", "%s", ""); }
static void say_forged(void) { log_info("x", "a=%s", "\xff forged=1 \xfe"); }

static void say_long(void) {
    char long_value[9000];
    memset(long_value, 'x', sizeof long_value - 1);
    long_value[sizeof long_value - 1] = 0;
    log_info("x", "a=%s b=%d", long_value, 7);
}

static void lines_can_be_read_by_machines(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        void (*say)(void);
        const char *wanted;
    } cases[] = {
        { say_plain, " info request method=GET ms=12 size=5 full=100%\n" },
        { say_quoted, " warning mail to=a@b.fr why=\"no \\\"route\\\"\\nx=1\" none=\"\"\n" },
        { say_bare, " error stop \"\"\n" },
        { say_forged, " info x \"a=\xff forged=1 \xfe\"\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *line = said(arena, cases[i].say);
        assert_true(strlen(line) > 24);
        assert_int_equal(line[10], 'T');
        assert_int_equal(line[23], 'Z');
        assert_string_equal(line + 24, cases[i].wanted);
    }
    char *line = said(arena, say_long);
    assert_int_equal(strlen(line), 4096);
    assert_int_equal(line[4095], '\n');
}

static void silence(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    log_silence();
    assert_string_equal(said(arena, say_plain), "");
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(lines_can_be_read_by_machines),
                                        cmocka_unit_test(silence) };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
