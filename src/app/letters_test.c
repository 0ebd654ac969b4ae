/* Every mail of the catalogue can be written, also of a thing of which little is known. */
#include "letters.h"

#include <string.h>

#include "crypt.h"
#include "letter_values.h"
#include "message_work.h"
#include "test.h"
#include "test_db.h"
#include "text.h"

static const Instant NOW = { 1796000000000 };
static const char *const stems[] = {
#define MAIL(id, stem, kind) stem,
#include "mails.def"
#undef MAIL
};
enum { COUNT = sizeof stems / sizeof *stems };

static void one_house(Tx *tx) {
    people_organisation_set(tx, &(Organisation){ .name = "Les Ateliers du Rhône",
                                                 .email = "bonjour@ateliers.example",
                                                 .phone = "+33400000000",
                                                 .contact_name = "Thomas Girard",
                                                 .brand = "#0b5a4a" });
}

static void no_hole_stays_open(Tx *tx) {
    const Recipient to = { .role = "company", .first_name = "Camille", .address = "camille@salon.example" };
    const About about = { 0 };
    one_house(tx);
    for (size_t i = 0; i < COUNT; i++) {
        NewMail mail = { .kind = stems[i],
                         .to_address = to.address,
                         .to_name = to.first_name,
                         .to_role = to.role,
                         .key = stems[i],
                         .values = letter_values(tx, stems[i], &to, &about, NOW),
                         .reply_to = "bonjour@ateliers.example",
                         .sender_name = "Les Ateliers du Rhône",
                         .now = NOW };
        if (!message_queue(tx, &mail).value)
            fail_msg("%s: %s", stems[i], tx->error);
    }
    assert_int_equal(message_recent(tx, to.address, COUNT + 1).count, COUNT);
}

/* The job's secret is "code|path": both kinds of path, and an account that is not there. */
static void codes_and_links_reach_their_account(Tx *tx) {
    const House house = { .public_url = "https://formation.example", .folder = "" };
    one_house(tx);
    Account camille = {
        .role = "company", .first_name = "Camille", .email = "camille@salon.example", .is_active = true
    };
    AccountId id = people_account_add(tx, &camille, "", "", NOW);
    letters_account(tx, &house, "login_link", id, "482913|/l/abc", "letter/1", NOW);
    letters_account(tx, &house, "login_link", id, "482913|/l/abc", "letter/1", NOW);
    letters_account(tx, &house, "sign_code", id, "482913|/dossiers/2026-0417/convention", "letter/2", NOW);
    letters_account(tx, &house, "login_link", (AccountId){ 0 }, "|", "letter/3", NOW);
    Mails all = message_recent(tx, "", 10);
    assert_int_equal(all.count, 2);
    assert_non_null(strstr(all.at[0].subject, "482\u00a0913"));
    assert_non_null(strstr(all.at[0].text_body, "2026-0417"));
    assert_non_null(strstr(all.at[1].text_body, "https://formation.example/l/abc"));
    assert_non_null(strstr(all.at[1].text_body, "Thomas Girard"));
}

static void on_each(void **state) {
    void (*const *run)(Tx *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        Tx tx = db_begin(dbs.at[i], arena);
        (*run)(&tx);
        if (!db_commit(&tx))
            fail_msg("%s", tx.error);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static void (*runs[])(Tx *) = { no_hole_stays_open, codes_and_links_reach_their_account };
    crypt_start();
    const struct CMUnitTest tests[] = {
        { "no_hole_stays_open", on_each, NULL, NULL, &runs[0] },
        { "codes_and_links_reach_their_account", on_each, NULL, NULL, &runs[1] },
    };
    return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
