/* test_server.h - a real server on a real port, for tests that speak to it with raw bytes. The test program
 * is its own server: main() gives it the words behind "serve". */
#pragma once
#include <sys/types.h>

#include "server.h"

enum { RIG_PATIENCE_MS = 20000 };

typedef struct Rig {
    Arena *arena;
    const char *folder; /* of the uploads */
    pid_t pid;          /* who serves: after an upgrade another one, see rig_wait */
    int port;
} Rig;

/* ADDRESS [header-seconds body-seconds body-max folder]; also what tools/test-proxy runs. */
int rig_serve(int count, char **words);

Rig rig_start(const char *header_seconds, const char *body_seconds, const char *body_max);
void rig_wait(Rig *rig, long not_pid); /* until somebody else than `not_pid` serves */
int rig_ended(pid_t pid);              /* waits; the status of waitpid() */
void rig_stop(Rig *rig);               /* SIGTERM; fails unless it exits with 0 and leaves no file */

int rig_dial(const Rig *rig); /* -1: nobody listens */
bool rig_say(int fd, const void *bytes, size_t n);
Text rig_hear(Arena *arena, int fd); /* until the other side closes; then closes */
const char *rig_ask(const Rig *rig, const char *raw);
const char *rig_get(const Rig *rig, const char *path); /* Connection: close */
int rig_status(const char *answer);                    /* 0: no HTTP */
int rig_answers(const char *text);
