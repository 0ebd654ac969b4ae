/* spy.c - preloaded into the program: writes each statement that it ran on SQLite, with its values, into
 * $SPY.PID. What the bare loop has to run is then what the page really runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int sqlite3_reset(sqlite3_stmt *st) {
    static int (*real)(sqlite3_stmt *);
    static FILE *out;
    static pid_t pid;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_reset");
    if (pid != getpid()) { /* a child writes into a file of its own */
        char path[4096];
        pid = getpid();
        snprintf(path, sizeof path, "%s.%d", getenv("SPY"), (int)pid);
        out = fopen(path, "a");
    }
    char *sql = out ? sqlite3_expanded_sql(st) : NULL;
    if (sql) {
        fprintf(out, "%s;\n", sql);
        fflush(out);
        sqlite3_free(sql);
    }
    return real(st);
}
