/* server.h - prefork: a parent that listens and restarts, N single-threaded web workers on
 * libmicrohttpd (external epoll), and job workers. Strict header check, whole-request watchdog, limits. */
#pragma once
#include "request.h"

typedef struct Server {
    const char *listen; /* "127.0.0.1:8080" */
    int workers;        /* 0: cores, at least 2 */
    int job_workers;
    const char *trusted; /* proxies whose X-Forwarded-* count: "127.0.0.1,::1" or "" */
    int64_t body_max;    /* bytes of a request body; uploads included (default 26 MiB) */
    int connections_max;
    int header_seconds, body_seconds; /* whole-request deadlines: 10, 120 */
    int idle_seconds;                 /* a kept-alive connection on which nothing is asked: 20 */
    const char *upload_folder;        /* for nameless temporary files */

    /* In each worker after the fork: open the database and so on. What it returns is given to `handle`. */
    void *(*start)(void *house);
    void (*handle)(void *worker,
                   Request *rq); /* arena, method, path, fields ... are set; answers through reply_* */
    void (*stop)(void *worker);
    /* A job worker: loops until *ret_stop; sleeps at most a second at a time. */
    void (*jobs)(void *house, const volatile int *stop);
    void *house;
    void (*ready)(void *house); /* in the parent, once all workers accept: prints the readiness line */
} Server;

/* Runs until SIGTERM or SIGINT, then drains: no accepted request is lost. SIGHUP: the binary on disk is
 * started with the same arguments and the listening socket (QUITUS_LISTEN_FD); once its workers accept,
 * this process drains and ends; when it does not come up, nothing changes. Returns the exit code. 0 or
 * NULL in `server` means the default. */
int server_run(const Server *server);

/* The checks a header block must pass: NULL when fine, else why (English, for the log).
 * Pure; tested by table. */
const char *http_header_fault(const FieldValue *headers, size_t count, bool is_http11);
