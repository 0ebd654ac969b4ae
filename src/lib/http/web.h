/* web.h - one web worker: libmicrohttpd in an event loop of our own. Private to lib/http. */
#pragma once
#include "linger.h"
#include "server.h"
#include "watch.h"

struct MHD_Daemon;

typedef struct Web {
    const Server *server;
    struct MHD_Daemon *daemon;
    Watch *watch;
    Linger linger;
    void *worker;  /* what start() gave */
    bool draining; /* every answer closes its connection */
} Web;

/* Runs until SIGTERM, SIGINT (a quick end) or SIGUSR2 (a slow one: the successor is there already) and
 * what was accepted is answered. One byte on `ready_fd` once it accepts. Returns the exit code. */
int web_run(const Server *server, int listen_fd, int ready_fd);
