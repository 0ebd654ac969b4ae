/* watch.h - the clock of every connection: how long a head, a body, an answer or a pause may take, as a
 * whole. A client that drips one byte at a time gets no more time than others. Private to lib/http. */
#pragma once
#include "types.h"

typedef enum WatchState {
    WATCH_NONE,
    WATCH_HEAD,   /* the head is being read */
    WATCH_BODY,   /* so is the body */
    WATCH_ANSWER, /* the answer is being sent */
    WATCH_IDLE    /* kept alive, nothing asked */
} WatchState;

typedef struct Watch Watch;

Watch *watch_new(void);
void watch_free(Watch *watch);
void watch_set(Watch *watch, int fd, WatchState state, int64_t until_ms); /* monotonic */
void watch_drop(Watch *watch, int fd);
void watch_sweep(Watch *watch, int64_t now_ms); /* shuts down what is late; libmicrohttpd then closes it */
/* Before leaving: connections on which nothing was asked get no more than `grace_ms`. */
void watch_hurry(Watch *watch, int64_t now_ms, int64_t grace_ms);
