#include "watch.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>

typedef struct Slot {
    int64_t until_ms; /* 0: shut down already */
    WatchState state;
} Slot;

struct Watch {
    Slot *slots; /* by descriptor; pages that no descriptor reached stay untouched */
    int size, top;
};

Watch *watch_new(void) {
    struct rlimit files = { 1024, 1024 };
    getrlimit(RLIMIT_NOFILE, &files);
    Watch *watch = calloc(1, sizeof *watch);
    assert(watch);
    watch->size = files.rlim_cur < 65536 ? (int)files.rlim_cur : 65536;
    watch->slots = calloc((size_t)watch->size, sizeof *watch->slots);
    assert(watch->slots);
    return watch;
}

void watch_free(Watch *watch) {
    free(watch->slots);
    free(watch);
}

void watch_set(Watch *watch, int fd, WatchState state, int64_t until_ms) {
    if (fd < 0 || fd >= watch->size)
        return;
    watch->slots[fd] = (Slot){ until_ms, state };
    if (fd >= watch->top)
        watch->top = fd + 1;
}

void watch_drop(Watch *watch, int fd) {
    if (fd >= 0 && fd < watch->size)
        watch->slots[fd] = (Slot){ 0, WATCH_NONE };
}

void watch_sweep(Watch *watch, int64_t now_ms) {
    for (int fd = 0; fd < watch->top; fd++) {
        Slot *slot = &watch->slots[fd];
        if (slot->state != WATCH_NONE && slot->until_ms && slot->until_ms <= now_ms) {
            shutdown(fd, SHUT_RDWR);
            slot->until_ms = 0;
        }
    }
}

/* Has something arrived that the event loop has not read yet? Then it will be answered first. */
static bool has_waiting_bytes(int fd) {
    char byte;
    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void watch_hurry(Watch *watch, int64_t now_ms, int64_t grace_ms) {
    for (int fd = 0; fd < watch->top; fd++) {
        Slot *slot = &watch->slots[fd];
        bool is_quiet = slot->state == WATCH_IDLE || slot->state == WATCH_HEAD;
        if (is_quiet && slot->until_ms > now_ms + grace_ms && !has_waiting_bytes(fd))
            slot->until_ms = now_ms + grace_ms;
    }
}
