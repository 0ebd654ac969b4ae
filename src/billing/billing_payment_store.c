#include <string.h>

#include "billing_sql.h"
#include "billing_weigh_store.h"
#include "date.h"
#include "jobs.h"
#include "money.h"
#include "text.h"

/* ---- reading ---- */

static Payment payment_from(const PaymentRow *row) {
    return (Payment){ .id = row->id,
                      .payer_name = row->payer_name,
                      .bank_ref = row->bank_ref,
                      .recorded_by = row->recorded_by,
                      .state = row->state,
                      .received_on = row->received_on,
                      .amount_cents = row->amount_cents,
                      .free_cents = row->free_cents,
                      .recorded_at = row->recorded_at };
}

bool billing_payment(Tx *tx, PaymentId payment_id, Payment *ret) {
    PaymentRow row;
    if (!payment_by_id(tx, payment_id, &row))
        return false;
    *ret = payment_from(&row);
    return true;
}

Payments billing_payments(Tx *tx, const char *state, int64_t most) {
    Payments all = { 0 };
    PaymentRows rows = text_is_empty(state) ? payments_last(tx, most) : payments_in_state(tx, state, most);
    for (size_t i = 0; i < rows.count; i++)
        *(Payment *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = payment_from(&rows.at[i]);
    return all;
}

Allocations billing_allocations(Tx *tx, InvoiceId invoice_id, PaymentId payment_id) {
    Allocations all = { 0 };
    AllocationRows rows = invoice_id.value ? allocations_of(tx, invoice_id)
                                           : allocations_of_payment(tx, payment_id);
    for (size_t i = 0; i < rows.count; i++)
        *(Allocation *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Allocation){
            .payment_id = rows.at[i].payment_id,
            .invoice_id = rows.at[i].invoice_id,
            .amount_cents = rows.at[i].amount_cents,
            .payer_name = rows.at[i].payer_name,
            .bank_ref = rows.at[i].bank_ref,
            .reference = rows.at[i].reference,
            .received_on = rows.at[i].received_on,
        };
    return all;
}

/* ---- an invoice against what came in ---- */

static bool is_settled(State state) { return state == STATE_invoice_paid || state == STATE_invoice_overpaid; }

static bool is_due(State state) {
    return state == STATE_invoice_sent || state == STATE_invoice_overdue ||
           state == STATE_invoice_partly_paid || state == STATE_invoice_settled_with_credit;
}

/* Money went back: the invoice is due again, and overdue at once when its day is past. */
static const char *reopen(Tx *tx, const Invoice *invoice, const Act *act) {
    Thing thing = THING(invoice, invoice->id);
    Instant from = instant_at(date_add(invoice->due_on, 1), 0);
    const char *why = story_follow(tx, thing, EVENT_reopened, act).why;
    if (!why)
        story_plan(tx, thing, EVENT_overdue, from.ms > act->now.ms ? from : act->now);
    return why;
}

const char *billing_weigh(Tx *tx, InvoiceId invoice_id, const Act *act) {
    Thing thing = THING(invoice, invoice_id);
    InvoiceSums sums;
    Invoice invoice;
    if (!billing_invoice(tx, invoice_id, &invoice) || !invoice_sums(tx, invoice_id, &sums))
        return billing_word(BILLING_NO_SUCH);
    Money settled = money_add(sums.paid_cents, sums.credit_cents);
    int reaches = money_compare(settled, invoice.total_cents);
    State state = story_where(tx, thing);
    const char *why = NULL;
    invoice_settled(tx, settled, invoice_id);
    story_tick(tx, thing, A_PAYMENT_IS_IN, settled.cents > 0, act->now);
    story_tick(tx, thing, PAYMENTS_REACH_TOTAL, reaches >= 0, act->now);
    if ((is_settled(state) && reaches < 0) || (state == STATE_invoice_partly_paid && settled.cents <= 0) ||
        (state == STATE_invoice_overpaid && reaches == 0))
        why = reopen(tx, &invoice, act);
    state = story_where(tx, thing);
    if (!why && reaches >= 0 && is_due(state))
        why = story_follow(tx, thing, EVENT_paid, act).why;
    else if (!why && reaches < 0 && settled.cents > 0 && is_due(state) && state != STATE_invoice_partly_paid)
        why = story_follow(tx, thing, EVENT_partly_paid, act).why;
    if (!why && reaches > 0 && story_where(tx, thing) == STATE_invoice_paid)
        why = story_follow(tx, thing, EVENT_overpaid, act).why;
    return why;
}

/* ---- payments ---- */

static bool takes_money(const Invoice *invoice) {
    State state = story_state_named(invoice->state);
    return text_same(invoice->kind, "invoice") &&
           (state == STATE_invoice_sent || state == STATE_invoice_partly_paid ||
            state == STATE_invoice_overdue || is_settled(state));
}

/* NULL when the parts fit into `free`; their sum in *ret_sum. */
static const char *judge_parts(Tx *tx, const Part *parts, size_t count, Money free, Money *ret_sum) {
    Money sum = { 0 };
    for (size_t i = 0; i < count; i++) {
        Invoice invoice;
        InvoiceFound locked;
        if (parts[i].amount.cents <= 0)
            return billing_word(BILLING_NO_AMOUNT);
        if (!invoice_lock(tx, parts[i].invoice_id, &locked) ||
            !billing_invoice(tx, parts[i].invoice_id, &invoice))
            return billing_word(BILLING_NO_SUCH);
        if (!takes_money(&invoice))
            return billing_word(BILLING_NOT_PAYABLE);
        if (parts[i].amount.cents > free.cents - sum.cents)
            return billing_word(BILLING_TOO_MUCH);
        sum = money_add(sum, parts[i].amount);
    }
    *ret_sum = sum;
    return NULL;
}

/* Writes the parts, weighs their invoices, and says whether the payment has found its place. */
static const char *place(Tx *tx, PaymentId id, const Part *parts, size_t count, Money rest, const char *key,
                         const Act *act) {
    for (size_t i = 0; i < count; i++)
        allocation_insert(tx, id, parts[i].invoice_id, parts[i].amount, key, act->now);
    payment_free(tx, rest, id);
    for (size_t i = 0; i < count; i++) {
        const char *why = billing_weigh(tx, parts[i].invoice_id, act);
        if (why)
            return why;
    }
    story_tick(tx, THING(payment, id), PAYMENT_IS_ALLOCATED, rest.cents == 0, act->now);
    return NULL;
}

static const char *own_key(Tx *tx, const Act *act) {
    return act->request_key
               ? arena_print(tx->arena, "%lld:%s", (long long)act->account_id.value, act->request_key)
               : "";
}

PaymentId billing_record(Tx *tx, const NewPayment *p, const Act *act, const char **ret_why) {
    const char *key = own_key(tx, act);
    PaymentFound found;
    Money sum = { 0 };
    if (payment_seen(tx, key, &found))
        return found.id;
    *ret_why = p->amount.cents <= 0 ? billing_word(BILLING_NO_AMOUNT)
                                    : judge_parts(tx, p->parts, p->part_count, p->amount, &sum);
    if (*ret_why)
        return (PaymentId){ 0 };
    PaymentId id = payment_insert(tx, p->payer_name ? p->payer_name : "", p->bank_ref ? p->bank_ref : "",
                                  p->received_on, p->amount, act->person ? act->person : "", act->now, key);
    Thing thing = THING(payment, id);
    Act recorded = *act;
    recorded.event = EVENT_recorded;
    recorded.actor = act->actor == CLOCK ? CLOCK : STAFF;
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, recorded);
    *ret_why = outcome.why;
    Money rest = money_sub(p->amount, sum);
    if (!*ret_why)
        *ret_why = place(tx, id, p->parts, p->part_count, rest, key, act);
    if (!*ret_why)
        *ret_why = story_follow(tx, thing, rest.cents ? EVENT_unmatched : EVENT_match, act).why;
    return *ret_why ? (PaymentId){ 0 } : id;
}

static Outcome refused(const char *why) { return (Outcome){ .why = why, .is_spoilt = true }; }

Outcome billing_allocate(Tx *tx, PaymentId payment_id, const Part *parts, size_t count, const Act *act) {
    PaymentFound locked;
    AllocationFound seen;
    Payment payment;
    Money sum = { 0 };
    const char *key = own_key(tx, act);
    if (!payment_lock(tx, payment_id, &locked) || !billing_payment(tx, payment_id, &payment))
        return refused(billing_word(BILLING_NO_PAYMENT));
    if (allocation_seen(tx, payment_id, key, &seen))
        return (Outcome){ .done = true, .is_repeat = true };
    if (!text_same(payment.state, "payment_to_review"))
        return refused(billing_word(BILLING_NO_PAYMENT));
    const char *why = count ? judge_parts(tx, parts, count, payment.free_cents, &sum)
                            : billing_word(BILLING_NO_PART);
    Money rest = money_sub(payment.free_cents, sum);
    if (!why)
        why = place(tx, payment_id, parts, count, rest, key, act);
    if (why)
        return refused(why);
    if (rest.cents)
        return (Outcome){ .done = true };
    Act match = *act;
    match.event = EVENT_match;
    match.actor = STAFF;
    return story_fire(tx, THING(payment, payment_id), (Thing){ 0 }, match);
}

/* ---- reactions ---- */

const char *billing_settle(Tx *tx, const Cause *cause) {
    Invoice invoice;
    if (!billing_invoice(tx, (InvoiceId){ cause->thing.id.value }, &invoice))
        return billing_word(BILLING_NO_SUCH);
    return billing_try(tx, THING(dossier, invoice.dossier_id), EVENT_paid_in_full, &cause->act);
}

/* The dossier is due again and the trainer waits; what has left for the bank cannot be held back. */
static const char *unsettle_dossier(Tx *tx, DossierId dossier_id, const Act *act) {
    const char *why = billing_try(tx, THING(dossier, dossier_id), EVENT_reopened, act);
    PayoutStandings payouts = payouts_of_dossier(tx, dossier_id);
    for (size_t i = 0; i < payouts.count && !why; i++)
        why = billing_try(tx, (Thing){ MACHINE_payout, payouts.at[i].thing_id }, EVENT_frozen, act);
    return why;
}

const char *billing_reverse(Tx *tx, const Cause *cause) {
    PaymentId payment_id = { cause->thing.id.value };
    AllocationSums sums = allocations_by_invoice(tx, payment_id);
    payment_free(tx, (Money){ 0 }, payment_id);
    story_tick(tx, cause->thing, PAYMENT_IS_ALLOCATED, false, cause->act.now);
    for (size_t i = 0; i < sums.count; i++) {
        InvoiceId invoice_id = sums.at[i].invoice_id;
        Invoice invoice;
        if (!sums.at[i].allocated_cents.cents)
            continue;
        allocation_insert(tx, payment_id, invoice_id, money_sub((Money){ 0 }, sums.at[i].allocated_cents), "",
                          cause->act.now);
        const char *why = billing_weigh(tx, invoice_id, &cause->act);
        if (!why && billing_invoice(tx, invoice_id, &invoice) &&
            !is_settled(story_where(tx, THING(invoice, invoice_id))))
            why = unsettle_dossier(tx, invoice.dossier_id, &cause->act);
        if (why)
            return why;
    }
    return NULL;
}

/* ---- credit notes ---- */

static InvoiceId add_credit(Tx *tx, const Invoice *invoice, Money amount, const Act *act) {
    Money vat = billing_vat_of(amount, invoice->vat_cents, invoice->total_cents);
    Date today = instant_date(act->now);
    int year, month, day;
    date_split(today, &year, &month, &day);
    const char *series = arena_print(tx->arena, "A-%d", year);
    int64_t number = session_next_number(tx, series);
    return invoice_insert(tx, invoice->dossier_id, "credit_note", number,
                          arena_print(tx->arena, "%s-%05lld", series, (long long)number), series, invoice->id,
                          invoice->payer_kind, invoice->funder_code, invoice->payer_name,
                          invoice->payer_address, invoice->payer_siren, invoice->payer_email,
                          invoice->funder_ref, money_sub(amount, vat), vat, amount, invoice->vat_bp,
                          invoice->vat_regime, today, (Date){ 0 }, act->now);
}

static void make_paper(Tx *tx, InvoiceId credit_id, Instant now) {
    jobs_add(tx, &(NewJob){ .kind = "make",
                            .what = "avoir",
                            .who = "",
                            .machine = "invoice",
                            .thing_id = { credit_id.value },
                            .chain = "",
                            .job_key = arena_print(tx->arena, "avoir:%lld", (long long)credit_id.value),
                            .due_at = now });
}

const char *billing_credit(Tx *tx, const Cause *cause) {
    InvoiceId invoice_id = { cause->thing.id.value };
    Invoice invoice;
    InvoiceSums sums;
    if (!billing_invoice(tx, invoice_id, &invoice) || !invoice_sums(tx, invoice_id, &sums))
        return billing_word(BILLING_NO_SUCH);
    bool is_gap = cause->act.event == EVENT_accept_gap;
    Money credited = is_gap ? money_add(sums.paid_cents, sums.credit_cents) : sums.credit_cents;
    Money amount = money_sub(invoice.total_cents, credited);
    if (amount.cents <= 0)
        return billing_word(BILLING_NOTHING_LEFT);
    InvoiceId credit_id = add_credit(tx, &invoice, amount, &cause->act);
    Money net = money_sub(amount, billing_vat_of(amount, invoice.vat_cents, invoice.total_cents));
    invoice_line_insert(tx, credit_id,
                        arena_print(tx->arena, billing_word(is_gap ? BILLING_LINE_GAP : BILLING_LINE_CANCEL),
                                    invoice.reference),
                        billing_word(BILLING_LUMP), money_text(tx->arena, net), net);
    make_paper(tx, credit_id, cause->act.now);
    if (is_gap)
        return billing_weigh(tx, invoice_id, &cause->act);
    invoice_settled(tx, money_add(money_add(sums.paid_cents, sums.credit_cents), amount), invoice_id);
    return billing_try(tx, THING(dossier, invoice.dossier_id), EVENT_paid_in_full, &cause->act);
}
