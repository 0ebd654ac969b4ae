/* bare.c - the limit: a bare epoll loop that parses nothing, runs the given statements, answers fixed bytes.
 *
 *   bare PORT BYTES [DATABASE STATEMENTS-FILE]     the statements hold their values */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STATEMENTS_MAX = 16, EVENTS_MAX = 128 };

static sqlite3_stmt *statements[STATEMENTS_MAX];
static int statement_count;
static char *answer;
static size_t answer_size;

static void prepare(const char *database, const char *file) {
    sqlite3 *db;
    char *text = calloc(1, 1 << 20);
    FILE *f = fopen(file, "rb");
    if (!f || !text || sqlite3_open_v2(database, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        exit(1);
    if (!fread(text, 1, (1 << 20) - 1, f))
        exit(1);
    fclose(f);
    for (const char *at = text; *at && statement_count < STATEMENTS_MAX;) {
        if (sqlite3_prepare_v2(db, at, -1, &statements[statement_count], &at) != SQLITE_OK) {
            fprintf(stderr, "bare: %s\n", sqlite3_errmsg(db));
            exit(1);
        }
        statement_count += statements[statement_count] != NULL;
    }
}

static void run_statements(void) {
    for (int i = 0; i < statement_count; i++) {
        while (sqlite3_step(statements[i]) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(statements[i]); c++)
                (void)sqlite3_column_text(statements[i], c);
        sqlite3_reset(statements[i]);
    }
}

/* One read is one request: wrk sends each whole. False: the client has gone. */
static int serve(int fd) {
    static char request[65536];
    ssize_t n = read(fd, request, sizeof request);
    if (n <= 0)
        return n < 0 && errno == EAGAIN;
    run_statements();
    for (size_t sent = 0; sent < answer_size;) {
        ssize_t k = write(fd, answer + sent, answer_size - sent);
        if (k < 0 && errno == EAGAIN)
            continue;
        if (k <= 0)
            return 0;
        sent += (size_t)k;
    }
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    size_t bytes = strtoul(argv[2], NULL, 10);
    answer = malloc(bytes + 256);
    answer_size = (size_t)snprintf(
        answer, bytes + 256, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n",
        bytes);
    memset(answer + answer_size, 'x', bytes);
    answer_size += bytes;
    if (argc > 4)
        prepare(argv[3], argv[4]);
    int listening = socket(AF_INET, SOCK_STREAM, 0), loop = epoll_create1(0), yes = 1;
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((unsigned short)strtoul(argv[1], NULL, 10)),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening, (struct sockaddr *)&at, sizeof at) || listen(listening, 512))
        return 1;
    epoll_ctl(loop, EPOLL_CTL_ADD, listening,
              &(struct epoll_event){ .events = EPOLLIN, .data.fd = listening });
    puts("ready");
    fflush(stdout);
    for (struct epoll_event events[EVENTS_MAX];;) {
        int n = epoll_wait(loop, events, EVENTS_MAX, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listening) {
                int client = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
                epoll_ctl(loop, EPOLL_CTL_ADD, client,
                          &(struct epoll_event){ .events = EPOLLIN, .data.fd = client });
            } else if (!serve(fd)) {
                close(fd);
            }
        }
    }
}
