/* What the trainer is owed: due when the payers have paid, approved by one, ordered by another. */
#include "payout_store.h"

#include "test_billing_store.h"

static const Terms SELF = { "self", "exempt_training", 0, 0 };

typedef struct Owed {
    World w;
    PayoutId id;
    AccountId first, second;
    TrainerId trainer_id;
} Owed;

static void set_payout_house(Db *db) {
    set_money_house(db);
    house.reactions[REACTION_release_payout] = payout_release;
    house.reactions[REACTION_drop_payout] = payout_drop;
    house.reactions[REACTION_expect_payout] = payout_expect;
}

static AccountId staff_named(Tx *tx, const char *name) {
    return people_account_add(tx,
                              &(Account){ .role = "staff",
                                          .first_name = name,
                                          .last_name = "Girard",
                                          .email = arena_print(tx->arena, "%s@ateliers.example", name),
                                          .phone = "",
                                          .is_active = true },
                              "", "", long_before());
}

static Act by(AccountId account_id, int days) {
    Act a = act(EVENT_trainer_invoice_ok, STAFF, after_it(days));
    a.account_id = account_id;
    return a;
}

static void iban(Tx *tx, TrainerId trainer_id, const char *number, bool is_verified) {
    Trainer trainer;
    assert_true(people_trainer(tx, trainer_id, &trainer));
    trainer.iban = number;
    trainer.bank_name = "NADIA BENALI";
    trainer.iban_verified_at = is_verified ? long_before() : (Instant){ 0 };
    trainer.iban_verified_by = is_verified ? "Thomas Girard" : "";
    assert_true(people_trainer_save(tx, &trainer));
}

static void vigilance(Tx *tx, TrainerId trainer_id) {
    db_run(tx, arena_print(tx->arena,
                           "INSERT INTO paper (trainer_id, kind, valid_from_on, valid_to_on, recorded_by,"
                           " recorded_at) VALUES (%lld, 'vigilance', %d, %d, '', 1)",
                           (long long)trainer_id.value, first_day().days - 30, first_day().days + 150));
}

/* Both payouts are foreseen; nobody has paid yet. */
static Owed expected(Tx *tx) {
    Owed o = { .w = invoiced(tx, SELF) };
    o.first = staff_named(tx, "Thomas");
    o.second = staff_named(tx, "Sophie");
    Session session;
    Payout payout;
    Cause cause = { .thing = THING(session, o.w.session_id),
                    .root_id = { o.w.session_id.value },
                    .act = act(EVENT_validate, CLOCK, after_it(1)) };
    assert_null(payout_expect(tx, &cause));
    assert_null(payout_expect(tx, &cause)); /* twice is once */
    assert_true(session_get(tx, o.w.session_id, &session));
    assert_true(payout_of_dossier(tx, o.w.dossiers[0], &payout));
    o.id = payout.id;
    o.trainer_id = session.trainer_id;
    return o;
}

static Owed due(Tx *tx) {
    Owed o = expected(tx);
    pay(tx, invoice_of(tx, &o.w, 0).id, 140000, 140000, "all");
    vigilance(tx, o.trainer_id);
    iban(tx, o.trainer_id, "FR1420041010050500013M02606", true);
    return o;
}

static Owed approved(Tx *tx) {
    Owed o = due(tx);
    Act a = by(o.first, 12);
    must(tx, payout_approve(tx, o.id, "N-7", (Money){ 66667 }, &a));
    return o;
}

static const char *state_of(Tx *tx, PayoutId id) {
    Payout payout;
    assert_true(payout_get(tx, id, &payout));
    return payout.state;
}

/* ---- due ---- */

static void the_fee_is_split_to_the_cent(Tx *tx) {
    Owed o = expected(tx);
    Payout other;
    assert_true(payout_of_dossier(tx, o.w.dossiers[1], &other));
    Payout own;
    assert_true(payout_get(tx, o.id, &own));
    assert_int_equal(own.amount_cents.cents, 66667);
    assert_int_equal(other.amount_cents.cents, 33333);
    assert_string_equal(own.state, "payout_not_due");
    assert_int_equal(count_of(tx, "SELECT count(*) FROM payout"), 2);
    assert_int_equal(payout_of_trainer(tx, o.trainer_id).count, 2);
}

static void due_when_all_payers_have_paid(Tx *tx) {
    Owed o = expected(tx);
    Act clock = act(EVENT_due, CLOCK, after_it(2));
    Outcome early = story_follow(tx, THING(payout, o.id), EVENT_due, &clock);
    assert_int_equal(early.missing, PAYERS_HAVE_PAID);
    InvoiceId invoice_id = invoice_of(tx, &o.w, 0).id;
    pay(tx, invoice_id, 139999, 139999, "a");
    assert_string_equal(state_of(tx, o.id), "payout_not_due");
    pay(tx, invoice_id, 1, 1, "b");
    assert_string_equal(state_of(tx, o.id), "payout_due");
}

static void frozen_when_the_bank_takes_back(Tx *tx) {
    Owed o = approved(tx);
    fire(tx, (Thing){ MACHINE_payment, { count_of(tx, "SELECT max(id) FROM payment") } }, EVENT_reject, BANK,
         after_it(15));
    assert_string_equal(state_of(tx, o.id), "payout_not_due");
}

static void dropped_with_its_dossier(Tx *tx) {
    Owed o = expected(tx);
    Payout other;
    assert_true(payout_of_dossier(tx, o.w.dossiers[1], &other));
    Cause cause = { .thing = THING(dossier, o.w.dossiers[1]),
                    .act = act(EVENT_cancelled, STAFF, after_it(2)) };
    assert_null(payout_drop(tx, &cause));
    assert_string_equal(state_of(tx, other.id), "payout_dropped");
    assert_string_equal(state_of(tx, o.id), "payout_not_due");
}

/* ---- approval ---- */

static void approved_when_papers_and_amount_are_right(Tx *tx) {
    Owed o = due(tx);
    Act a = by(o.first, 12);
    must_not(payout_approve(tx, o.id, "", (Money){ 66667 }, &a), "num\xc3\xa9ro");
    assert_int_equal(payout_approve(tx, o.id, "N-7", (Money){ 66666 }, &a).missing, TRAINER_INVOICE_MATCHES);
    Act late = by(o.first, 200);
    assert_int_equal(payout_approve(tx, o.id, "N-7", (Money){ 66667 }, &late).missing,
                     TRAINER_PAPERS_ARE_VALID);
    must(tx, payout_approve(tx, o.id, "N-7", (Money){ 66667 }, &a));
    Payout payout;
    assert_true(payout_get(tx, o.id, &payout));
    assert_string_equal(payout.state, "payout_approved");
    assert_string_equal(payout.trainer_invoice_ref, "N-7");
    assert_int_equal(payout.approved_by_account_id.value, o.first.value);
}

/* Taken back, then by the story's own door: no one goes round the check of the amount. */
static void no_other_door_approves(Tx *tx) {
    Owed o = approved(tx);
    Thing thing = THING(payout, o.id);
    fire(tx, thing, EVENT_take_back, STAFF, after_it(12));
    assert_int_equal(story_fire(tx, thing, (Thing){ 0 }, by(o.second, 12)).missing, TRAINER_INVOICE_MATCHES);
}

/* ---- the file ---- */

static BatchId order(Tx *tx, const Owed *o, AccountId account_id, int days, const char *key,
                     const char **ret_why) {
    Act a = by(account_id, 12);
    a.request_key = key;
    return payout_batch(tx, &o->id, 1, date_add(first_day(), days), &a, ret_why);
}

static void must_refuse(Tx *tx, const Owed *o, AccountId account_id, int days, const char *part) {
    const char *why = NULL;
    assert_int_equal(order(tx, o, account_id, days, NULL, &why).value, 0);
    if (!why || !strstr(why, part))
        fail_msg("%s", why ? why : "not refused");
    assert_int_equal(count_of(tx, "SELECT count(*) FROM batch"), 0);
}

static void refused_orders(Tx *tx) {
    Owed o = due(tx);
    must_refuse(tx, &o, o.second, 14, "pr\xc3\xaat");
    Act a = by(o.first, 12);
    must(tx, payout_approve(tx, o.id, "N-7", (Money){ 66667 }, &a));
    must_refuse(tx, &o, o.first, 14, "autre personne");
    must_refuse(tx, &o, (AccountId){ 0 }, 14, "autre personne");
    must_refuse(tx, &o, o.second, 11, "venir"); /* the day before */
    must_refuse(tx, &o, o.second, 18, "ouvr");  /* New Year's Day */
    must_refuse(tx, &o, o.second, 19, "ouvr");  /* Saturday */
    iban(tx, o.trainer_id, "FR1420041010050500013M02606", false);
    must_refuse(tx, &o, o.second, 14, "IBAN");
    iban(tx, o.trainer_id, "FR1420041010050500013M02607", true);
    must_refuse(tx, &o, o.second, 14, "IBAN");
    const char *why = NULL;
    assert_int_equal(payout_batch(tx, NULL, 0, date_add(first_day(), 14), &a, &why).value, 0);
    assert_non_null(strstr(why, "au moins un paiement"));
    /* the story's own door is closed to all: it makes no file */
    Act direct = by(o.second, 12);
    direct.event = EVENT_in_batch;
    assert_false(story_fire(tx, THING(payout, o.id), (Thing){ 0 }, direct).done);
}

static void the_file_is_what_the_bank_reads(Tx *tx) {
    Owed o = approved(tx);
    const char *why = NULL;
    Batch batch;
    Bytes body;
    Payout payout;
    BatchId id = order(tx, &o, o.second, 14, "k", &why);
    if (!id.value)
        fail_msg("%s", why);
    assert_true(order(tx, &o, o.second, 14, "k", &why).value == id.value); /* sent twice */
    assert_true(payout_batch_get(tx, id, &batch, &body));
    assert_string_equal(batch.reference, "V-2026-0001");
    assert_int_equal(batch.total_cents.cents, 66667);
    assert_int_equal(batch.payout_count, 1);
    assert_int_equal(strlen(batch.sha256), 64);
    assert_true(payout_get(tx, o.id, &payout));
    assert_string_equal(payout.state, "payout_in_file");
    Dossier dossier;
    assert_true(dossier_get(tx, o.w.dossiers[0], &dossier));
    assert_non_null(strstr(payout.end_to_end, dossier.reference));
    const char *xml = arena_copy_n(tx->arena, body.p, body.n);
    assert_non_null(strstr(xml, arena_print(tx->arena, "<EndToEndId>%s</EndToEndId>", payout.end_to_end)));
    assert_non_null(strstr(xml, "<MsgId>V-2026-0001</MsgId>"));
    assert_non_null(strstr(xml, ">666.67<"));
    const char *xsd = test_shared(tx->arena, "judges/data/iso20022/xsd/pain.001.001.09.xsd");
    if (xsd) {
        const char *path = arena_print(tx->arena, "%s/v.xml", test_folder(tx->arena));
        test_write(path, body.p, body.n);
        test_run(tx->arena,
                 (const char *const[]){ "xmllint", "--noout", "--nonet", "--schema", xsd, path, NULL });
    }
    assert_int_equal(payout_of_batch(tx, id).count, 1);
    BatchId found;
    assert_true(payout_batch_by_reference(tx, "V-2026-0001", &found));
}

static void executed_tells_the_trainer(Tx *tx) {
    Owed o = approved(tx);
    const char *why = NULL;
    Act a = by(o.second, 14);
    assert_true(order(tx, &o, o.second, 14, "k", &why).value > 0);
    must(tx, payout_executed(tx, o.id, &a));
    assert_string_equal(state_of(tx, o.id), "payout_paid");
    assert_int_equal(
        count_of(tx, "SELECT count(*) FROM job WHERE kind = 'mail' AND what = 'transfer_executed'"), 1);
    Lines lines = story_lines(tx, THING(payout, o.id));
    assert_string_equal(lines.at[lines.count - 1].whose, "bank");
}

/* The bank sends it back: another file, another reference, and again a second person. */
static void sent_back_it_leaves_under_another_reference(Tx *tx) {
    Owed o = approved(tx);
    const char *why = NULL;
    Payout first, second;
    assert_true(order(tx, &o, o.second, 14, "k", &why).value > 0);
    assert_true(payout_get(tx, o.id, &first));
    fire(tx, THING(payout, o.id), EVENT_rejected, BANK, after_it(15));
    payout_check(tx, o.id, &(Act){ .now = after_it(15) });
    fire(tx, THING(payout, o.id), EVENT_corrected, STAFF, after_it(15));
    assert_int_equal(order(tx, &o, o.first, 16, "l", &why).value, 0);
    assert_non_null(strstr(why, "autre personne"));
    why = NULL;
    assert_true(order(tx, &o, o.second, 16, "m", &why).value > 0);
    assert_true(payout_get(tx, o.id, &second));
    assert_string_not_equal(first.end_to_end, second.end_to_end);
    assert_int_equal(payout_batches(tx, 10).count, 2);
}

static void on_each_payout(void **state) {
    Told told = *(const Told *)*state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        set_payout_house(dbs.at[i]);
        {
            AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
            told(&tx);
            if (tx.error)
                fail_msg("%s", tx.error);
        }
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static const struct {
        const char *name;
        Told told;
    } all[] = {
#define TOLD(function) { #function, function }
        TOLD(the_fee_is_split_to_the_cent),
        TOLD(due_when_all_payers_have_paid),
        TOLD(frozen_when_the_bank_takes_back),
        TOLD(dropped_with_its_dossier),
        TOLD(approved_when_papers_and_amount_are_right),
        TOLD(no_other_door_approves),
        TOLD(refused_orders),
        TOLD(the_file_is_what_the_bank_reads),
        TOLD(executed_tells_the_trainer),
        TOLD(sent_back_it_leaves_under_another_reference),
    };
    enum { COUNT = sizeof all / sizeof *all };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each_payout, NULL, NULL,
                                        (void *)(uintptr_t)&all[i].told };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
