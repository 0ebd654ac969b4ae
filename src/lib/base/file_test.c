#include "file.h"

#include <string.h>

#include "test.h"

static void nameless_files_hold_what_they_are_given(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char got[8] = "";
    int fd = file_nameless(test_folder(arena));
    assert_true(fd >= 0);
    assert_true(file_write(fd, (Bytes){ "abc", 3 }) && file_write(fd, (Bytes){ "def", 3 }));
    assert_true(file_rewind(fd));
    assert_true(file_read_at(fd, got, 4, 2));
    assert_string_equal(got, "cdef");
    assert_false(file_read_at(fd, got, 4, 3)); /* one byte is missing */
    assert_true(file_read_at(fd, got, 0, 99));
    file_close(fd);
    file_close(-1);
    assert_int_equal(file_nameless("/nowhere"), -1);
    assert_false(file_write(-1, (Bytes){ "x", 1 }));
}

static void whole_files_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Bytes bytes = { NULL, 0 };
    char *big = arena_zero(arena, 10001, 1);
    const char *path = arena_print(arena, "%s/a", test_folder(arena));
    assert_false(file_read_all(arena, path, &bytes));
    memset(big, 'x', 10000);
    test_write(path, big, 10000);
    assert_true(file_read_all(arena, path, &bytes));
    assert_int_equal(bytes.n, 10000);
    assert_string_equal((const char *)bytes.p, big);
    test_write(path, "", 0);
    assert_true(file_read_all(arena, path, &bytes));
    assert_int_equal(bytes.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nameless_files_hold_what_they_are_given),
        cmocka_unit_test(whole_files_are_read),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
