#include "test_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static long memory_kb(const char *what) {
    char line[200];
    long kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (text_starts(line, what))
            kb = strtol(line + strlen(what), NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

static void touch(Request *rq, const char *name) {
    const char *path = arena_print(rq->arena, "%s/%s", (const char *)rq->house, name);
    close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
}

static void echo(Request *rq) {
    Text out = text_new(rq->arena);
    text_add(&out, "echo\n");
    for (size_t i = 0; i < rq->field_count; i++)
        text_print(&out, "%s=%s\n", rq->fields[i].name, rq->fields[i].value);
    for (size_t i = 0; i < rq->upload_count; i++) {
        const Upload *up = &rq->uploads[i];
        text_print(&out, "file %s %s %s %lld %s %lld\n", up->field, up->file_name, up->mime,
                   (long long)up->size, up->sha256, (long long)lseek(up->fd, 0, SEEK_END));
    }
    text_print(&out, "peak=%ld\n", memory_kb("VmHWM:"));
    reply_text(rq, 200, out.p);
}

static void handle(void *worker, Request *rq) {
    rq->house = worker;
    if (rq->method == METHOD_POST) {
        echo(rq);
    } else if (!strcmp(rq->path, "/pid")) {
        reply_text(rq, 200, arena_print(rq->arena, "pid=%ld", (long)getpid()));
    } else if (!strcmp(rq->path, "/slow")) {
        touch(rq, "slow");
        poll(NULL, 0, 700);
        reply_text(rq, 200, "slow answer");
    } else if (!strcmp(rq->path, "/large")) {
        size_t n = (size_t)8 << 20;
        reply_bytes(rq, "application/pdf", (Bytes){ arena_zero(rq->arena, n, 1), n }, "d\xC3\xA9vis 2.pdf");
    } else if (!strcmp(rq->path, "/file")) {
        int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
        reply_fd(rq, "application/octet-stream", fd, 100000, NULL);
    } else if (!strcmp(rq->path, "/who")) {
        reply_text(rq, 200,
                   arena_print(rq->arena, "%s %d %s", rq->remote, rq->is_https, rq_cookie(rq, "session")));
    } else if (strcmp(rq->path, "/nothing")) {
        reply_text(rq, 200, "bonjour");
    }
}

static void *start(void *house) { return house; }

static void jobs(void *house, const volatile int *stop) {
    (void)house;
    while (!*stop)
        poll(NULL, 0, 100);
}

/* Tells the test who serves now: the successor after an upgrade has another number. */
static void ready(void *house) {
    char path[600], next[620];
    snprintf(path, sizeof path, "%s/ready", (const char *)house);
    snprintf(next, sizeof next, "%s.new", path);
    FILE *file = fopen(next, "w");
    if (!file || fprintf(file, "%ld\n", (long)getpid()) < 0 || fclose(file) != 0 || rename(next, path) != 0)
        perror(path);
}

int rig_serve(int count, char **words) {
    char folder[] = "/tmp/server-test-XXXXXX";
    Server server = { .listen = words[0],
                      .workers = 2,
                      .job_workers = 1,
                      .trusted = "127.0.0.1",
                      .start = start,
                      .handle = handle,
                      .jobs = jobs,
                      .ready = ready,
                      .idle_seconds = 2 };
    if (count > 3) {
        server.header_seconds = (int)strtol(words[1], NULL, 10);
        server.body_seconds = (int)strtol(words[2], NULL, 10);
        server.body_max = strtoll(words[3], NULL, 10);
    }
    if (count > 4)
        alarm(180); /* a server that a failed test forgot ends by itself */
    server.house = count > 4 ? words[4] : mkdtemp(folder);
    server.upload_folder = server.house;
    char broken[600];
    snprintf(broken, sizeof broken, "%s/broken", server.upload_folder);
    if (access(broken, F_OK) == 0) /* plays a new program that does not start */
        return 1;
    return server_run(&server);
}

static long ready_pid(const Rig *rig) {
    FILE *file = fopen(arena_print(rig->arena, "%s/ready", rig->folder), "r");
    char line[40] = "";
    if (file) {
        if (!fgets(line, sizeof line, file))
            line[0] = 0;
        fclose(file);
    }
    return strtol(line, NULL, 10);
}

void rig_wait(Rig *rig, long not_pid) {
    for (int i = 0; i < RIG_PATIENCE_MS / 20; i++) {
        long pid = ready_pid(rig);
        if (pid && pid != not_pid) {
            rig->pid = (pid_t)pid;
            return;
        }
        poll(NULL, 0, 20);
    }
    fail_msg("the server does not come up");
}

/* The socket is opened here and handed over: so no other program can take the port in between. */
Rig rig_start(const char *header_seconds, const char *body_seconds, const char *body_max) {
    Rig rig = { .arena = arena_new() };
    char folder[] = "/tmp/server-test-XXXXXX", number[12];
    assert_non_null(mkdtemp(folder));
    rig.folder = arena_copy(rig.arena, folder);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, length), 0);
    assert_int_equal(listen(fd, 512), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &length), 0);
    rig.port = ntohs(at.sin_port);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves no server behind */
        snprintf(number, sizeof number, "%d", fd);
        setenv("QUITUS_LISTEN_FD", number, 1);
        int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (!getenv("SERVER_TEST_LOG"))
            dup2(quiet, 2);
        execl("/proc/self/exe", "rig", "serve", "-", header_seconds, body_seconds, body_max, rig.folder,
              NULL);
        _exit(127);
    }
    close(fd);
    rig_wait(&rig, 0);
    return rig;
}

int rig_ended(pid_t pid) {
    int status;
    for (int i = 0; i < RIG_PATIENCE_MS / 20; i++) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
        poll(NULL, 0, 20);
    }
    kill(pid, SIGKILL);
    fail_msg("the server does not end");
    return -1;
}

void rig_stop(Rig *rig) {
    kill(rig->pid, SIGTERM);
    assert_int_equal(rig_ended(rig->pid), 0);
    unlink(arena_print(rig->arena, "%s/ready", rig->folder));
    unlink(arena_print(rig->arena, "%s/slow", rig->folder));
    if (rmdir(rig->folder) != 0)
        fail_msg("%s: %s", rig->folder, strerror(errno)); /* something was left there */
    arena_free(rig->arena);
}

int rig_dial(const Rig *rig) {
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    at.sin_port = htons((uint16_t)rig->port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    close(fd);
    return -1;
}

bool rig_say(int fd, const void *bytes, size_t n) {
    for (const char *p = bytes; n;) {
        ssize_t done = send(fd, p, n, MSG_NOSIGNAL);
        if (done <= 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

/* What comes until the other side closes. */
Text rig_hear(Arena *arena, int fd) {
    Text out = text_new(arena);
    char piece[65536];
    struct pollfd at = { .fd = fd, .events = POLLIN };
    ssize_t n;
    text_add(&out, "");
    while (poll(&at, 1, RIG_PATIENCE_MS) > 0 && (n = recv(fd, piece, sizeof piece, 0)) > 0)
        text_add_n(&out, piece, (size_t)n);
    close(fd);
    return out;
}

const char *rig_ask(const Rig *rig, const char *raw) {
    int fd = rig_dial(rig);
    assert_true(fd >= 0);
    rig_say(fd, raw, strlen(raw));
    return rig_hear(rig->arena, fd).p;
}

const char *rig_get(const Rig *rig, const char *path) {
    return rig_ask(rig,
                   arena_print(rig->arena, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path));
}

int rig_status(const char *answer) {
    return text_starts(answer, "HTTP/1.1 ") ? (int)strtol(answer + 9, NULL, 10) : 0;
}

int rig_answers(const char *text) {
    int count = 0;
    for (const char *p = text; (p = strstr(p, "HTTP/1.1 ")); p++)
        count++;
    return count;
}
