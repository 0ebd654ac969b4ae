#include "message_store.h"

#include <string.h>

#include "test.h"
#include "test_db.h"

enum { MINUTE = 60000 };
static const Instant NOW = { 1796000000000 };

static Instant later(int minutes) { return (Instant){ NOW.ms + (int64_t)minutes * MINUTE }; }

static MailId keep(Tx *tx, const char *key, const char *to, int64_t dossier) {
    WrittenMail mail = { .kind = "green_light",
                         .to_address = to,
                         .to_name = "Camille Moreau",
                         .to_role = "company",
                         .subject = "Feu vert",
                         .text_body = "Bonjour",
                         .html_body = "<p>Bonjour</p>",
                         .message_ref = arena_print(tx->arena, "<%s@ateliers.example>", key),
                         .key = key,
                         .dossier_id = { dossier },
                         .documents = (const DocumentId[]){ { 31 }, { 12 } },
                         .document_count = 2,
                         .now = NOW };
    return message_keep(tx, &mail);
}

static const char *status(Tx *tx, MailId id) {
    Mail mail;
    assert_true(message_get(tx, id, &mail));
    return mail.status;
}

static void a_key_is_one_mail(Tx *tx) {
    MailId first = keep(tx, "a", "a@salon.example", 7), other = keep(tx, "b", "b@salon.example", 7);
    assert_int_equal(keep(tx, "a", "somebody@else.example", 7).value, first.value);
    MailFiles files = message_files(tx, first);
    assert_int_equal(files.count, 2);
    assert_int_equal(files.at[0].value, 31);
    assert_int_equal(files.at[1].value, 12);
    keep(tx, "c", "a@salon.example", 8);
    Mails all = message_of_dossier(tx, (DossierId){ 7 });
    assert_int_equal(all.count, 2);
    assert_int_equal(all.at[1].id.value, other.value);
    assert_string_equal(all.at[0].text_body, "Bonjour");
    assert_string_equal(all.at[0].html_body, "");
    Mail whole;
    assert_true(message_get(tx, first, &whole));
    assert_string_equal(whole.html_body, "<p>Bonjour</p>");
    assert_false(message_get(tx, (MailId){ 99 }, &whole));
    Mails to_a = message_recent(tx, "a@salon.example", 10);
    assert_int_equal(to_a.count, 2);
    assert_true(to_a.at[0].id.value > to_a.at[1].id.value);
    assert_int_equal(message_recent(tx, "", 2).count, 2);
    assert_int_equal(message_recent(tx, "", 10).count, 3);
}

static void one_worker_has_it_at_a_time(Tx *tx) {
    MailId id = keep(tx, "a", "a@salon.example", 7);
    Mail mail, other;
    assert_false(message_is_due(tx, later(-1)));
    assert_true(message_is_due(tx, NOW));
    assert_true(message_take(tx, "unknown", "lost", NOW, &mail));
    assert_int_equal(mail.id.value, id.value);
    assert_int_equal(mail.attempt_count, 1);
    assert_string_equal(status(tx, id), "sending");
    assert_false(message_is_due(tx, later(1)));
    assert_false(message_take(tx, "unknown", "lost", later(1), &other));
    message_settle(tx, &mail, "queued", "later", later(5), (Instant){ 0 });
    assert_false(message_take(tx, "unknown", "lost", later(4), &other));
    assert_true(message_take(tx, "unknown", "lost", later(5), &other));
    assert_int_equal(other.attempt_count, 2);
    message_settle(tx, &mail, "refused", "by the first attempt", (Instant){ 0 }, (Instant){ 0 });
    assert_string_equal(status(tx, id), "sending"); /* not his any more */
    message_settle(tx, &other, "sent", "250", (Instant){ 0 }, later(5));
    assert_string_equal(status(tx, id), "sent");
    assert_false(message_is_due(tx, later(999)));
    message_resend(tx, id, later(9)); /* what was sent is not sent again */
    assert_string_equal(status(tx, id), "sent");
}

static void a_dead_worker_leaves_a_question(Tx *tx) {
    MailId id = keep(tx, "a", "a@salon.example", 7);
    Mail mail, other;
    assert_true(message_take(tx, "unknown", "lost", NOW, &mail));
    assert_false(message_take(tx, "unknown", "lost", later(2), &other));
    assert_string_equal(status(tx, id), "unknown");
    Mails open = message_unknown(tx);
    assert_int_equal(open.count, 1);
    assert_string_equal(open.at[0].detail, "lost");
    assert_false(message_take(tx, "unknown", "lost", later(9999), &other)); /* never by itself */
    message_resend(tx, id, later(10));
    assert_true(message_take(tx, "unknown", "lost", later(10), &mail));
    assert_string_equal(mail.message_ref, "<a@ateliers.example>");
    assert_int_equal(mail.attempt_count, 1);
    /* Into a folder it is simply tried again. */
    assert_true(message_take(tx, "queued", "again", later(12), &other));
    assert_int_equal(other.id.value, id.value);
}

static void on_each(void **state) {
    void (*const *run)(Tx *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        Tx tx = db_begin(dbs.at[i], arena);
        (*run)(&tx);
        assert_true(db_commit(&tx));
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static void (*runs[])(Tx *) = { a_key_is_one_mail, one_worker_has_it_at_a_time,
                                    a_dead_worker_leaves_a_question };
    const struct CMUnitTest tests[] = {
        { "a_key_is_one_mail", on_each, NULL, NULL, &runs[0] },
        { "one_worker_has_it_at_a_time", on_each, NULL, NULL, &runs[1] },
        { "a_dead_worker_leaves_a_question", on_each, NULL, NULL, &runs[2] },
    };
    return cmocka_run_group_tests_name("message_store", tests, NULL, NULL);
}
