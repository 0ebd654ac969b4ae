#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "date.h"
#include "mail.h"
#include "test.h"
#include "text.h"

static MailMessage simple(Arena *arena) {
    return (MailMessage){ .from_name = "Les Ateliers",
                          .from_address = "bonjour@ateliers.example",
                          .to_name = "Camille",
                          .to_address = "camille@salon.example",
                          .reply_to = "",
                          .subject = "Sujet",
                          .message_id = "<1.42@ateliers.example>",
                          .text = arena_copy(arena, "Bonjour\n"),
                          .html = "",
                          .sent_at = instant_at(date_of(2026, 11, 23), 9 * 60) };
}

static char *bytes_of(Arena *arena, const MailMessage *message) {
    Bytes bytes = mail_bytes(arena, message);
    return arena_copy_n(arena, bytes.p, bytes.n);
}

/* The head of the mail, without the body. */
static char *head_of(Arena *arena, const MailMessage *message) {
    char *all = bytes_of(arena, message), *end = strstr(all, "\r\n\r\n");
    assert_non_null(end);
    end[2] = '\0';
    return all;
}

static void must_hold(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static void headers_are_encoded(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        const char *from, *subject, *head;
    } cases[] = {
        { "Les Ateliers", "Feu vert", "From: \"Les Ateliers\"\r\n <bonjour@ateliers.example>\r\n" },
        { "Les Ateliers", "Feu vert", "Subject: Feu vert\r\n" },
        { "Ateliers du Rhône", "x",
          "From: =?UTF-8?Q?Ateliers_du_Rh=C3=B4ne?=\r\n <bonjour@ateliers.example>\r\n" },
        { "A \"B\" \\ C", "x", "From: =?UTF-8?Q?A_=22B=22_=5C_C?=\r\n <" },
        { "", "x", "From: <bonjour@ateliers.example>\r\n" },
        { "x", "Virement de 910,00\u00a0€", "Subject: =?UTF-8?Q?Virement_de_910=2C00=C2=A0=E2=82=AC?=\r\n" },
        { "x", "déjà =?UTF-8?Q?x?=", "Subject: =?UTF-8?Q?d=C3=A9j=C3=A0_=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\r\n" },
        { "x", "=?UTF-8?Q?x?=", "Subject: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\r\n" },
        { "x", "", "Subject: \r\n" },
        { "x", "Convention « Coloration végétale » à signer avant le 30 novembre",
          "Subject: =?UTF-8?Q?Convention_=C2=AB_Coloration_v=C3=A9g=C3=A9tale_=C2=BB?=\r\n"
          " =?UTF-8?Q?_=C3=A0_signer_avant_le_30_novembre?=\r\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailMessage message = simple(arena);
        message.from_name = cases[i].from;
        message.subject = cases[i].subject;
        must_hold(head_of(arena, &message), cases[i].head);
    }
}

/* Nobody adds a header, a recipient or a body by what he types. */
static void no_header_is_injected(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const char *const evil[] = {
        "x\r\nBcc: victim@example.org",
        "x\nBcc: victim@example.org",
        "x\rBcc: victim@example.org",
        "x\r\n\r\n<script>",
        "x\"\r\nBcc: victim@example.org",
        "a@b.example>, <victim@example.org",
        "x?=\r\nBcc: victim@example.org",
        "a@b.example\r\n .\r\nMAIL FROM:<x@y>",
        "\r\n\r\n.\r\n",
        "\xff\xfe\r\nBcc: é",
    };
    for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
        MailFile file = { evil[i], evil[i], { "x", 1 } };
        MailMessage message = simple(arena);
        message.from_name = message.to_name = message.subject = evil[i];
        message.from_address = message.to_address = message.reply_to = message.message_id = evil[i];
        message.files = &file;
        message.file_count = 1;
        char *head = head_of(arena, &message), *all = bytes_of(arena, &message);
        assert_null(strstr(all, "\nBcc"));
        assert_null(strstr(head, "=0D")); /* nor in disguise, for readers that decode first */
        assert_null(strstr(head, "=0A"));
        assert_null(strstr(all, "%0A"));
        int fields = 0;
        for (const char *at = head; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
            fields += *at != ' ';
        assert_int_equal(
            fields,
            9); /* Date From To Reply-To Subject Message-ID Auto-Submitted MIME-Version Content-Type */
    }
}

static void lines_are_short_and_plain(const char *all) {
    for (const char *at = all; *at;) {
        const char *end = strstr(at, "\r\n");
        assert_non_null(end);
        assert_true(end - at <= 76);
        assert_true(*at != '.'); /* no server may take it for the end */
        for (; at < end; at++)
            assert_true(*at > 0 && *at < 0x7f && *at != '\r' && *at != '\n');
        at = end + 2;
    }
}

static const char TEXT[] =
    "Bonjour Camille,\n\n.un point au début\nFrom la fin   \n=?UTF-8?Q?rien?=\n"
    "une ligne très longue, très très longue, qui passe largement les soixante-seize "
    "caractères ; été à Noël : 1\u00a0400,00\u00a0€\n..\n\ttabulation\t\nfin sans retour";

static MailMessage full(Arena *arena, const MailFile *files, size_t count) {
    MailMessage message = simple(arena);
    message.from_name = "Les Ateliers du Rhône";
    message.to_name = "Camille \"la patronne\" Œuvrard";
    message.reply_to = "dossier+2026-0417@ateliers.example";
    message.subject = "Feu vert\u00a0: votre formation « Coloration végétale » peut commencer le 14 décembre";
    message.text = TEXT;
    message.html = "<p style=\"color:#17202b\">Été = vert</p>\n";
    message.files = files;
    message.file_count = count;
    return message;
}

/* Written by us, read by another program. */
static char *read_by_python(Arena *arena, Bytes bytes) {
    const char *folder = test_folder(arena);
    char *in = arena_print(arena, "%s/in.eml", folder), *out = arena_print(arena, "%s/out.txt", folder);
    FILE *file = fopen(in, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    char *args[] = { "python3", "tests/smtp/read_mail.py", in, out, NULL };
    pid_t child;
    int status = -1;
    assert_int_equal(posix_spawn(&child, "/usr/bin/python3", NULL, NULL, args, (char *[]){ NULL }), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    file = fopen(out, "rb");
    assert_non_null(file);
    char *text = arena_zero(arena, 65536, 1);
    size_t n = fread(text, 1, 65535, file);
    fclose(file);
    assert_true(n < 65535);
    return text;
}

static void another_program_reads_the_same(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    const MailFile files[] = {
        { "convention.pdf", "application/pdf", { bytes, sizeof bytes } },
        { "Certificat de réalisation « Coloration végétale », Léa Fontaine, décembre 2026.pdf",
          "application/pdf",
          { bytes, 57 } },
        { "../agenda\".ics", "text/calendar; charset=utf-8", { "BEGIN:VCALENDAR\r\n", 17 } },
        { "vide", "bad\r\ntype", { "", 0 } }
    };
    MailMessage message = full(arena, files, sizeof files / sizeof *files);
    Bytes mail = mail_bytes(arena, &message);
    lines_are_short_and_plain(arena_copy_n(arena, mail.p, mail.n));
    char *read = read_by_python(arena, mail);
    assert_null(strstr(read, "DEFECT"));
    must_hold(read, arena_print(arena, "== text/plain\n%s\n", TEXT));
    test_golden("mail/read-by-python.txt", read, strlen(read));
    Bytes again = mail_bytes(arena, &message);
    assert_int_equal(mail.n, again.n);
    assert_memory_equal(mail.p, again.p, mail.n);
}

static void shapes_follow_what_there_is(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    MailFile file = { "a.pdf", "application/pdf", { "x", 1 } };
    MailMessage message = simple(arena);
    must_hold(bytes_of(arena, &message), "Content-Type: text/plain; charset=utf-8\r\n");
    assert_null(strstr(bytes_of(arena, &message), "multipart"));
    message.html = "<p>x</p>";
    must_hold(bytes_of(arena, &message), "Content-Type: multipart/alternative;\r\n");
    assert_null(strstr(bytes_of(arena, &message), "mixed"));
    message.files = &file;
    message.file_count = 1;
    must_hold(head_of(arena, &message), "Content-Type: multipart/mixed;\r\n boundary=\"=_");
    must_hold(head_of(arena, &message), "Date: Mon, 23 Nov 2026 09:00:00 +0100\r\n");
    char *before = bytes_of(arena, &message);
    message.message_id = "<2.42@ateliers.example>";
    assert_string_not_equal(strstr(before, "boundary"), strstr(bytes_of(arena, &message), "boundary"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_encoded),
        cmocka_unit_test(no_header_is_injected),
        cmocka_unit_test(another_program_reads_the_same),
        cmocka_unit_test(shapes_follow_what_there_is),
    };
    return cmocka_run_group_tests_name("mime", tests, NULL, NULL);
}
