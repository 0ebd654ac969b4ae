#include "payout_store.h"

#include "crypt.h"
#include "date.h"
#include "money.h"
#include "payout_batch_store.h"
#include "payout_sql.h"
#include "text.h"
#include "trainer_store.h"

const char *payout_word(PayoutWord word) {
    static const char *const words[] = {
#define WORD(id, text) text,
#include "payout_words.def"
    };
    return words[word];
}

/* ---- reading ---- */

static Payout payout_from(const PayoutRow *row) {
    return (Payout){ .id = row->id,
                     .dossier_id = row->dossier_id,
                     .trainer_id = row->trainer_id,
                     .amount_cents = row->amount_cents,
                     .trainer_invoice_ref = row->trainer_invoice_ref,
                     .end_to_end = row->end_to_end,
                     .state = row->state,
                     .approved_by_account_id = row->approved_by_account_id,
                     .batch_id = row->batch_id };
}

static Payouts payouts_from(Tx *tx, PayoutRows rows) {
    Payouts all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Payout *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                              sizeof *all.at) = payout_from(&rows.at[i]);
    return all;
}

bool payout_get(Tx *tx, PayoutId payout_id, Payout *ret) {
    PayoutRow row;
    if (!payout_by_id(tx, payout_id, &row))
        return false;
    *ret = payout_from(&row);
    return true;
}

bool payout_of_dossier(Tx *tx, DossierId dossier_id, Payout *ret) {
    PayoutRow row;
    if (!payout_by_dossier(tx, dossier_id, &row))
        return false;
    *ret = payout_from(&row);
    return true;
}

Payouts payout_of_batch(Tx *tx, BatchId batch_id) { return payouts_from(tx, payouts_of_batch(tx, batch_id)); }
Payouts payout_of_trainer(Tx *tx, TrainerId trainer_id) {
    return payouts_from(tx, payouts_of_trainer(tx, trainer_id));
}
Payouts payout_list(Tx *tx, const char *state, int64_t most) {
    return payouts_from(tx,
                        text_is_empty(state) ? payouts_last(tx, most) : payouts_in_state(tx, state, most));
}

static Batch batch_from(const BatchRow *row) {
    return (Batch){ .id = row->id,
                    .reference = row->reference,
                    .sha256 = row->sha256,
                    .made_by = row->made_by,
                    .execute_on = row->execute_on,
                    .total_cents = row->total_cents,
                    .payout_count = row->payout_count,
                    .made_at = row->made_at };
}

Batches payout_batches(Tx *tx, int64_t most) {
    Batches all = { 0 };
    BatchRows rows = batches_last(tx, most);
    for (size_t i = 0; i < rows.count; i++)
        *(Batch *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                             sizeof *all.at) = batch_from(&rows.at[i]);
    return all;
}

bool payout_batch_get(Tx *tx, BatchId batch_id, Batch *ret, Bytes *ret_body) {
    BatchRow row;
    BatchBody body;
    if (!batch_by_id(tx, batch_id, &row) || (ret_body && !batch_body(tx, batch_id, &body)))
        return false;
    *ret = batch_from(&row);
    if (ret_body)
        *ret_body = body.body_blob;
    return true;
}

bool payout_batch_by_reference(Tx *tx, const char *reference, BatchId *ret) {
    BatchFound found;
    if (!batch_by_reference(tx, reference, &found))
        return false;
    *ret = found.id;
    return true;
}

/* ---- the needs ---- */

static bool has_iban(Tx *tx, TrainerId trainer_id) {
    Trainer trainer;
    return people_trainer(tx, trainer_id, &trainer) && !text_is_empty(trainer.iban) &&
           trainer.iban_verified_at.ms > 0;
}

static bool is_second(const Payout *payout, AccountId account_id) {
    return account_id.value && payout->approved_by_account_id.value &&
           account_id.value != payout->approved_by_account_id.value;
}

const char *payout_why_not(Tx *tx, const Payout *payout, AccountId account_id) {
    if (!has_iban(tx, payout->trainer_id))
        return story_need_message(IBAN_IS_VERIFIED);
    return is_second(payout, account_id) ? NULL : story_need_message(SECOND_PERSON_ACTS);
}

void payout_check(Tx *tx, PayoutId payout_id, const Act *act) {
    Payout payout;
    Thing thing = THING(payout, payout_id);
    if (!payout_get(tx, payout_id, &payout))
        return;
    story_tick(tx, thing, TRAINER_PAPERS_ARE_VALID,
               trainer_vigilance_is_valid(tx, payout.trainer_id, instant_date(act->now)), act->now);
    story_tick(tx, thing, IBAN_IS_VERIFIED, has_iban(tx, payout.trainer_id), act->now);
}

/* ---- acts ---- */

static Outcome refused(const char *why) { return (Outcome){ .why = why, .is_spoilt = true }; }

Outcome payout_approve(Tx *tx, PayoutId payout_id, const char *invoice_ref, Money invoice_amount,
                       const Act *act) {
    Payout payout;
    Thing thing = THING(payout, payout_id);
    Act accept = *act;
    accept.event = EVENT_trainer_invoice_ok;
    if (!payout_get(tx, payout_id, &payout))
        return refused(payout_word(PAYOUT_NO_PAYOUT));
    if (text_is_empty(invoice_ref))
        return refused(payout_word(PAYOUT_NO_REFERENCE));
    payout_check(tx, payout_id, act);
    bool matches = money_compare(invoice_amount, payout.amount_cents) == 0;
    story_tick(tx, thing, TRAINER_INVOICE_MATCHES, matches, act->now);
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, accept);
    if (outcome.done && !outcome.is_repeat)
        payout_accept(tx, invoice_ref, act->account_id, payout_id);
    story_tick(tx, thing, TRAINER_INVOICE_MATCHES, false, act->now);
    return outcome;
}

Outcome payout_executed(Tx *tx, PayoutId payout_id, const Act *act) {
    Act executed = *act;
    executed.event = EVENT_executed;
    executed.actor = act->actor == CLOCK ? CLOCK : BANK;
    return story_fire(tx, THING(payout, payout_id), (Thing){ 0 }, executed);
}

BatchId payout_batch_add(Tx *tx, const NewBatch *b, const Act *act) {
    return batch_insert(tx, b->reference, b->execute_on, b->total, b->count, crypt_sha256(tx->arena, b->body),
                        b->body, act->person ? act->person : "", act->now, b->key);
}

bool payout_batch_seen(Tx *tx, const char *key, BatchId *ret) {
    BatchFound found;
    if (!batch_seen(tx, key, &found))
        return false;
    *ret = found.id;
    return true;
}

Outcome payout_into(Tx *tx, const Payout *payout, BatchId batch_id, const char *end_to_end, const Act *act) {
    Thing thing = THING(payout, payout->id);
    Act ordered = *act;
    ordered.event = EVENT_in_batch;
    payout_check(tx, payout->id, act);
    story_tick(tx, thing, SECOND_PERSON_ACTS, is_second(payout, act->account_id), act->now);
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, ordered);
    story_tick(tx, thing, SECOND_PERSON_ACTS, false, act->now);
    if (outcome.done)
        payout_put(tx, batch_id, end_to_end, payout->id);
    return outcome;
}

/* ---- reactions ---- */

const char *payout_expect(Tx *tx, const Cause *cause) {
    SessionId session_id = { cause->root_id.value };
    Session session;
    if (!session_get(tx, session_id, &session))
        return NULL;
    Dossiers all = dossier_alive_of_session(tx, session_id);
    for (size_t i = 0; i < all.count; i++) {
        Payout known;
        Money fee = dossier_fee(tx, all.at[i].id);
        if (fee.cents <= 0 || payout_of_dossier(tx, all.at[i].id, &known))
            continue;
        PayoutId id = payout_insert(tx, all.at[i].id, session.trainer_id, fee);
        const char *why =
            story_born(tx, THING(payout, id), THING(dossier, all.at[i].id), EVENT_expected, &cause->act).why;
        if (why)
            return why;
    }
    return NULL;
}

/* A reaction that only tries: what has gone further stays. */
static const char *follow_if(Tx *tx, const Cause *cause, State from, Event event) {
    Payout payout;
    if (!payout_of_dossier(tx, (DossierId){ cause->thing.id.value }, &payout) ||
        story_where(tx, THING(payout, payout.id)) != from)
        return NULL;
    return story_follow(tx, THING(payout, payout.id), event, &cause->act).why;
}

const char *payout_release(Tx *tx, const Cause *cause) {
    Payout payout;
    const char *why = follow_if(tx, cause, STATE_payout_not_due, EVENT_due);
    if (!why && payout_of_dossier(tx, (DossierId){ cause->thing.id.value }, &payout))
        payout_check(tx, payout.id, &cause->act);
    return why;
}

const char *payout_drop(Tx *tx, const Cause *cause) {
    return follow_if(tx, cause, STATE_payout_not_due, EVENT_dropped);
}
