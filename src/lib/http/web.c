#include "web.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "exchange.h"
#include "log.h"

enum {
    TURN_MS = 500,             /* how often the watch looks round */
    CONNECTION_MEMORY = 32768, /* head and buffers of one connection; taken as it is used */
    QUICK_MS = 10000,          /* bounds of the two ways to leave */
    SLOW_MS = 40000,
    GRACE_MS = 300
};

static void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                               enum MHD_ConnectionNotificationCode code) {
    Web *web = cls;
    (void)context;
    int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    int64_t now = clock_monotonic_ms();
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        watch_set(web->watch, fd, WATCH_HEAD, now + 1000 * (int64_t)web->server->header_seconds);
    } else {
        shutdown(fd, SHUT_WR); /* the descriptor may have a copy in `linger` */
        watch_drop(web->watch, fd);
    }
}

static void *request_line(void *cls, const char *target, struct MHD_Connection *connection) {
    return exchange_new(cls, target, connection);
}

static enum MHD_Result access_request(void *cls, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *data, size_t *n,
                                      void **context) {
    (void)cls, (void)url;
    return exchange_step(*context, connection, method, version, data, n);
}

static void request_ended(void *cls, struct MHD_Connection *connection, void **context,
                          enum MHD_RequestTerminationCode code) {
    (void)cls, (void)connection;
    exchange_end(*context, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    *context = NULL;
}

static struct MHD_Daemon *start_daemon(Web *web, int listen_fd) {
    unsigned int connections = (unsigned int)(web->server->connections_max / web->server->workers);
    return MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, access_request, web, MHD_OPTION_LISTEN_SOCKET, listen_fd,
        MHD_OPTION_CONNECTION_LIMIT, connections < 16 ? 16 : connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_URI_LOG_CALLBACK, request_line, web, MHD_OPTION_NOTIFY_COMPLETED, request_ended, web,
        MHD_OPTION_NOTIFY_CONNECTION, connection_changed, web, MHD_OPTION_END);
}

static int next_signal(int signals) {
    struct signalfd_siginfo info;
    return read(signals, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

static unsigned int connections(const Web *web) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info ? info->num_connections : 0;
}

/* One turn of the loop. Returns the signal that came, 0 when none. */
static int turn(Web *web, int signals) {
    struct pollfd at[2 + LINGERS_MAX];
    at[0] = (struct pollfd){ .fd = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
                             .events = POLLIN };
    at[1] = (struct pollfd){ .fd = signals, .events = POLLIN };
    int count = 2 + linger_poll(&web->linger, at + 2);
    MHD_UNSIGNED_LONG_LONG wait = TURN_MS, wanted;
    if (MHD_get_timeout(web->daemon, &wanted) == MHD_YES && wanted < wait)
        wait = wanted;
    if (web->draining && wait > 50)
        wait = 50;
    poll(at, (nfds_t)count, (int)wait);
    MHD_run(web->daemon);
    int64_t now = clock_monotonic_ms();
    watch_sweep(web->watch, now);
    if (web->linger.count)
        linger_read(&web->linger, now);
    return next_signal(signals);
}

static void stop_accepting(Web *web, int listen_fd) {
    web->draining = true;
    MHD_quiesce_daemon(web->daemon);
    close(listen_fd);
}

static void loop(Web *web, int listen_fd, int signals) {
    int64_t until = 0;
    while (!web->draining ||
           (connections(web) + (unsigned int)web->linger.count > 0 && clock_monotonic_ms() < until)) {
        int signal = turn(web, signals);
        if (!signal)
            continue;
        int64_t now = clock_monotonic_ms();
        bool is_quick = signal != SIGUSR2;
        int64_t bound = now + (is_quick ? QUICK_MS : SLOW_MS);
        if (!web->draining)
            stop_accepting(web, listen_fd);
        if (!until || bound < until)
            until = bound;
        if (is_quick)
            watch_hurry(web->watch, now, GRACE_MS);
    }
    if (connections(web))
        log_warning("worker", "left=%u connections unfinished", connections(web));
}

int web_run(const Server *server, int listen_fd, int ready_fd) {
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGUSR2);
    sigaddset(&mask, SIGHUP); /* the parent's business */
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigdelset(&mask, SIGHUP);
    int signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    Web web = { .server = server, .watch = watch_new() };
    if (server->start && !(web.worker = server->start(server->house))) {
        log_error("worker", "cannot start");
        return 1;
    }
    web.daemon = start_daemon(&web, listen_fd);
    if (!web.daemon || signals < 0) {
        log_error("worker", "error=%s", strerror(errno));
        return 1;
    }
    if (write(ready_fd, "r", 1) != 1)
        return 1; /* the parent is gone */
    close(ready_fd);
    loop(&web, listen_fd, signals);
    MHD_stop_daemon(web.daemon);
    if (server->stop)
        server->stop(web.worker);
    watch_free(web.watch);
    return 0;
}
