/* Mails are written once and leave once, by a folder and by a real server (tests/smtp/server.py). */
#include "message_work.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypt.h"
#include "document_store.h"
#include "test.h"
#include "test_db.h"
#include "text.h"

enum { MINUTE = 60000 };
static const Instant NOW = { 1796000000000 };
static const char FROM[] = "bonjour@ateliers.example", HOUSE[] = "Les Ateliers du Rhône";

static Instant later(int minutes) { return (Instant){ NOW.ms + (int64_t)minutes * MINUTE }; }

static Values *example_values(Arena *arena) {
    Values *values = values_new(arena);
#define FIELD(name, what, example) values_set(values, #name, example);
#define LIST(name, what)           values_item(values, #name);
#include "mail_fields.def"
#undef FIELD
#undef LIST
    values_set(values, "contact.lien", "+33400000000");
    return values;
}

static NewMail letter(Arena *arena, const char *key, const char *to) {
    return (NewMail){ .kind = "green_light",
                      .to_address = to,
                      .to_name = "Camille Moreau",
                      .to_role = "company",
                      .dossier_id = { 7 },
                      .key = key,
                      .values = example_values(arena),
                      .reply_to = FROM,
                      .sender_name = HOUSE,
                      .link_kind = "dossier",
                      .now = NOW };
}

static MailId queue(Db *db, Arena *arena, const char *key, const char *to) {
    AUTO_TX Tx tx = db_begin(db, arena);
    NewMail mail = letter(arena, key, to);
    MailId id = message_queue(&tx, &mail);
    assert_true(db_commit(&tx));
    return id;
}

static Mail mail_of(Db *db, Arena *arena, MailId id) {
    AUTO_TX Tx tx = db_read(db, arena);
    Mail mail;
    assert_true(message_get(&tx, id, &mail));
    return mail;
}

static size_t files_in(const char *folder) {
    DIR *dir = opendir(folder);
    size_t n = 0;
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

static bool send_one(Db *db, Arena *arena, const MailRoute *route, Instant now) {
    return message_send_next(db, arena, route, FROM, HOUSE, now);
}

/* A worker that dies between "sending" and the answer. */
static void die_while_sending(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Mail mail;
    assert_true(message_take(&tx, "queued", "", NOW, &mail));
    assert_true(db_commit(&tx));
}

/* ---- writing ---- */

static void a_mail_is_written_once(Db *db, Arena *arena) {
    MailId id = queue(db, arena, "12/0/company", "camille@salon.example");
    assert_int_equal(queue(db, arena, "12/0/company", "camille@salon.example").value, id.value);
    Mail mail = mail_of(db, arena, id);
    assert_string_equal(mail.status, "queued");
    assert_true(text_starts(mail.message_ref, "<") && text_ends(mail.message_ref, "@ateliers.example>"));
    assert_non_null(strstr(mail.text_body, "Lien personnel, valable 7 jours."));
    assert_non_null(strstr(mail.text_body, "Thomas Girard"));
    assert_non_null(strstr(mail.text_body, "2026-0417"));
    assert_non_null(strstr(mail.html_body, "tel:+33400000000"));
    assert_null(strstr(mail.html_body, "{{"));
    assert_null(strstr(mail.text_body, "\\"));
    AUTO_TX Tx tx = db_begin(db, arena);
    NewMail gap = letter(arena, "13", "camille@salon.example");
    gap.values = values_new(arena);
    assert_int_equal(message_queue(&tx, &gap).value, 0);
    assert_non_null(strstr(tx.error, "green_light"));
    assert_false(db_commit(&tx));
}

static void an_instance_has_its_own_words(Db *db, Arena *arena) {
    static const char words[] =
        "Sujet : Chez nous\nAperçu : x\n\n# Chez nous\n\nBonjour {{entreprise.nom}}\n";
    const char *folder = test_folder(arena);
    test_run(arena,
             (const char *const[]){ "mkdir", "-p", arena_print(arena, "%s/texts/mails", folder), NULL });
    test_write(arena_print(arena, "%s/texts/mails/green_light.fr.md", folder), words, sizeof words - 1);
    AUTO_TX Tx tx = db_begin(db, arena);
    NewMail mail = letter(arena, "14", "camille@salon.example");
    mail.files_folder = folder;
    Mail got;
    assert_true(message_get(&tx, message_queue(&tx, &mail), &got));
    assert_string_equal(got.subject, "Chez nous");
}

/* ---- a folder ---- */

static void a_folder_has_each_mail_once(Db *db, Arena *arena) {
    MailRoute route = { .folder = test_folder(arena) };
    MailId first = queue(db, arena, "a", "camille@salon.example");
    queue(db, arena, "b", "camille@salon.example");
    assert_false(send_one(db, arena, &route, later(-1)));
    assert_true(send_one(db, arena, &route, NOW) && send_one(db, arena, &route, NOW));
    assert_false(send_one(db, arena, &route, NOW));
    assert_int_equal(files_in(route.folder), 2);
    assert_string_equal(mail_of(db, arena, first).status, "sent");
    assert_int_equal(mail_of(db, arena, first).sent_at.ms, NOW.ms);
}

/* Also when its worker dies before the file, or after it. */
static void a_crash_leaves_no_mail_out_and_none_twice(Db *db, Arena *arena) {
    MailRoute route = { .folder = test_folder(arena) };
    const char *path = NULL;
    MailId id = queue(db, arena, "a", "camille@salon.example");
    die_while_sending(db, arena);
    assert_false(send_one(db, arena, &route, later(1)));
    assert_true(send_one(db, arena, &route, later(2)));
    assert_int_equal(files_in(route.folder), 1);
    MailId other = queue(db, arena, "b", "camille@salon.example");
    die_while_sending(db, arena);
    mail_send(arena, &route, FROM, "camille@salon.example", mail_of(db, arena, other).message_ref,
              (Bytes){ "x", 1 }, &path);
    assert_true(send_one(db, arena, &route, later(2)));
    assert_int_equal(files_in(route.folder), 2);
    assert_string_equal(mail_of(db, arena, id).status, "sent");
    assert_string_equal(mail_of(db, arena, other).status, "sent");
}

/* The n-th step of the store fails, for every n: in the end there is one file, and it is said so. */
static void faults_of_the_store_lose_nothing(Db *db, Arena *arena) {
    for (int step = 1; step < 20; step++) {
        MailRoute route = { .folder = test_folder(arena) };
        MailId id = queue(db, arena, arena_print(arena, "s/%d", step), "camille@salon.example");
        db_fail_at(step);
        send_one(db, arena, &route, NOW);
        db_fail_at(0);
        send_one(db, arena, &route, NOW);
        send_one(db, arena, &route, later(2));
        assert_int_equal(files_in(route.folder), 1);
        assert_string_equal(mail_of(db, arena, id).status, "sent");
    }
}

static void papers_go_with_it(Db *db, Arena *arena) {
    MailRoute route = { .folder = test_folder(arena) };
    Tx tx = db_begin(db, arena);
    NewDocument document = { .kind = "convention",
                             .title = "Convention",
                             .file_name = "convention-2026-0417.pdf",
                             .mime = "application/pdf",
                             .key = "d",
                             .dossier_id = { 7 },
                             .now = NOW };
    DocumentId paper = document_keep(&tx, &document, (Bytes){ "%PDF-1.7 papier", 15 });
    NewMail mail = letter(arena, "a", "camille@salon.example");
    mail.documents = &paper;
    mail.document_count = 1;
    message_queue(&tx, &mail);
    assert_true(db_commit(&tx));
    assert_true(send_one(db, arena, &route, NOW));
    const char *all = test_run(arena, (const char *const[]){ "grep", "-rh", "", route.folder, NULL });
    assert_non_null(strstr(all, "convention-2026-0417.pdf"));
    assert_non_null(strstr(all, "JVBERi0xLjcgcGFwaWVy")); /* base64 of its bytes */
    assert_non_null(strstr(all, "application/pdf"));
}

/* ---- a server ---- */

typedef struct Server {
    pid_t pid;
    int leash; /* closing it stops the server */
    MailRoute route;
    const char *folder;
} Server;

static Server start(Arena *arena) {
    Server server = { .folder = test_folder(arena) };
    char *args[] = { "python3", "tests/smtp/server.py", arena_copy(arena, server.folder), NULL };
    int to[2], from[2];
    assert_int_equal(pipe2(to, O_CLOEXEC), 0);
    assert_int_equal(pipe2(from, O_CLOEXEC), 0);
    server.pid = fork();
    if (server.pid == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
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
    server.route = (MailRoute){ .folder = "",
                                .smtp_url = arena_print(arena, "smtp://127.0.0.1:%ld",
                                                        strtol(line, NULL, 10)),
                                .user = "",
                                .password = "",
                                .ca_file = "",
                                .host_name = "app.ateliers.example",
                                .timeout_seconds = 5 };
    return server;
}

static void stop(const Server *server) {
    close(server->leash);
    waitpid(server->pid, NULL, 0);
}

static void each_fate_is_kept(Db *db, Arena *arena) {
    static const struct {
        const char *to, *status, *detail;
        int next_try; /* in minutes; 0: never */
    } cases[] = { { "ok@salon.example", "sent", "250", 0 },
                  { "refuse@salon.example", "refused", "550 5.1.1", 0 },
                  { "refuse-data@salon.example", "refused", "554", 0 },
                  { "delay@salon.example", "queued", "451", 1 },
                  { "drop-before@salon.example", "queued", "", 1 },
                  { "drop-after@salon.example", "unknown", "", 0 } };
    Server server = start(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailId id = queue(db, arena, cases[i].to, cases[i].to);
        assert_true(send_one(db, arena, &server.route, NOW));
        Mail mail = mail_of(db, arena, id);
        if (!text_same(mail.status, cases[i].status) || !strstr(mail.detail, cases[i].detail))
            fail_msg("%s: %s, %s", cases[i].to, mail.status, mail.detail);
        AUTO_TX Tx tx = db_begin(db, arena); /* out of the way of the next case */
        assert_int_equal(message_is_due(&tx, later(9999)), cases[i].next_try != 0);
        assert_int_equal(message_is_due(&tx, later(1)), cases[i].next_try != 0);
        db_run(&tx, "UPDATE mail SET next_at = NULL, status = 'refused' WHERE status = 'queued'");
        assert_true(db_commit(&tx));
    }
    assert_int_equal(files_in(server.folder), 1);
    stop(&server);
}

static void pauses_grow_until_a_person_looks(Db *db, Arena *arena) {
    static const int pauses[] = { 1, 5, 15, 60, 240, 240, 240 };
    MailRoute route = { .folder = "/nowhere" }; /* it says "later" at once */
    MailId id = queue(db, arena, "a", "camille@salon.example");
    int minutes = 0;
    for (size_t i = 0; i < 7; i++) {
        assert_true(send_one(db, arena, &route, later(minutes)));
        assert_string_equal(mail_of(db, arena, id).status, "queued");
        minutes += pauses[i];
        assert_false(send_one(db, arena, &route, later(minutes - 1)));
    }
    assert_true(send_one(db, arena, &route, later(minutes)));
    assert_string_equal(mail_of(db, arena, id).status, "refused");
    assert_non_null(strstr(mail_of(db, arena, id).detail, "/nowhere"));
    assert_false(send_one(db, arena, &route, later(99999)));
}

static void over_smtp_a_crash_is_shown_not_repeated(Db *db, Arena *arena) {
    Server server = start(arena);
    MailId id = queue(db, arena, "a", "ok@salon.example");
    die_while_sending(db, arena);
    assert_false(send_one(db, arena, &server.route, later(1)));
    assert_string_equal(mail_of(db, arena, id).status, "sending");
    assert_false(send_one(db, arena, &server.route, later(2)));
    assert_string_equal(mail_of(db, arena, id).status, "unknown");
    assert_false(send_one(db, arena, &server.route, later(9999)));
    assert_int_equal(files_in(server.folder), 0);
    Tx tx = db_begin(db, arena);
    assert_int_equal(message_unknown(&tx).count, 1);
    message_resend(&tx, id, later(9999)); /* a person's decision */
    assert_true(db_commit(&tx));
    assert_true(send_one(db, arena, &server.route, later(9999)));
    assert_string_equal(mail_of(db, arena, id).status, "sent");
    assert_int_equal(files_in(server.folder), 1);
    stop(&server);
}

/* Others write while the server takes its time. */
static void the_talk_holds_no_transaction(Db *db, Arena *arena) {
    Server server = start(arena);
    server.route.timeout_seconds = 2;
    MailId id = queue(db, arena, "a", "silent@salon.example");
    pid_t child = fork();
    if (child == 0) {
        Db *other = test_db_again(db);
        send_one(other, arena, &server.route, NOW);
        _exit(0);
    }
    db_set_patience(db, 500);
    for (int i = 0; i < 100 && !text_same(mail_of(db, arena, id).status, "sending"); i++)
        usleep(20000);
    assert_string_equal(mail_of(db, arena, id).status, "sending");
    queue(db, arena, "b", "ok@salon.example");
    assert_string_equal(mail_of(db, arena, id).status, "sending");
    waitpid(child, NULL, 0);
    assert_string_equal(mail_of(db, arena, id).status, "unknown");
    stop(&server);
}

static void on_each(void **state) {
    void (*const *run)(Db *, Arena *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        (*run)(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static struct {
        const char *name;
        void (*run)(Db *, Arena *);
    } runs[] = { { "a_mail_is_written_once", a_mail_is_written_once },
                 { "an_instance_has_its_own_words", an_instance_has_its_own_words },
                 { "a_folder_has_each_mail_once", a_folder_has_each_mail_once },
                 { "a_crash_leaves_no_mail_out_and_none_twice", a_crash_leaves_no_mail_out_and_none_twice },
                 { "faults_of_the_store_lose_nothing", faults_of_the_store_lose_nothing },
                 { "papers_go_with_it", papers_go_with_it },
                 { "each_fate_is_kept", each_fate_is_kept },
                 { "pauses_grow_until_a_person_looks", pauses_grow_until_a_person_looks },
                 { "over_smtp_a_crash_is_shown_not_repeated", over_smtp_a_crash_is_shown_not_repeated },
                 { "the_talk_holds_no_transaction", the_talk_holds_no_transaction } };
    enum { COUNT = sizeof runs / sizeof *runs };
    struct CMUnitTest tests[COUNT];
    signal(SIGPIPE, SIG_IGN);
    crypt_start();
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ runs[i].name, on_each, NULL, NULL, &runs[i].run };
    return cmocka_run_group_tests_name("message_work", tests, NULL, NULL);
}
