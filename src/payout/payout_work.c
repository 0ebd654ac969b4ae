#include <string.h>

#include "bank.h"
#include "date.h"
#include "money.h"
#include "payout_batch_store.h"
#include "text.h"

typedef struct Ordering {
    Tx *tx;
    const char *reference;
    Payout *payouts;
    Transfer *transfers;
    size_t count;
    Money total;
} Ordering;

/* NULL, or why this payout cannot leave. Its reference is that of session and dossier; one that the bank had
 * sent back leaves again under the number of the new file too. */
static const char *add(Ordering *o, PayoutId id, const Act *act) {
    Tx *tx = o->tx;
    Dossier dossier;
    Session session;
    Trainer trainer;
    Payout *p = &o->payouts[o->count];
    if (!payout_get(tx, id, p) || !dossier_get(tx, p->dossier_id, &dossier) ||
        !session_get(tx, dossier.session_id, &session) || !people_trainer(tx, p->trainer_id, &trainer))
        return payout_word(PAYOUT_NO_PAYOUT);
    if (!text_same(p->state, "payout_approved"))
        return payout_word(PAYOUT_NOT_APPROVED);
    const char *why = payout_why_not(tx, p, act->account_id);
    if (why)
        return why;
    const char *plain = arena_print(tx->arena, "%s/%s", session.reference, dossier.reference);
    bool again = !text_is_empty(p->end_to_end);
    const char *holder = !text_is_empty(trainer.bank_name) ? trainer.bank_name
                         : !text_is_empty(trainer.business)
                             ? trainer.business
                             : arena_print(tx->arena, "%s %s", trainer.first_name, trainer.last_name);
    o->transfers[o->count++] = (Transfer){
        .end_to_end_id = again ? arena_print(tx->arena, "%s/%s", dossier.reference, o->reference) : plain,
        .name = holder,
        .iban = trainer.iban,
        .bic = "",
        .amount = p->amount_cents,
        .remittance = arena_print(tx->arena, payout_word(PAYOUT_REMITTANCE), p->trainer_invoice_ref,
                                  dossier.reference)
    };
    o->total = money_add(o->total, p->amount_cents);
    return NULL;
}

static const char *judge_day(Date execute_on, const Act *act) {
    if (date_diff(execute_on, instant_date(act->now)) < 0)
        return payout_word(PAYOUT_PAST);
    return date_is_working(execute_on) ? NULL : payout_word(PAYOUT_NOT_WORKING);
}

static const char *collect(Ordering *o, const PayoutId *ids, size_t count, Date execute_on, const Act *act) {
    Arena *arena = o->tx->arena;
    const char *why = count ? judge_day(execute_on, act) : payout_word(PAYOUT_NOTHING);
    if (why)
        return why;
    int year, month, day;
    date_split(instant_date(act->now), &year, &month, &day);
    const char *series = arena_print(arena, "V-%d", year);
    o->reference = arena_print(arena, "%s-%04lld", series, (long long)session_next_number(o->tx, series));
    o->payouts = arena_zero(arena, count, sizeof *o->payouts);
    o->transfers = arena_zero(arena, count, sizeof *o->transfers);
    for (size_t i = 0; i < count && !why; i++)
        why = add(o, ids[i], act);
    return why;
}

static const char *write_file(const Ordering *o, Date execute_on, const Act *act, Bytes *ret) {
    Organisation organisation;
    const char *why = NULL;
    if (!people_organisation(o->tx, &organisation))
        return payout_word(PAYOUT_NO_PAYOUT);
    TransferOrder order = { .message_id = o->reference,
                            .made_at = act->now,
                            .execute_on = execute_on,
                            .name = text_is_empty(organisation.bank_name) ? organisation.name
                                                                          : organisation.bank_name,
                            .iban = organisation.iban,
                            .bic = organisation.bic,
                            .transfers = o->transfers,
                            .count = o->count };
    return bank_pain001(o->tx->arena, &order, ret, &why) ? NULL : why;
}

BatchId payout_batch(Tx *tx, const PayoutId *ids, size_t count, Date execute_on, const Act *act,
                     const char **ret_why) {
    Ordering o = { .tx = tx };
    Bytes body = { 0 };
    BatchId id = { 0 };
    const char *key = act->request_key ? arena_print(tx->arena, "%lld:%s", (long long)act->account_id.value,
                                                     act->request_key)
                                       : "";
    *ret_why = NULL;
    if (payout_batch_seen(tx, key, &id))
        return id;
    const char *why = collect(&o, ids, count, execute_on, act);
    if (!why)
        why = write_file(&o, execute_on, act, &body);
    if (!why)
        id = payout_batch_add(tx,
                              &(NewBatch){ .reference = o.reference,
                                           .key = key,
                                           .execute_on = execute_on,
                                           .total = o.total,
                                           .count = (int64_t)o.count,
                                           .body = body },
                              act);
    for (size_t i = 0; i < o.count && !why; i++)
        why = payout_into(tx, &o.payouts[i], id, o.transfers[i].end_to_end_id, act).why;
    *ret_why = why;
    return why ? (BatchId){ 0 } : id;
}
