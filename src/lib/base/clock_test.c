#include "clock.h"

#include <time.h>

#include "test.h"

static void now_is_the_time_of_the_machine(void **state) {
    (void)state;
    int64_t machine = (int64_t)time(NULL);
    int64_t ours = clock_now().ms / 1000;
    assert_in_range(ours - machine + 1, 0, 3);
}

static void the_other_clocks_only_grow(void **state) {
    (void)state;
    int64_t monotonic = clock_monotonic_ms(), cpu = clock_cpu_us(), spent = cpu;
    while (spent < cpu + 3000)
        spent = clock_cpu_us();
    assert_true(clock_monotonic_ms() >= monotonic + 2);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(now_is_the_time_of_the_machine),
                                        cmocka_unit_test(the_other_clocks_only_grow) };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
