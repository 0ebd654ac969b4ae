/* The two ways out, the second one against a real server (tests/smtp/server.py). */
#include <dirent.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail.h"
#include "test.h"
#include "text.h"

static const char FROM[] = "bonjour@ateliers.example", MESSAGE_ID[] = "<1.42@ateliers.example>";
static const char RAW[] = "Subject: x\r\n\r\n.point\r\n..\r\n.\r\nfin\r\n";

static Bytes raw(void) { return (Bytes){ RAW, sizeof RAW - 1 }; }

static size_t files_in(const char *folder) {
    DIR *dir = opendir(folder);
    size_t n = 0;
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static char *content(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("no %s", path);
    char *text = arena_zero(arena, 65536, 1);
    size_t n = fread(text, 1, 65535, file);
    fclose(file);
    assert_true(n < 65535);
    return text;
}

/* A folder */

static MailFate to_folder(Arena *arena, const char *folder, const char *id, const char *said,
                          const char **ret_detail) {
    MailRoute route = { .folder = folder };
    return mail_send(arena, &route, FROM, "camille@salon.example", id, (Bytes){ said, strlen(said) },
                     ret_detail);
}

static void a_folder_takes_each_mail_once(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *folder = test_folder(arena), *path = NULL, *again = NULL;
    assert_int_equal(to_folder(arena, folder, MESSAGE_ID, RAW, &path), MAIL_SENT);
    assert_true(text_ends(path, ".eml"));
    assert_string_equal(content(arena, path), RAW);
    assert_int_equal(to_folder(arena, folder, MESSAGE_ID, "other", &again), MAIL_SENT);
    assert_string_equal(path, again);
    assert_string_equal(content(arena, path), RAW);
    assert_int_equal(files_in(folder), 1);
    /* Names that look alike when cleaned are still two. */
    assert_int_equal(to_folder(arena, folder, "<1/42@a>", "a", &path), MAIL_SENT);
    assert_int_equal(to_folder(arena, folder, "<1\\42@a>", "b", &path), MAIL_SENT);
    assert_int_equal(to_folder(arena, folder, "<../../../../tmp/x@a>", "c", &path), MAIL_SENT);
    assert_int_equal(files_in(folder), 4);
    assert_int_equal(to_folder(arena, "/nowhere", MESSAGE_ID, RAW, &path), MAIL_LATER);
    assert_non_null(strstr(path, "/nowhere"));
}

static void many_senders_make_one_file(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *folder = test_folder(arena), *detail = NULL;
    pid_t children[8];
    for (size_t i = 0; i < 8; i++) {
        children[i] = fork();
        if (children[i] == 0)
            _exit(to_folder(arena, folder, MESSAGE_ID, RAW, &detail) == MAIL_SENT ? 0 : 1);
    }
    for (size_t i = 0; i < 8; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(files_in(folder), 1);
}

/* A server */

typedef struct Server {
    const char *folder;
    pid_t pid;
    int leash; /* closing it stops the server */
    int port;
} Server;

static const char *cert, *key; /* made once for all tests */

static void run(char **args) {
    pid_t child;
    int status = -1;
    char *const clean[] = { "PATH=/usr/bin:/bin", NULL };
    assert_int_equal(posix_spawnp(&child, args[0], NULL, NULL, args, clean), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static Server start(Arena *arena, const char *const *options) {
    Server server = { .folder = test_folder(arena) };
    char *args[16] = { "python3", "tests/smtp/server.py", arena_copy(arena, server.folder) };
    for (size_t i = 0; options[i]; i++)
        args[3 + i] = arena_copy(arena, options[i]);
    int to[2], from[2];
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    server.pid = fork();
    if (server.pid == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        for (int i = 3; i < 64; i++)
            close(i);
        execve("/usr/bin/python3", args, (char *[]){ NULL });
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    server.leash = to[1];
    char line[16] = "";
    ssize_t n = read(from[0], line, sizeof line - 1);
    close(from[0]);
    if (n <= 0)
        fail_msg("tests/smtp/server.py does not start: is python3-aiosmtpd there?");
    server.port = (int)strtol(line, NULL, 10);
    return server;
}

static void stop(const Server *server) {
    close(server->leash);
    waitpid(server->pid, NULL, 0);
}

static MailRoute route_to(Arena *arena, const Server *server, const char *scheme) {
    return (MailRoute){ .folder = "",
                        .smtp_url = arena_print(arena, "%s://127.0.0.1:%d", scheme, server->port),
                        .user = "",
                        .password = "",
                        .ca_file = "",
                        .host_name = "app.ateliers.example",
                        .timeout_seconds = 5 };
}

static MailFate send_raw(Arena *arena, const MailRoute *route, const char *to, const char **ret_detail) {
    return mail_send(arena, route, FROM, to, MESSAGE_ID, raw(), ret_detail);
}

static void fates_are_told_apart(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Server server = start(arena, (const char *const[]){ NULL });
    MailRoute route = route_to(arena, &server, "smtp");
    static const struct {
        const char *to;
        MailFate fate;
        const char *detail;
    } cases[] = {
        { "ok@salon.example", MAIL_SENT, "250 2.0.0" },
        { "refuse@salon.example", MAIL_REFUSED, "550 5.1.1 inconnu ici" },
        { "delay@salon.example", MAIL_LATER, "451 4.7.1" },
        { "refuse-data@salon.example", MAIL_REFUSED, "554 5.7.1" },
        { "delay-data@salon.example", MAIL_LATER, "452 4.3.1" },
        { "drop-before@salon.example", MAIL_LATER, "ne répond pas" },
        { "drop-after@salon.example", MAIL_UNKNOWN, "pas confirmé" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *detail = "";
        MailFate fate = send_raw(arena, &route, cases[i].to, &detail);
        if (fate != cases[i].fate || !strstr(detail, cases[i].detail))
            fail_msg("%s: fate %d, \"%s\"", cases[i].to, (int)fate, detail);
    }
    assert_int_equal(files_in(server.folder), 1);
    assert_string_equal(content(arena, arena_print(arena, "%s/1-ok@salon.example.eml", server.folder)), RAW);
    stop(&server);
    const char *detail = "";
    assert_int_equal(send_raw(arena, &route, "ok@salon.example", &detail), MAIL_LATER); /* nobody listens */
}

static void silence_after_the_body_is_unknown(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Server server = start(arena, (const char *const[]){ NULL });
    MailRoute route = route_to(arena, &server, "smtp");
    const char *detail = "";
    route.timeout_seconds = 2;
    assert_int_equal(send_raw(arena, &route, "silent@salon.example", &detail), MAIL_UNKNOWN);
    /* Cut in the middle of a long body: the closing dot was never sent, so the server has nothing. */
    Text body = text_new(arena);
    text_add(&body, "Subject: long\r\n\r\n");
    while (body.n < 8u << 20)
        text_add(&body, "une ligne parmi beaucoup d'autres\r\n");
    route.timeout_seconds = 5;
    assert_int_equal(
        mail_send(arena, &route, FROM, "drop-in@salon.example", MESSAGE_ID, text_bytes(&body), &detail),
        MAIL_LATER);
    stop(&server);
}

static void addresses_cannot_carry_commands(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Server server = start(arena, (const char *const[]){ NULL });
    MailRoute route = route_to(arena, &server, "smtp");
    static const char *const wrong[] = { "a@b.example>\r\nRCPT TO:<ok@salon.example",
                                         "ok@salon.example\n",
                                         "",
                                         "ok",
                                         "@b.example",
                                         "a@",
                                         "a@b@c",
                                         "é@b.example",
                                         "a b@c.example",
                                         "<a@b.example>" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *detail = "";
        assert_int_equal(send_raw(arena, &route, wrong[i], &detail), MAIL_REFUSED);
        assert_int_equal(mail_send(arena, &route, wrong[i], "ok@salon.example", MESSAGE_ID, raw(), &detail),
                         MAIL_REFUSED);
        assert_true(text_starts(detail, "Adresse inutilisable"));
    }
    assert_int_equal(files_in(server.folder), 0);
    stop(&server);
}

static void starttls_and_login(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Server server = start(
        arena, (const char *const[]){ "--cert", cert, "--key", key, "--login", "moi:secret", NULL });
    static const struct {
        const char *user, *password;
        bool has_ca;
        MailFate fate;
        const char *detail;
    } cases[] = { { "moi", "secret", true, MAIL_SENT, "250" },
                  { "moi", "faux", true, MAIL_LATER, "535" }, /* ours to mend, the mail is not at fault */
                  { "moi", "secret", false, MAIL_LATER,
                    "certificate" } }; /* nobody we know signed that certificate */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailRoute route = route_to(arena, &server, "smtp");
        const char *detail = "";
        route.needs_tls = true;
        route.user = cases[i].user;
        route.password = cases[i].password;
        route.ca_file = cases[i].has_ca ? cert : "";
        MailFate fate = send_raw(arena, &route, "ok@salon.example", &detail);
        if (fate != cases[i].fate || !strstr(detail, cases[i].detail))
            fail_msg("%s/%s: fate %d, \"%s\"", cases[i].user, cases[i].password, (int)fate, detail);
    }
    assert_int_equal(files_in(server.folder), 1);
    stop(&server);
}

static void no_tls_no_mail(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Server server = start(arena, (const char *const[]){ NULL });
    MailRoute route = route_to(arena, &server, "smtp");
    const char *detail = "";
    route.needs_tls = true;
    assert_int_equal(send_raw(arena, &route, "ok@salon.example", &detail), MAIL_LATER);
    assert_int_equal(files_in(server.folder), 0);
    stop(&server);
    server = start(arena, (const char *const[]){ "--cert", cert, "--key", key, "--smtps", NULL });
    route = route_to(arena, &server, "smtps");
    route.needs_tls = true;
    route.ca_file = cert;
    assert_int_equal(send_raw(arena, &route, "ok@salon.example", &detail), MAIL_SENT);
    assert_int_equal(files_in(server.folder), 1);
    stop(&server);
}

int main(void) {
    AUTO_ARENA Arena *arena = arena_new();
    const char *folder = test_folder(arena);
    cert = arena_print(arena, "%s/cert.pem", folder);
    key = arena_print(arena, "%s/key.pem", folder);
    signal(SIGPIPE, SIG_IGN);
    run((char *[]){ "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", arena_copy(arena, key), "-out",
                    arena_copy(arena, cert), NULL });
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_takes_each_mail_once),
        cmocka_unit_test(many_senders_make_one_file),
        cmocka_unit_test(fates_are_told_apart),
        cmocka_unit_test(silence_after_the_body_is_unknown),
        cmocka_unit_test(addresses_cannot_carry_commands),
        cmocka_unit_test(starttls_and_login),
        cmocka_unit_test(no_tls_no_mail),
    };
    return cmocka_run_group_tests_name("send", tests, NULL, NULL);
}
