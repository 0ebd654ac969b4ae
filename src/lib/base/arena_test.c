#include "arena.h"

#include <string.h>

#include "test.h"

static void pieces_keep_their_bytes(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char *small = arena_copy(arena, "petit"), *big = arena_zero(arena, 100000, 1);
    memset(big, 'x', 100000);
    char *after = arena_print(arena, "%s et %d", "après", 7);
    assert_string_equal(small, "petit");
    assert_string_equal(after, "après et 7");
    assert_int_equal((uintptr_t)big % 16, 0);
}

static void arrays_grow(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    int *at = NULL;
    size_t count = 0;
    for (int i = 0; i < 1000; i++)
        *(int *)arena_grow(arena, (void **)&at, &count, sizeof *at) = i;
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(at[i], i);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(pieces_keep_their_bytes),
                                        cmocka_unit_test(arrays_grow) };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
