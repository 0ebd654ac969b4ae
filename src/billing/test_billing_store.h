/* test_billing_store.h - a small house for the tests of money: the session of the tests of presence, taught
 * and certified, with an organisation, an OPCO and all reactions that money has. */
#pragma once
#include <string.h>

#include "test_attendance_store.h"
#include "billing_store.h"
#include "directory_store.h"
#include "document_store.h"
#include "funding_store.h"
#include "money.h"
#include "text.h"

static inline void set_money_house(Db *db) {
    set_house(db);
    house.reactions[REACTION_draft_invoices] = billing_draft;
    house.reactions[REACTION_issue_invoices] = billing_issue;
    house.reactions[REACTION_rebill_company] = billing_rebill;
    house.reactions[REACTION_issue_credit_note] = billing_credit;
    house.reactions[REACTION_settle_dossier] = billing_settle;
    house.reactions[REACTION_reverse_payment] = billing_reverse;
}

static inline Instant after_it(int days) { return instant_at(date_add(first_day(), days), 9 * 60); }

static inline void organisation(Tx *tx, const char *vat_regime) {
    people_organisation_set(tx, &(Organisation){ .name = "Les Ateliers du Rhone",
                                                 .legal_form = "SAS",
                                                 .address = "12 rue de Marseille",
                                                 .postcode = "69007",
                                                 .city = "Lyon",
                                                 .siret = "12345678200010",
                                                 .nda = "84699999969",
                                                 .nda_region = "Auvergne",
                                                 .rcs = "Lyon",
                                                 .capital = "10 000",
                                                 .vat_regime = vat_regime,
                                                 .vat_number = "FR32123456782",
                                                 .iban = "FR7630006000011234567890189",
                                                 .bic = "AGRIFRPP",
                                                 .bank_name = "LES ATELIERS DU RHONE",
                                                 .email = "bonjour@ateliers.example",
                                                 .phone = "",
                                                 .representative = "Helene",
                                                 .representative_role = "presidente",
                                                 .contact_name = "Thomas",
                                                 .brand = "" });
}

/* What the OPCO's letter says, as staff would have typed it. */
static inline void agreed(Tx *tx, DossierId dossier_id, const char *circuit, int64_t granted,
                          int64_t direct) {
    DocumentId document_id = document_keep(tx,
                                           &(NewDocument){ .kind = "accord",
                                                           .title = "Accord",
                                                           .file_name = "accord.pdf",
                                                           .mime = "application/pdf",
                                                           .template_sha256 = "",
                                                           .key = "",
                                                           .made_by = "",
                                                           .dossier_id = dossier_id,
                                                           .is_received = true,
                                                           .now = long_before() },
                                           (Bytes){ "x", 1 });
    db_run(tx, arena_print(tx->arena,
                           "INSERT INTO answer (dossier_id, version, document_id, deposited_by, deposited_at,"
                           " verdict, funder_code, file_number, company_siret, granted_minutes,"
                           " participant_count, granted_cents, circuit, direct_cents, note, typed_by,"
                           " typed_at)"
                           " VALUES (%lld, 1, %lld, '', 1, 'granted', 'OPCO_EP', 'EP-26-104482', '', 420, 2,"
                           " %lld, '%s', %lld, '', '', 1)",
                           (long long)dossier_id.value, (long long)document_id.value, (long long)granted,
                           circuit, (long long)direct));
}

typedef struct Terms {
    const char *circuit, *vat_regime;
    int64_t granted, direct;
} Terms;

/* The first dossier delivered: 1 400 EUR for two people, of whom one missed half a day: 3/4 attended. */
static inline World delivered(Tx *tx, Terms terms) {
    const char *why = NULL;
    assert_true(directory_load(tx, &why));
    organisation(tx, terms.vat_regime);
    World w = ended(tx);
    Act staff = act(EVENT_delivered, STAFF, on_day(PM_ENDS + 60));
    if (text_same(terms.circuit, "self"))
        dossier_signature_add(tx, &(Signature){ .dossier_id = w.dossiers[0],
                                                .what = "commitment",
                                                .signed_at = long_before() });
    else
        agreed(tx, w.dossiers[0], terms.circuit, terms.granted, terms.direct);
    for (int i = 0; i < 2; i++)
        must(tx, attendance_attest(tx, w.people[i], "acquired", &staff));
    must(tx, attendance_deliver(tx, w.dossiers[0], &staff));
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_to_invoice);
    return w;
}

static inline World invoiced(Tx *tx, Terms terms) {
    World w = delivered(tx, terms);
    fire(tx, THING(dossier, w.dossiers[0]), EVENT_invoiced, STAFF, after_it(1));
    return w;
}

/* The nth living invoice of the first dossier. */
static inline Invoice invoice_of(Tx *tx, const World *w, size_t which) {
    Invoices all = billing_of_dossier(tx, w->dossiers[0]);
    for (size_t i = 0; i < all.count; i++)
        if (*all.at[i].state && !story_is_dead(story_state_named(all.at[i].state)) && !which--)
            return all.at[i];
    fail_msg("no such invoice");
    return (Invoice){ 0 };
}

static inline size_t living(Tx *tx, const World *w) {
    Invoices all = billing_of_dossier(tx, w->dossiers[0]);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        count += *all.at[i].state && !story_is_dead(story_state_named(all.at[i].state));
    return count;
}

static inline PaymentId pay(Tx *tx, InvoiceId invoice_id, int64_t part, int64_t amount, const char *key) {
    const char *why = NULL;
    Act by = act(EVENT_recorded, STAFF, after_it(10));
    by.request_key = key;
    PaymentId id = billing_record(tx,
                                  &(NewPayment){ .payer_name = "OPCO EP",
                                                 .bank_ref = "VIR F-2026-00001",
                                                 .received_on = date_add(first_day(), 10),
                                                 .amount = { amount },
                                                 .parts = &(Part){ invoice_id, { part } },
                                                 .part_count = part != 0 },
                                  &by, &why);
    if (why)
        fail_msg("%s (%s)", why, tx->error ? tx->error : "");
    return id;
}

static inline int64_t count_of(Tx *tx, const char *sql) {
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t count = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return count;
}

static inline void on_each_money(void **state) {
    Told told = *(const Told *)*state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        set_money_house(dbs.at[i]);
        {
            AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
            told(&tx);
            if (tx.error)
                fail_msg("%s", tx.error);
        }
        db_close(dbs.at[i]);
    }
}
