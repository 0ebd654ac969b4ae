#include "upgrade.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "log.h"

enum { PATH_BYTES = 4096, ARGUMENT_BYTES = 16384, ARGUMENTS_MAX = 64, UPGRADE_MS = 30000 };

void upgrade_prepare(Upgrade *upgrade) {
    *upgrade = (Upgrade){ .path = calloc(1, PATH_BYTES),
                          .arguments = calloc(1, ARGUMENT_BYTES),
                          .ready_fd = -1 };
    if (!upgrade->path || !upgrade->arguments ||
        readlink("/proc/self/exe", upgrade->path, PATH_BYTES - 1) < 0)
        return;
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    upgrade->argument_bytes = (int)read(fd, upgrade->arguments, ARGUMENT_BYTES - 1);
    close(fd);
}

static _Noreturn void become(const Upgrade *upgrade, int listen_fd, int ready_fd) {
    char *arguments[ARGUMENTS_MAX + 1] = { NULL }, number[16];
    sigset_t none;
    int count = 0;
    for (int at = 0; at < upgrade->argument_bytes && count < ARGUMENTS_MAX;) {
        arguments[count++] = upgrade->arguments + at;
        at += (int)strlen(upgrade->arguments + at) + 1;
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    snprintf(number, sizeof number, "%d", listen_fd);
    setenv("QUITUS_LISTEN_FD", number, 1);
    snprintf(number, sizeof number, "%d", ready_fd);
    setenv("QUITUS_READY_FD", number, 1);
    fcntl(listen_fd, F_SETFD, 0);
    fcntl(ready_fd, F_SETFD, 0);
    execv(upgrade->path, arguments);
    log_error("upgrade", "program=%s error=%s", upgrade->path, strerror(errno));
    _exit(127);
}

bool upgrade_begin(Upgrade *upgrade, int listen_fd, int64_t now_ms) {
    int ends[2];
    if (upgrade->child || upgrade->argument_bytes <= 0 || pipe2(ends, O_CLOEXEC) < 0)
        return false;
    pid_t child = fork();
    if (child == 0)
        become(upgrade, listen_fd, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return false;
    }
    upgrade->child = child;
    upgrade->ready_fd = ends[0];
    upgrade->until_ms = now_ms + UPGRADE_MS;
    return true;
}

/* A descriptor whose number stands in the environment; the name is taken out of it. */
static int from_environment(const char *name) {
    const char *number = getenv(name);
    int fd = number && *number ? (int)strtol(number, NULL, 10) : -1;
    unsetenv(name);
    return fd > 2 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 ? fd : -1;
}

int upgrade_inherited(void) { return from_environment("QUITUS_LISTEN_FD"); }

static void tell_systemd(void) {
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    const char *path = getenv("NOTIFY_SOCKET");
    char text[64];
    if (!path || strlen(path) >= sizeof to.sun_path || (*path != '/' && *path != '@'))
        return;
    memcpy(to.sun_path, path, strlen(path));
    if (*path == '@')
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int n = snprintf(text, sizeof text, "READY=1\nMAINPID=%ld", (long)getpid());
    if (fd >= 0) {
        socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
        if (sendto(fd, text, (size_t)n, MSG_NOSIGNAL, (struct sockaddr *)&to, length) < 0)
            log_warning("systemd", "error=%s", strerror(errno));
        close(fd);
    }
}

void upgrade_say_ready(void) {
    int fd = from_environment("QUITUS_READY_FD");
    tell_systemd();
    if (fd >= 0) {
        if (write(fd, "r", 1) != 1)
            log_warning("upgrade", "the former process is gone");
        close(fd);
    }
}
