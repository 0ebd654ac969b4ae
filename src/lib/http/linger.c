#include "linger.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINGER_MS = 3000, READS_A_TURN = 32 };

void linger_add(Linger *linger, int fd, int64_t now_ms) {
    if (linger->count >= LINGERS_MAX)
        return;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (copy < 0)
        return;
    linger->fds[linger->count] = copy;
    linger->until_ms[linger->count++] = now_ms + LINGER_MS;
}

int linger_poll(const Linger *linger, struct pollfd *at) {
    for (int i = 0; i < linger->count; i++)
        at[i] = (struct pollfd){ .fd = linger->fds[i], .events = POLLIN };
    return linger->count;
}

static bool is_finished(int fd) {
    char dropped[16384];
    for (int i = 0; i < READS_A_TURN; i++) {
        ssize_t n = recv(fd, dropped, sizeof dropped, MSG_DONTWAIT);
        if (n <= 0)
            return n == 0 || (errno != EAGAIN && errno != EINTR);
    }
    return false;
}

void linger_read(Linger *linger, int64_t now_ms) {
    for (int i = 0; i < linger->count;) {
        if (now_ms >= linger->until_ms[i] || is_finished(linger->fds[i])) {
            close(linger->fds[i]);
            linger->count--;
            linger->fds[i] = linger->fds[linger->count];
            linger->until_ms[i] = linger->until_ms[linger->count];
        } else {
            i++;
        }
    }
}
