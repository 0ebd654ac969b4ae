/* linger.h - a refused upload is read on for a moment after our side has closed: else the reset of the
 * connection would overtake the answer that says why. Private to lib/http. */
#pragma once
#include <poll.h>

#include "types.h"

enum { LINGERS_MAX = 16 };

typedef struct Linger {
    int fds[LINGERS_MAX];
    int64_t until_ms[LINGERS_MAX];
    int count;
} Linger;

void linger_add(Linger *linger, int fd,
                int64_t now_ms); /* keeps a copy of fd; does nothing when there are enough */
int linger_poll(const Linger *linger, struct pollfd *at); /* fills in `count` entries */
void linger_read(Linger *linger, int64_t now_ms); /* drops what has come; closes what is finished or late */
