/* Money in the store: who is invoiced, numbers, payments, their return, credit notes. On each engine. */
#include "test_billing_store.h"

#include <sys/wait.h>
#include <unistd.h>

static const Terms DIRECT = { "direct", "exempt_training", 140000, 140000 },
                   MIXED = { "mixed", "exempt_training", 100000, 100000 },
                   REFUND = { "refund", "exempt_training", 140000, 0 },
                   SELF = { "self", "exempt_training", 0, 0 };

/* ---- drafts ---- */

static void drafts_follow_the_circuit(Tx *tx) {
    World w = delivered(tx, DIRECT);
    assert_int_equal(living(tx, &w), 2);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    assert_string_equal(funder.payer_kind, "funder");
    assert_string_equal(funder.funder_ref, "EP-26-104482");
    assert_int_equal(funder.total_cents.cents, 105000);
    assert_string_equal(company.payer_kind, "company");
    assert_int_equal(company.total_cents.cents, 35000);
    assert_int_equal(funder.number, 0);
    assert_string_equal(funder.reference, "");
    InvoiceLines lines = billing_lines(tx, company.id);
    assert_int_equal(lines.count, 1);
    assert_non_null(strstr(lines.at[0].label, "non suivies"));
    assert_true(story_facts(tx, THING(dossier, w.dossiers[0])).ticked[INVOICES_ARE_READY]);
}

static void shares_and_missed_hours_are_told_apart(Tx *tx) {
    World w = delivered(tx, MIXED);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    assert_int_equal(funder.total_cents.cents, 75000);
    assert_int_equal(company.total_cents.cents, 65000);
    InvoiceLines lines = billing_lines(tx, company.id);
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.at[0].net_cents.cents, 40000);
    assert_int_equal(lines.at[1].net_cents.cents, 25000);
}

static void refund_and_self_go_to_the_company(Tx *tx) {
    World w = delivered(tx, REFUND);
    assert_int_equal(living(tx, &w), 1);
    Invoice invoice = invoice_of(tx, &w, 0);
    assert_string_equal(invoice.payer_kind, "company");
    assert_int_equal(invoice.total_cents.cents, 140000);
    assert_string_equal(invoice.funder_ref, "EP-26-104482");
}

static void the_company_owes_the_vat_on_the_whole(Tx *tx) {
    World w = invoiced(tx, (Terms){ "mixed", "vat_20", 100000, 100000 });
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    assert_int_equal(funder.vat_cents.cents, 0);
    assert_int_equal(funder.total_cents.cents, 75000);
    assert_int_equal(company.net_cents.cents, 65000);
    assert_int_equal(company.vat_cents.cents, 28000);
    assert_int_equal(company.total_cents.cents, 93000);
    assert_int_equal(company.vat_bp, 2000);
}

static void drafted_anew_drops_the_former(Tx *tx) {
    World w = delivered(tx, DIRECT);
    Act late = act(EVENT_late_agreement, STAFF, after_it(1));
    late.reason = "accord perdu";
    InvoiceId former = invoice_of(tx, &w, 0).id;
    must(tx, story_fire(tx, THING(dossier, w.dossiers[0]), (Thing){ 0 }, late));
    assert_int_equal(story_where(tx, THING(invoice, former)), STATE_invoice_dropped);
    assert_int_equal(living(tx, &w), 1);
    Invoice invoice = invoice_of(tx, &w, 0);
    assert_string_equal(invoice.payer_kind, "company");
    assert_int_equal(invoice.total_cents.cents, 140000);
    fire(tx, THING(dossier, w.dossiers[0]), EVENT_invoiced, STAFF, after_it(1));
    assert_string_equal(invoice_of(tx, &w, 0).reference, "F-2026-00001");
    assert_int_equal(count_of(tx, "SELECT count(*) FROM invoice WHERE number > 0"), 1);
}

static void no_invoice_to_an_opco_that_does_not_pay_us(Tx *tx) {
    World w = delivered(tx, DIRECT);
    Thing thing = THING(invoice, invoice_of(tx, &w, 0).id);
    db_run(tx, "UPDATE answer SET circuit = 'refund'");
    billing_check(tx, w.dossiers[0], after_it(1));
    Outcome outcome = story_fire(tx, THING(dossier, w.dossiers[0]), (Thing){ 0 },
                                 act(EVENT_invoiced, STAFF, after_it(1)));
    assert_int_equal(outcome.missing, INVOICES_ARE_READY);
    story_tick(tx, thing, INVOICE_IS_COMPLETE, true, after_it(1));
    outcome = story_fire(tx, thing, (Thing){ 0 }, act(EVENT_issue, STAFF, after_it(1)));
    assert_int_equal(outcome.missing, CIRCUIT_ALLOWS_PAYER);
    assert_int_equal(story_where(tx, thing), STATE_invoice_draft);
}

static void nothing_leaves_without_number_or_mentions(Tx *tx) {
    World w = delivered(tx, DIRECT);
    Thing thing = THING(invoice, invoice_of(tx, &w, 0).id);
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, act(EVENT_issue, STAFF, after_it(1)));
    assert_int_equal(outcome.missing, INVOICE_IS_COMPLETE);
    db_run(tx, "UPDATE organisation SET nda = ''");
    billing_check(tx, w.dossiers[0], after_it(1));
    outcome = story_fire(tx, THING(dossier, w.dossiers[0]), (Thing){ 0 },
                         act(EVENT_invoiced, STAFF, after_it(1)));
    assert_int_equal(outcome.missing, INVOICES_ARE_READY);
}

/* ---- issue ---- */

static void issued_with_number_date_and_payer(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    assert_string_equal(funder.reference, "F-2026-00001");
    assert_string_equal(company.reference, "F-2026-00002");
    assert_string_equal(funder.state, "invoice_sent");
    assert_int_equal(funder.due_on.days - funder.issued_on.days, 30);
    assert_string_equal(company.payer_siren, "987654324");
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_invoiced);
    assert_int_equal(count_of(tx, "SELECT count(*) FROM job WHERE kind = 'make' AND what = 'facture'"), 2);
    assert_int_equal(count_of(tx, "SELECT count(*) FROM job WHERE kind = 'mail' AND what = 'invoice_issued'"),
                     2);
    assert_int_equal(count_of(tx, "SELECT count(*) FROM job WHERE kind = 'fire' AND what = 'overdue'"), 2);
    Act clock = act(EVENT_overdue, CLOCK, after_it(32));
    must(tx, story_follow(tx, THING(invoice, funder.id), EVENT_overdue, &clock));
    /* what was sent stays what was sent */
    db_run(tx, "UPDATE company SET name = 'Autre nom', address = 'ailleurs'");
    assert_string_equal(invoice_of(tx, &w, 1).payer_name, "Salon Camille");
}

static void seen_by_its_payer_alone(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Dossier dossier;
    Invoice seen, funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    assert_true(dossier_get(tx, w.dossiers[0], &dossier));
    Viewer own = { .role = ROLE_COMPANY, .company_id = dossier.company_id }, staff = { .role = ROLE_STAFF },
           trainer = { .role = ROLE_TRAINER, .trainer_id = { 1 } },
           other = { .role = ROLE_COMPANY, .company_id = { dossier.company_id.value + 1 } };
    assert_true(billing_seen(tx, &staff, funder.id, &seen));
    assert_true(billing_seen_named(tx, &staff, "F-2026-00002", &seen));
    assert_true(seen.id.value == company.id.value);
    assert_true(billing_seen(tx, &own, company.id, &seen));
    assert_false(billing_seen(tx, &own, funder.id, &seen));
    assert_false(billing_seen(tx, &other, company.id, &seen));
    assert_false(billing_seen(tx, &trainer, company.id, &seen));
    assert_false(billing_seen_named(tx, &staff, "F-2026-00009", &seen));
    assert_false(billing_seen_named(tx, &staff, "1 OR 1", &seen));
}

/* ---- payments ---- */

static void payments_reach_the_total(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    Thing dossier = THING(dossier, w.dossiers[0]);
    PaymentId first = pay(tx, funder.id, 30000, 30000, "one");
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_partly_paid");
    /* the same form again is the same payment */
    assert_true(pay(tx, funder.id, 30000, 30000, "one").value == first.value);
    assert_int_equal(invoice_of(tx, &w, 0).settled_cents.cents, 30000);
    pay(tx, funder.id, 45000, 45000, "two");
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_paid");
    assert_int_equal(story_where(tx, dossier), STATE_dossier_invoiced);
    pay(tx, company.id, 65000, 65000, "three");
    assert_int_equal(story_where(tx, dossier), STATE_dossier_paid);
    Payment payment;
    assert_true(billing_payment(tx, first, &payment));
    assert_string_equal(payment.state, "payment_matched");
    assert_int_equal(count_of(tx, "SELECT count(*) FROM payment"), 3);
}

static void what_is_left_waits_for_review(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    PaymentId id = pay(tx, funder.id, 75000, 100000, "a");
    Payment payment;
    assert_true(billing_payment(tx, id, &payment));
    assert_string_equal(payment.state, "payment_to_review");
    assert_int_equal(payment.free_cents.cents, 25000);
    Act by = act(EVENT_match, STAFF, after_it(11));
    by.request_key = "b";
    must_not(billing_allocate(tx, id, NULL, 0, &by), "au moins une facture");
    must_not(billing_allocate(tx, id, &(Part){ company.id, { 25001 } }, 1, &by), "passent l");
    must_not(billing_allocate(tx, id, &(Part){ company.id, { -1 } }, 1, &by), "z\xc3\xa9ro");
    must_not(billing_allocate(tx, id, &(Part){ { 999999 }, { 1 } }, 1, &by), "existe pas");
    must(tx, billing_allocate(tx, id, &(Part){ company.id, { 10000 } }, 1, &by));
    assert_true(billing_allocate(tx, id, &(Part){ company.id, { 10000 } }, 1, &by).is_repeat);
    by.request_key = "c";
    must(tx, billing_allocate(tx, id, &(Part){ company.id, { 15000 } }, 1, &by));
    assert_true(billing_payment(tx, id, &payment));
    assert_string_equal(payment.state, "payment_matched");
    assert_int_equal(payment.free_cents.cents, 0);
    assert_int_equal(invoice_of(tx, &w, 1).settled_cents.cents, 25000);
    by.request_key = "d";
    must_not(billing_allocate(tx, id, &(Part){ company.id, { 1 } }, 1, &by), "attend plus");
    assert_int_equal(billing_allocations(tx, (InvoiceId){ 0 }, id).count, 3);
}

static void more_than_due_is_told(Tx *tx) {
    World w = invoiced(tx, SELF);
    Invoice invoice = invoice_of(tx, &w, 0);
    pay(tx, invoice.id, 150000, 150000, "a");
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_overpaid");
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_paid);
    Act back = act(EVENT_overpayment_returned, STAFF, after_it(12));
    back.reason = "virement";
    must(tx, story_fire(tx, THING(invoice, invoice.id), (Thing){ 0 }, back));
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_paid");
}

static void a_draft_takes_no_money(Tx *tx) {
    World w = delivered(tx, SELF);
    const char *why = NULL;
    Act by = act(EVENT_recorded, STAFF, after_it(1));
    NewPayment payment = { .payer_name = "x",
                           .bank_ref = "",
                           .received_on = first_day(),
                           .amount = { 100 },
                           .parts = &(Part){ invoice_of(tx, &w, 0).id, { 100 } },
                           .part_count = 1 };
    assert_int_equal(billing_record(tx, &payment, &by, &why).value, 0);
    assert_non_null(strstr(why, "ne peut pas recevoir"));
    payment.amount.cents = 0;
    assert_int_equal(billing_record(tx, &payment, &by, &why).value, 0);
    assert_int_equal(count_of(tx, "SELECT count(*) FROM payment"), 0);
}

static void the_bank_takes_back(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Invoice funder = invoice_of(tx, &w, 0), company = invoice_of(tx, &w, 1);
    Thing dossier = THING(dossier, w.dossiers[0]), payout = { MACHINE_payout, { 77 } };
    Act clock = act(EVENT_expected, CLOCK, after_it(2));
    PaymentId first = pay(tx, funder.id, 75000, 75000, "a");
    pay(tx, company.id, 65000, 65000, "b");
    assert_int_equal(story_where(tx, dossier), STATE_dossier_paid);
    must(tx, story_born(tx, payout, dossier, EVENT_expected, &clock));
    must(tx, story_follow(tx, payout, EVENT_due, &clock));
    fire(tx, THING(payment, first), EVENT_reject, BANK, after_it(15));
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_sent");
    assert_int_equal(invoice_of(tx, &w, 0).settled_cents.cents, 0);
    assert_string_equal(invoice_of(tx, &w, 1).state, "invoice_paid");
    assert_int_equal(story_where(tx, dossier), STATE_dossier_invoiced);
    assert_int_equal(story_where(tx, payout), STATE_payout_not_due);
    assert_int_equal(count_of(tx, "SELECT sum(amount_cents) FROM allocation"), 65000);
    pay(tx, funder.id, 75000, 75000, "c");
    assert_int_equal(story_where(tx, dossier), STATE_dossier_paid);
}

static void taken_back_in_part(Tx *tx) {
    World w = invoiced(tx, SELF);
    Invoice invoice = invoice_of(tx, &w, 0);
    PaymentId first = pay(tx, invoice.id, 40000, 40000, "a");
    pay(tx, invoice.id, 100000, 100000, "b");
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_paid");
    fire(tx, THING(payment, first), EVENT_reject, BANK, after_it(15));
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_partly_paid");
    assert_int_equal(invoice_of(tx, &w, 0).settled_cents.cents, 100000);
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_invoiced);
}

/* ---- credit notes ---- */

static Invoice credit_of(Tx *tx, const World *w, InvoiceId invoice_id) {
    Invoices all = billing_of_dossier(tx, w->dossiers[0]);
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].cancels_invoice_id.value == invoice_id.value)
            return all.at[i];
    fail_msg("no credit note");
    return (Invoice){ 0 };
}

static void cancelled_by_a_credit_note(Tx *tx) {
    World w = invoiced(tx, (Terms){ "self", "vat_20", 0, 0 });
    Invoice invoice = invoice_of(tx, &w, 0);
    Act cancel = act(EVENT_cancel, STAFF, after_it(3));
    cancel.reason = "erreur de payeur";
    must(tx, story_fire(tx, THING(invoice, invoice.id), (Thing){ 0 }, cancel));
    Invoice credit = credit_of(tx, &w, invoice.id);
    assert_string_equal(credit.reference, "A-2026-00001");
    assert_string_equal(credit.kind, "credit_note");
    assert_int_equal(credit.total_cents.cents, invoice.total_cents.cents);
    assert_int_equal(credit.vat_cents.cents, invoice.vat_cents.cents);
    assert_int_equal(credit.net_cents.cents + credit.vat_cents.cents, credit.total_cents.cents);
    assert_int_equal(billing_lines(tx, credit.id).count, 1);
    assert_int_equal(count_of(tx, "SELECT count(*) FROM job WHERE kind = 'make' AND what = 'avoir'"), 1);
    Invoice after;
    assert_true(billing_invoice(tx, invoice.id, &after));
    assert_string_equal(after.state, "invoice_cancelled_by_credit_note");
    assert_int_equal(after.total_cents.cents, invoice.total_cents.cents);
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_invoiced);
}

static void an_accepted_gap_settles(Tx *tx) {
    World w = invoiced(tx, (Terms){ "self", "vat_20", 0, 0 });
    Invoice invoice = invoice_of(tx, &w, 0);
    pay(tx, invoice.id, 167880, 167880, "a");
    Act accept = act(EVENT_accept_gap, STAFF, after_it(20));
    accept.reason = "frais bancaires";
    must(tx, story_fire(tx, THING(invoice, invoice.id), (Thing){ 0 }, accept));
    Invoice credit = credit_of(tx, &w, invoice.id);
    assert_int_equal(credit.total_cents.cents, 120);
    assert_int_equal(credit.vat_cents.cents, 20);
    assert_string_equal(invoice_of(tx, &w, 0).state, "invoice_paid");
    assert_int_equal(invoice_of(tx, &w, 0).settled_cents.cents, 168000);
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_paid);
}

/* ---- lists ---- */

static void lists_go_from_page_to_page(Tx *tx) {
    World w = invoiced(tx, MIXED);
    Invoices first = billing_list(tx, "", (InvoiceId){ 0 }, 1);
    assert_int_equal(first.count, 1);
    assert_string_equal(first.at[0].reference, "F-2026-00002");
    Invoices next = billing_list(tx, "invoice_sent", first.at[0].id, 5);
    assert_int_equal(next.count, 1);
    assert_string_equal(next.at[0].reference, "F-2026-00001");
    assert_int_equal(billing_open_invoices(tx, "", 10).count, 2);
    assert_int_equal(billing_open_invoices(tx, "salon CAM", 10).count, 1);
    assert_int_equal(billing_open_invoices(tx, "f-2026-00001", 10).count, 1);
    assert_int_equal(billing_list(tx, "invoice_paid", (InvoiceId){ 0 }, 5).count, 0);
    assert_int_equal(w.dossiers[0].value, next.at[0].dossier_id.value);
}

/* ---- two at once ---- */

/* Takes numbers in transactions of which every other one is given up. */
static int child_issues(const Db *db, int go) {
    enum { ROUNDS = 12 };
    AUTO_ARENA Arena *arena = arena_new();
    Db *own = test_db_again(db);
    char word;
    if (!own || read(go, &word, 1) != 1)
        return 1;
    for (int i = 0; i < ROUNDS; i++) {
        AUTO_TX Tx tx = db_begin(own, arena);
        int64_t number = session_next_number(&tx, "F-2026");
        db_run(&tx, arena_print(arena, "INSERT INTO setting (name, value) VALUES ('n%lld', '')",
                                (long long)number));
        if (i % 2 == 0 && !db_commit(&tx))
            return 1;
    }
    db_close(own);
    return 0;
}

static void no_number_is_lost_or_given_twice(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t d = 0; d < dbs.count; d++) {
        int go[2];
        assert_int_equal(pipe(go), 0);
        for (int i = 0; i < 2; i++) {
            pid_t child = fork();
            assert_true(child >= 0);
            if (child == 0)
                _exit(child_issues(dbs.at[d], go[0]));
        }
        assert_int_equal(write(go[1], "gg", 2), 2);
        for (int i = 0; i < 2; i++) {
            int status = 0;
            assert_true(wait(&status) > 0);
            assert_int_equal(status, 0);
        }
        AUTO_TX Tx tx = db_read(dbs.at[d], arena);
        assert_int_equal(count_of(&tx, "SELECT count(*) FROM setting WHERE name LIKE 'n%'"), 12);
        assert_int_equal(count_of(&tx, "SELECT number FROM series WHERE name = 'F-2026'"), 12);
        close(go[0]);
        close(go[1]);
        db_rollback(&tx);
        db_close(dbs.at[d]);
    }
}

int main(void) {
    static const struct {
        const char *name;
        Told told;
    } all[] = {
#define TOLD(function) { #function, function }
        TOLD(drafts_follow_the_circuit),
        TOLD(shares_and_missed_hours_are_told_apart),
        TOLD(refund_and_self_go_to_the_company),
        TOLD(the_company_owes_the_vat_on_the_whole),
        TOLD(drafted_anew_drops_the_former),
        TOLD(no_invoice_to_an_opco_that_does_not_pay_us),
        TOLD(nothing_leaves_without_number_or_mentions),
        TOLD(issued_with_number_date_and_payer),
        TOLD(seen_by_its_payer_alone),
        TOLD(payments_reach_the_total),
        TOLD(what_is_left_waits_for_review),
        TOLD(more_than_due_is_told),
        TOLD(a_draft_takes_no_money),
        TOLD(the_bank_takes_back),
        TOLD(taken_back_in_part),
        TOLD(cancelled_by_a_credit_note),
        TOLD(an_accepted_gap_settles),
        TOLD(lists_go_from_page_to_page),
    };
    enum { COUNT = sizeof all / sizeof *all };
    struct CMUnitTest tests[COUNT + 1] = { [COUNT] = cmocka_unit_test(no_number_is_lost_or_given_twice) };
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each_money, NULL, NULL,
                                        (void *)(uintptr_t)&all[i].told };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
