#include "test_server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static int begin_slow(const Rig *rig) {
    const char *started = arena_print(rig->arena, "%s/slow", rig->folder),
               *raw = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
    struct stat info;
    int fd = rig_dial(rig);
    rig_say(fd, raw, strlen(raw));
    for (int i = 0; i < RIG_PATIENCE_MS / 10 && stat(started, &info) != 0; i++)
        poll(NULL, 0, 10);
    return fd;
}

static void a_stop_answers_what_was_asked(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "1000000");
    int idle = rig_dial(&rig), fd = begin_slow(&rig);
    rig_stop(&rig);
    rig.arena = arena_new();
    const char *answer = rig_hear(rig.arena, fd).p;
    assert_int_equal(rig_status(answer), 200);
    assert_non_null(strstr(answer, "slow answer"));
    assert_int_equal(rig_dial(&rig), -1);
    close(idle);
    arena_free(rig.arena);
}

static pid_t worker_pid(const Rig *rig) {
    const char *answer = rig_get(rig, "/pid"), *at = strstr(answer, "pid=");
    return at ? (pid_t)strtol(at + 4, NULL, 10) : 0;
}

static void a_killed_worker_is_replaced(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "1000000");
    pid_t known[3] = { worker_pid(&rig) };
    for (int n = 1; n < 3; n++) { /* two that served are killed; a third must appear */
        assert_true(known[n - 1] > 0);
        kill(known[n - 1], SIGKILL);
        for (int i = 0; i < 200 && (!known[n] || known[n] == known[0] || (n > 1 && known[n] == known[1]));
             i++) {
            known[n] = worker_pid(&rig);
            poll(NULL, 0, 20);
        }
    }
    assert_true(known[2] > 0 && known[2] != known[0] && known[2] != known[1]);
    rig_stop(&rig);
}

static void no_worker_outlives_its_parent(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "1000000");
    kill(rig.pid, SIGKILL);
    rig_ended(rig.pid);
    int fd;
    for (int i = 0; i < 200 && (fd = rig_dial(&rig)) >= 0; i++) {
        close(fd);
        poll(NULL, 0, 20);
    }
    assert_int_equal(rig_dial(&rig), -1);
    unlink(arena_print(rig.arena, "%s/ready", rig.folder));
    rmdir(rig.folder);
    arena_free(rig.arena);
}

/* Asks until it is told to end; its exit code is the number of requests that were lost. */
static pid_t begin_load(const Rig *rig, const int stop[2]) {
    pid_t pid = fork();
    if (pid)
        return pid;
    close(stop[1]);
    struct pollfd at = { .fd = stop[0], .events = POLLIN };
    int lost = 0, done = 0;
    while (poll(&at, 1, 0) == 0) {
        lost += rig_status(rig_get(rig, "/")) != 200;
        done++;
    }
    _exit(done < 20 ? 100 : lost < 99 ? lost : 99);
}

static void an_upgrade_loses_nothing(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "1000000");
    int stop[2], status;
    assert_int_equal(pipe2(stop, O_CLOEXEC), 0);
    pid_t loads[2] = { begin_load(&rig, stop), begin_load(&rig, stop) };
    for (int round = 0; round < 2; round++) {
        pid_t old = rig.pid;
        int slow = begin_slow(&rig);
        kill(old, SIGHUP);
        rig_wait(&rig, old);
        Text answer = rig_hear(rig.arena, slow);
        assert_int_equal(rig_status(answer.p), 200);
        assert_int_equal(rig_ended(old), 0);
        unlink(arena_print(rig.arena, "%s/slow", rig.folder));
    }
    close(stop[1]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(loads[i], &status, 0), loads[i]);
        assert_int_equal(status, 0);
    }
    rig_stop(&rig);
}

static void a_broken_upgrade_changes_nothing(void **state) {
    (void)state;
    Rig rig = rig_start("10", "60", "1000000");
    const char *broken = arena_print(rig.arena, "%s/broken", rig.folder);
    close(open(broken, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    kill(rig.pid, SIGHUP);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(rig_status(rig_get(&rig, "/")), 200);
        poll(NULL, 0, 10);
    }
    assert_int_equal(waitpid(rig.pid, NULL, WNOHANG), 0);
    unlink(broken);
    pid_t old = rig.pid;
    kill(old, SIGHUP); /* the next one is mended */
    rig_wait(&rig, old);
    assert_int_equal(rig_ended(old), 0);
    assert_int_equal(rig_status(rig_get(&rig, "/")), 200);
    rig_stop(&rig);
}

int main(int count, char **words) {
    if (count > 2 && !strcmp(words[1], "serve"))
        return rig_serve(count - 2, words + 2);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stop_answers_what_was_asked),    cmocka_unit_test(a_killed_worker_is_replaced),
        cmocka_unit_test(no_worker_outlives_its_parent),    cmocka_unit_test(an_upgrade_loses_nothing),
        cmocka_unit_test(a_broken_upgrade_changes_nothing),
    };
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* the successor of an upgrade becomes our child */
    return cmocka_run_group_tests_name("processes", tests, NULL, NULL);
}
