#include <stdlib.h>
#include <string.h>

#include "billing_pages.h"
#include "billing_part_pages.h"
#include "billing_payment_html.h"
#include "billing_words.h"
#include "date.h"
#include "frame.h"
#include "money.h"
#include "once_pages.h"
#include "story_pages.h"
#include "story_viewer.h"
#include "text.h"

enum { PAYMENTS_MOST = 100, NAME_LONGEST = 140, FACTS_MOST = 6 };

static const State tabs[] = { STATE_payment_to_review, STATE_payment_matched, STATE_payment_reversed,
                              STATE_payment_set_aside };

static Url payment_url(Arena *arena, PaymentId id) {
    return url_print(arena, "/g/encaissements/%ld", id.value);
}

static const char *label_of(const char *state) {
    State known = story_state_named(state);
    return known ? story_state(known)->label : "";
}

static void tab_views(Request *rq, const char *state, PaymentsView *view) {
    size_t count = sizeof tabs / sizeof tabs[0];
    StateTab *views = arena_zero(rq->arena, count + 1, sizeof *views);
    views[0] = (StateTab){ billing_word(BILLING_ALL_PAYMENTS), url_print(rq->arena, "/g/encaissements"),
                           !*state };
    for (size_t i = 0; i < count; i++) {
        const char *name = story_state_name(tabs[i]);
        views[i + 1] = (StateTab){ story_state(tabs[i])->label,
                                   url_print(rq->arena, "/g/encaissements?etat=%s", name),
                                   text_same(state, name) };
    }
    view->tabs = views;
    view->tab_count = count + 1;
}

static void row_views(Request *rq, Tx *tx, const char *state, PaymentsView *view) {
    Payments all = billing_payments(tx, state, PAYMENTS_MOST);
    PaymentRowView *rows = arena_zero(rq->arena, all.count + 1, sizeof *rows);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = (PaymentRowView){ .payer = all.at[i].payer_name,
                                    .bank_ref = all.at[i].bank_ref,
                                    .state = label_of(all.at[i].state),
                                    .received_on = all.at[i].received_on,
                                    .amount = all.at[i].amount_cents,
                                    .left = all.at[i].free_cents,
                                    .tone = billing_tone(all.at[i].state),
                                    .url = payment_url(rq->arena, all.at[i].id) };
    view->rows = rows;
    view->row_count = all.count;
}

static int status_of(const Form *form, const char *refusal) {
    return refusal ? 409 : form_ok(form) ? 200 : 422;
}

static void show_payments(Request *rq, Tx *tx, Form *form, const char *refusal) {
    State wanted = story_state_named(rq_query(rq, "etat"));
    const char *state = story_machine_of(wanted) == MACHINE_payment ? story_state_name(wanted) : "";
    PartViews parts = billing_part_views(tx, form, "", (Money){ 0 }, false);
    PaymentsView view = { .form = form, .refusal = refusal, .parts = parts.at, .part_count = parts.count };
    tab_views(rq, state, &view);
    row_views(rq, tx, state, &view);
    if (tx->error && !refusal) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_billing_payments(h, &view);
    page_send(rq, status_of(form, refusal),
              &(Page){ .title = billing_word(BILLING_T_PAYMENTS),
                       .body = h,
                       .is_dense = true,
                       .nav = "argent",
                       .form = form });
}

void billing_payments_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "received_on", date_text(rq->arena, rq->today));
    show_payments(rq, &tx, form, NULL);
}

/* The page again, from what stands in the store and not from what was tried. */
static void show_again(Request *rq, Tx *tried, Form *form, const char *refusal) {
    db_rollback(tried);
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    show_payments(rq, &tx, form, refusal);
}

void billing_payment_post(Request *rq) {
    Form *form = rq_form(rq);
    Parts parts = billing_parts_typed(rq, form);
    NewPayment payment = {
        .payer_name = form_text(form, "payer_name", billing_word(BILLING_L_PAYER), REQUIRED, NAME_LONGEST),
        .bank_ref = form_text(form, "bank_ref", billing_word(BILLING_L_BANK_REF), OPTIONAL, NAME_LONGEST),
        .received_on = form_date(form, "received_on", billing_word(BILLING_L_RECEIVED), REQUIRED),
        .amount = form_money(form, "amount", billing_word(BILLING_L_AMOUNT), REQUIRED),
        .parts = parts.at,
        .part_count = parts.count,
    };
    const char *why = NULL;
    if (!form_message(form, "amount") && payment.amount.cents <= 0)
        form_refuse(form, "amount", billing_word(BILLING_L_AMOUNT), billing_word(BILLING_NO_AMOUNT));
    if (payment.received_on.days > rq->today.days)
        form_refuse(form, "received_on", billing_word(BILLING_L_RECEIVED), billing_word(BILLING_FUTURE));
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (once_was_done(rq, &tx))
        return;
    if (!form_ok(form)) {
        show_again(rq, &tx, form, NULL);
        return;
    }
    Act act = story_act(rq, EVENT_recorded, STAFF);
    PaymentId id = billing_record(&tx, &payment, &act, &why);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why) {
        show_again(rq, &tx, form, why);
        return;
    }
    once_done(rq, &tx, payment_url(rq->arena, id));
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, billing_word(BILLING_SAID_RECORDED));
    reply_see(rq, payment_url(rq->arena, id));
}

/* One payment */

static bool payment_named(Request *rq, Tx *tx, Payment *ret) {
    const char *name = rq_param(rq, "payment");
    size_t digits = strspn(name, "0123456789");
    return digits && digits < 18 && !name[digits] &&
           billing_payment(tx, (PaymentId){ strtoll(name, NULL, 10) }, ret);
}

static void fact(PaymentView *view, SumLine *facts, BillingWord label, const char *value) {
    if (!text_is_empty(value))
        facts[view->fact_count++] = (SumLine){ .label = billing_word(label), .value = value };
}

static void fact_views(Arena *arena, const Payment *payment, PaymentView *view) {
    SumLine *facts = arena_zero(arena, FACTS_MOST, sizeof *facts);
    view->facts = facts;
    fact(view, facts, BILLING_L_PAYER, payment->payer_name);
    fact(view, facts, BILLING_L_AMOUNT, money_text(arena, payment->amount_cents));
    fact(view, facts, BILLING_L_RECEIVED, date_text(arena, payment->received_on));
    fact(view, facts, BILLING_L_BANK_REF, payment->bank_ref);
    fact(view, facts, BILLING_L_LEFT, money_text(arena, payment->free_cents));
    fact(view, facts, BILLING_L_RECORDED, payment->recorded_by);
}

static void money_views(Tx *tx, const Payment *payment, PaymentView *view) {
    Allocations all = billing_allocations(tx, (InvoiceId){ 0 }, payment->id);
    MoneyLineView *views = arena_zero(tx->arena, all.count + 1, sizeof *views);
    for (size_t i = 0; i < all.count; i++)
        views[i] = (MoneyLineView){
            .label = arena_print(tx->arena, billing_word(BILLING_T_INVOICE), all.at[i].reference),
            .about = "",
            .on = all.at[i].received_on,
            .amount = all.at[i].amount_cents,
            .url = url_print(tx->arena, "/factures/%ld", all.at[i].invoice_id.value),
        };
    view->money = views;
    view->money_count = all.count;
}

static void show_payment(Request *rq, Tx *tx, const Payment *payment, Form *form, const char *refusal) {
    static const Event own[] = { EVENT_match };
    bool is_open = text_same(payment->state, "payment_to_review");
    bool is_first = rq->method == METHOD_GET;
    PartViews parts = is_open ? billing_part_views(tx, form, payment->bank_ref, payment->free_cents, is_first)
                              : (PartViews){ 0 };
    ButtonViews acts = billing_acts(tx, THING(payment, payment->id), story_actors(rq->viewer), own, 1);
    PaymentView view = { .form = form,
                         .refusal = refusal,
                         .action = payment_url(rq->arena, payment->id),
                         .state = { .tone = billing_tone(payment->state), .text = label_of(payment->state) },
                         .parts = parts.at,
                         .part_count = parts.count,
                         .buttons = acts.at,
                         .button_count = acts.count,
                         .is_open = is_open };
    fact_views(rq->arena, payment, &view);
    money_views(tx, payment, &view);
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_billing_payment(h, &view);
    page_send(rq, status_of(form, refusal),
              &(Page){ .title = arena_print(rq->arena, billing_word(BILLING_T_PAYMENT), payment->payer_name),
                       .body = h,
                       .is_dense = true,
                       .nav = "argent",
                       .form = form,
                       .crumbs = { { billing_word(BILLING_T_PAYMENTS),
                                     url_print(rq->arena, "/g/encaissements") } } });
}

void billing_payment_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Payment payment;
    if (!payment_named(rq, &tx, &payment)) {
        reply_error(rq, 404, NULL);
        return;
    }
    show_payment(rq, &tx, &payment, form_empty(rq->arena, rq->today), NULL);
}

void billing_allocate_post(Request *rq) {
    Form *form = rq_form(rq);
    Parts parts = billing_parts_typed(rq, form);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Payment payment;
    if (!payment_named(rq, &tx, &payment)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Act act = story_act(rq, EVENT_match, STAFF);
    Outcome outcome = { 0 };
    if (form_ok(form))
        outcome = billing_allocate(&tx, payment.id, parts.at, parts.count, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx again = db_read(rq->db, rq->arena);
        show_payment(rq, &again, &payment, form, outcome.why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, billing_word(BILLING_SAID_PLACED));
    reply_see(rq, payment_url(rq->arena, payment.id));
}
