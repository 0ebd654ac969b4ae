#include "clock.h"

#include <time.h>

static struct timespec reading(clockid_t which) {
    struct timespec t = { 0 };
    clock_gettime(which, &t);
    return t;
}

Instant clock_now(void) {
    struct timespec t = reading(CLOCK_REALTIME);
    return (Instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}

int64_t clock_monotonic_ms(void) {
    struct timespec t = reading(CLOCK_MONOTONIC);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_cpu_us(void) {
    struct timespec t = reading(CLOCK_PROCESS_CPUTIME_ID);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
