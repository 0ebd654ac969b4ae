#include "server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "crypt.h"
#include "log.h"
#include "upgrade.h"
#include "web.h"

enum {
    WORKERS_MAX = 64,
    STEADY_MS = 5000, /* a child that lived that long did not die of its start */
    LONGEST_PAUSE_MS = 10000,
    QUICK_MS = 11000, /* a little more than the workers allow themselves */
    SLOW_MS = 41000
};

typedef struct Child {
    pid_t pid; /* 0: not running */
    bool is_job;
    int ready_fd; /* -1 once it has said that it accepts */
    int64_t began_ms, start_at_ms;
    int failures; /* in a row */
} Child;

typedef struct House {
    Server server;
    Child *children;
    int count, listen_fd, signals;
    Upgrade upgrade;
    bool is_ready, leaving;
    int64_t until_ms;
} House;

/* The one thing a signal handler may touch. */
static volatile int job_must_stop;

static void stop_job(int signal) {
    (void)signal;
    job_must_stop = 1;
}

static Server with_defaults(const Server *given) {
    Server server = *given;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (server.workers <= 0)
        server.workers = cores < 2 ? 2 : (int)cores;
    if (server.workers > WORKERS_MAX)
        server.workers = WORKERS_MAX;
    if (server.job_workers < 0 || !server.jobs)
        server.job_workers = 0;
    server.listen = server.listen ? server.listen : "127.0.0.1:8080";
    server.trusted = server.trusted ? server.trusted : "";
    server.body_max = server.body_max > 0 ? server.body_max : 26 << 20;
    server.connections_max = server.connections_max > 0 ? server.connections_max : 1000;
    server.header_seconds = server.header_seconds > 0 ? server.header_seconds : 10;
    server.body_seconds = server.body_seconds > 0 ? server.body_seconds : 120;
    server.idle_seconds = server.idle_seconds > 0 ? server.idle_seconds : 20;
    return server;
}

/* "127.0.0.1:8080" or "[::1]:8080". -1 with the reason in the log. */
static int open_listener(const char *where) {
    char host[256];
    const char *colon = strrchr(where, ':');
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICHOST };
    struct addrinfo *found = NULL;
    size_t n = colon ? (size_t)(colon - where) : 0;
    int yes = 1, fd = -1;
    bool in_brackets = n >= 2 && where[0] == '[' && where[n - 1] == ']';
    if (colon && n < sizeof host) {
        memcpy(host, where + in_brackets, n - 2 * in_brackets);
        host[n - 2 * in_brackets] = 0;
        if (getaddrinfo(host, colon + 1, &hints, &found) == 0) {
            fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
            if (bind(fd, found->ai_addr, found->ai_addrlen) < 0 || listen(fd, SOMAXCONN) < 0) {
                log_error("listen", "address=%s error=%s", where, strerror(errno));
                close(fd);
                fd = -1;
            }
            freeaddrinfo(found);
            return fd;
        }
    }
    log_error("listen", "address=%s error=%s", where, "not an address and a port");
    return -1;
}

static _Noreturn void run_job_worker(const House *house) {
    struct sigaction action = { .sa_handler = stop_job };
    sigset_t none;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    signal(SIGHUP, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    close(house->listen_fd);
    house->server.jobs(house->server.house, &job_must_stop);
    exit(0);
}

/* In the child: nothing of the parent's affairs stays open, and it does not outlive its parent. */
static _Noreturn void become_worker(House *house, Child *child, pid_t parent, int ready_fd) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    close(house->signals);
    if (house->upgrade.ready_fd >= 0)
        close(house->upgrade.ready_fd);
    for (int i = 0; i < house->count; i++)
        if (house->children[i].ready_fd >= 0)
            close(house->children[i].ready_fd);
    crypt_start();
    if (child->is_job) {
        close(ready_fd);
        run_job_worker(house);
    }
    exit(web_run(&house->server, house->listen_fd, ready_fd));
}

static void start_child(House *house, Child *child) {
    int ends[2];
    pid_t parent = getpid();
    child->start_at_ms = 0;
    child->began_ms = clock_monotonic_ms();
    if (pipe2(ends, O_CLOEXEC) < 0) {
        log_error("worker", "error=%s", strerror(errno));
        child->start_at_ms = child->began_ms + 1000;
        return;
    }
    child->pid = fork();
    if (child->pid == 0)
        become_worker(house, child, parent, ends[1]);
    close(ends[1]);
    child->ready_fd = ends[0];
    if (child->pid > 0)
        return;
    log_error("worker", "error=%s", strerror(errno));
    close(ends[0]);
    *child = (Child){ .is_job = child->is_job, .ready_fd = -1, .start_at_ms = child->began_ms + 1000 };
}

static void child_died(House *house, Child *child, int status, int64_t now) {
    const char *kind = child->is_job ? "job" : "web";
    int64_t pause = 0;
    if (child->ready_fd >= 0)
        close(child->ready_fd);
    child->ready_fd = -1;
    if (!house->leaving) {
        child->failures = now - child->began_ms < STEADY_MS ? child->failures + 1 : 0;
        if (child->failures > 1)
            pause = child->failures > 7 ? LONGEST_PAUSE_MS : 100 << (child->failures - 1);
        log_warning("worker ended", "kind=%s pid=%d %s=%d pause_ms=%lld", kind, (int)child->pid,
                    WIFSIGNALED(status) ? "signal" : "exit",
                    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), (long long)pause);
        child->start_at_ms = now + pause;
    }
    child->pid = 0;
}

static void signal_all(const House *house, int signal) {
    for (int i = 0; i < house->count; i++)
        if (house->children[i].pid > 0)
            kill(house->children[i].pid, signal);
}

static void leave(House *house, bool is_quick, int64_t now) {
    int64_t until = now + (is_quick ? QUICK_MS : SLOW_MS);
    if (house->listen_fd >= 0)
        close(house->listen_fd);
    house->listen_fd = -1;
    house->until_ms = !house->leaving || until < house->until_ms ? until : house->until_ms;
    house->leaving = true;
    signal_all(house, is_quick ? SIGTERM : SIGUSR2);
}

static void end_upgrade(House *house, bool is_done, int64_t now) {
    close(house->upgrade.ready_fd);
    house->upgrade.ready_fd = -1;
    if (is_done) {
        log_info("upgrade", "successor=%d", (int)house->upgrade.child);
        leave(house, false, now);
        return;
    }
    log_error("upgrade", "the new program does not come up; this one goes on");
    kill(house->upgrade.child, SIGTERM);
}

/* Children and the successor that have ended. */
static void reap(House *house, int64_t now) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == house->upgrade.child) {
            if (house->upgrade.ready_fd >= 0)
                end_upgrade(house, false, now);
            house->upgrade.child = 0;
        }
        for (int i = 0; i < house->count; i++)
            if (house->children[i].pid == pid)
                child_died(house, &house->children[i], status, now);
    }
}

static void take_signal(House *house, int64_t now) {
    struct signalfd_siginfo info;
    while (read(house->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) {
            log_info("stop", "signal=%u", info.ssi_signo);
            leave(house, true, now);
        } else if (info.ssi_signo == SIGHUP && !house->leaving) {
            if (!upgrade_begin(&house->upgrade, house->listen_fd, now))
                log_warning("upgrade", "cannot begin, or one is under way");
        }
    }
}

static bool is_ready(const House *house) {
    for (int i = 0; i < house->count; i++)
        if (!house->children[i].is_job && (!house->children[i].pid || house->children[i].ready_fd >= 0))
            return false;
    return true;
}

/* Sleeps until something happens; workers that accept and a successor that is ready are heard here. */
static void wait_for_news(House *house, int64_t now) {
    struct pollfd at[WORKERS_MAX * 2 + 2];
    Child *who[WORKERS_MAX * 2 + 2];
    int64_t wake = now + 1000;
    nfds_t n = 0;
    at[n++] = (struct pollfd){ .fd = house->signals, .events = POLLIN };
    at[n++] = (struct pollfd){ .fd = house->upgrade.ready_fd, .events = POLLIN };
    for (int i = 0; i < house->count; i++) {
        Child *child = &house->children[i];
        if (child->ready_fd >= 0 && !child->is_job) {
            who[n] = child;
            at[n++] = (struct pollfd){ .fd = child->ready_fd, .events = POLLIN };
        }
        if (!child->pid && !house->leaving && child->start_at_ms < wake)
            wake = child->start_at_ms;
    }
    if (poll(at, n, wake > now ? (int)(wake - now) : 0) <= 0)
        return;
    char byte;
    if (at[1].revents && house->upgrade.ready_fd >= 0)
        end_upgrade(house, read(house->upgrade.ready_fd, &byte, 1) == 1, now);
    for (nfds_t i = 2; i < n; i++)
        if (at[i].revents && read(at[i].fd, &byte, 1) == 1) {
            close(who[i]->ready_fd);
            who[i]->ready_fd = -1;
        }
}

static void look_after(House *house) {
    int64_t now = clock_monotonic_ms();
    for (int i = 0; i < house->count && !house->leaving; i++)
        if (!house->children[i].pid && house->children[i].start_at_ms <= now)
            start_child(house, &house->children[i]);
    wait_for_news(house, now);
    now = clock_monotonic_ms();
    take_signal(house, now);
    reap(house, now);
    if (!house->is_ready && !house->leaving && is_ready(house)) {
        house->is_ready = true;
        if (house->server.ready)
            house->server.ready(house->server.house);
        upgrade_say_ready();
    }
    if (house->upgrade.ready_fd >= 0 && now > house->upgrade.until_ms)
        end_upgrade(house, false, now);
}

static bool anybody_left(const House *house) {
    for (int i = 0; i < house->count; i++)
        if (house->children[i].pid > 0)
            return true;
    return false;
}

static void block_signals(House *house) {
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGHUP);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    house->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    signal(SIGPIPE, SIG_IGN);
}

static void raise_file_limit(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 8192) {
        files.rlim_cur = files.rlim_max < 8192 ? files.rlim_max : 8192;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

int server_run(const Server *server) {
    House house = { .server = with_defaults(server) };
    raise_file_limit();
    upgrade_prepare(&house.upgrade);
    house.listen_fd = upgrade_inherited();
    if (house.listen_fd < 0)
        house.listen_fd = open_listener(house.server.listen);
    if (house.listen_fd < 0)
        return 1;
    fcntl(house.listen_fd, F_SETFL, O_RDWR | O_NONBLOCK);
    block_signals(&house);
    house.count = house.server.workers + house.server.job_workers;
    house.children = calloc((size_t)house.count, sizeof *house.children);
    assert(house.children);
    for (int i = 0; i < house.count; i++)
        house.children[i] = (Child){ .is_job = i >= house.server.workers, .ready_fd = -1 };
    while (!house.leaving || (anybody_left(&house) && clock_monotonic_ms() < house.until_ms))
        look_after(&house);
    if (anybody_left(&house)) {
        log_warning("stop", "workers that did not end in time are killed");
        signal_all(&house, SIGKILL);
    }
    free(house.children);
    free(house.upgrade.path);
    free(house.upgrade.arguments);
    close(house.signals);
    return 0;
}
