/* upgrade.h - the binary on disk takes over the listening socket; and what systemd is told. Private to
 * lib/http. */
#pragma once
#include <sys/types.h>

#include "types.h"

typedef struct Upgrade {
    char *path;      /* of the program, read at the start: a replaced file has no name any more */
    char *arguments; /* NUL between them */
    int argument_bytes;
    pid_t child;  /* the successor; 0: none */
    int ready_fd; /* it writes one byte there */
    int64_t until_ms;
} Upgrade;

void upgrade_prepare(Upgrade *upgrade);
bool upgrade_begin(Upgrade *upgrade, int listen_fd, int64_t now_ms);

int upgrade_inherited(void);  /* the listening socket that a predecessor left us; -1: none */
void upgrade_say_ready(void); /* to the predecessor and to systemd */
