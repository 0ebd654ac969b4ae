/* clock.h - the only reader of time. Everybody else is told `now`. */
#pragma once
#include "types.h"

Instant clock_now(void);
int64_t clock_monotonic_ms(void);
int64_t clock_cpu_us(void); /* of this process */
