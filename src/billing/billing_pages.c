#include "billing_pages.h"

#include <stdlib.h>
#include <string.h>

#include "billing_invoice_html.h"
#include "billing_part_pages.h"
#include "billing_store.h"
#include "billing_words.h"
#include "date.h"
#include "document_store.h"
#include "frame.h"
#include "ident.h"
#include "money.h"
#include "story_viewer.h"
#include "text.h"

enum { PAGE_MOST = 50, FACTS_MOST = 12 };

static const State tabs[] = { STATE_invoice_draft,       STATE_invoice_sent,
                              STATE_invoice_overdue,     STATE_invoice_disputed,
                              STATE_invoice_partly_paid, STATE_invoice_paid,
                              STATE_invoice_overpaid,    STATE_invoice_cancelled_by_credit_note };

static const char *state_label(const Invoice *invoice) {
    State state = story_state_named(invoice->state);
    return state == STATE_UNBORN ? billing_word(BILLING_CREDIT) : story_state(state)->label;
}

static Money rest_of(const Invoice *invoice) {
    Money rest = money_sub(invoice->total_cents, invoice->settled_cents);
    bool is_dead = story_state_named(invoice->state) == STATE_UNBORN || rest.cents < 0;
    return is_dead ? (Money){ 0 } : rest;
}

static const char *name_of(Arena *arena, const Invoice *invoice) {
    if (!invoice->number)
        return billing_word(BILLING_T_DRAFT);
    bool is_credit = text_same(invoice->kind, "credit_note");
    return arena_print(arena, billing_word(is_credit ? BILLING_T_CREDIT : BILLING_T_INVOICE),
                       invoice->reference);
}

/* The list */

static StateTab *tab_views(Request *rq, const char *state, size_t *ret_count) {
    size_t count = sizeof tabs / sizeof tabs[0];
    StateTab *views = arena_zero(rq->arena, count + 1, sizeof *views);
    views[0] = (StateTab){ billing_word(BILLING_ALL), url_print(rq->arena, "/g/factures"), !*state };
    for (size_t i = 0; i < count; i++) {
        const char *name = story_state_name(tabs[i]);
        views[i + 1] = (StateTab){ story_state(tabs[i])->label,
                                   url_print(rq->arena, "/g/factures?etat=%s", name),
                                   text_same(state, name) };
    }
    *ret_count = count + 1;
    return views;
}

static InvoiceRowView row_view(Request *rq, Tx *tx, const Invoice *invoice) {
    Dossier dossier = { .reference = "" };
    dossier_get(tx, invoice->dossier_id, &dossier);
    return (InvoiceRowView){
        .reference = invoice->number ? invoice->reference : billing_word(BILLING_DRAFT),
        .payer = invoice->payer_name,
        .dossier = dossier.reference,
        .state = state_label(invoice),
        .due = date_is_none(invoice->due_on) ? "" : date_text(rq->arena, invoice->due_on),
        .url = url_print(rq->arena, "/factures/%ld", invoice->id.value),
        .dossier_url = url_print(rq->arena, "/dossiers/%s", dossier.reference),
        .tone = billing_tone(invoice->state),
        .total = invoice->total_cents,
        .rest = rest_of(invoice),
        .is_late = story_state_named(invoice->state) == STATE_invoice_overdue,
    };
}

static int64_t number_of(const char *s) {
    size_t digits = strspn(s, "0123456789");
    return digits && digits < 18 && !s[digits] ? strtoll(s, NULL, 10) : 0;
}

void billing_list_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    State wanted = story_state_named(rq_query(rq, "etat"));
    const char *state = story_machine_of(wanted) == MACHINE_invoice ? story_state_name(wanted) : "";
    Invoices all = billing_list(&tx, state, (InvoiceId){ number_of(rq_query(rq, "avant")) }, PAGE_MOST);
    InvoiceListView view = { 0 };
    InvoiceRowView *rows = arena_zero(rq->arena, all.count + 1, sizeof *rows);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = row_view(rq, &tx, &all.at[i]);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    view.rows = rows;
    view.row_count = all.count;
    view.tabs = tab_views(rq, state, &view.tab_count);
    if (all.count == PAGE_MOST)
        view.next = url_print(rq->arena, "/g/factures?etat=%s&avant=%ld", state,
                              all.at[all.count - 1].id.value);
    Html *h = page_html(rq);
    view_billing_list(h, &view);
    page_send(rq, 200,
              &(Page){ .title = billing_word(BILLING_T_LIST), .body = h, .is_dense = true, .nav = "argent" });
}

/* One invoice */

typedef struct FactLines {
    SumLine at[FACTS_MOST];
    size_t count;
} FactLines;

static void fact(FactLines *facts, BillingWord label, const char *value) {
    if (!text_is_empty(value) && facts->count < FACTS_MOST)
        facts->at[facts->count++] = (SumLine){ .label = billing_word(label), .value = value };
}

static FactLines *facts_of(Tx *tx, const Invoice *invoice, const Dossier *dossier) {
    Arena *arena = tx->arena;
    FactLines *facts = arena_zero(arena, 1, sizeof *facts);
    Session session = { .title = "" };
    Invoice corrected;
    session_get(tx, dossier->session_id, &session);
    fact(facts, BILLING_L_PAYER, invoice->payer_name);
    fact(facts, BILLING_L_DOSSIER, dossier->reference);
    fact(facts, BILLING_L_TRAINING, session.title);
    fact(facts, BILLING_L_FUNDER_REF, invoice->funder_ref);
    if (!date_is_none(invoice->issued_on))
        fact(facts, BILLING_L_ISSUED, date_text(arena, invoice->issued_on));
    if (!date_is_none(invoice->due_on))
        fact(facts, BILLING_L_DUE, date_text(arena, invoice->due_on));
    fact(facts, BILLING_L_TOTAL, money_text(arena, invoice->total_cents));
    if (invoice->settled_cents.cents)
        fact(facts, BILLING_L_SETTLED, money_text(arena, invoice->settled_cents));
    if (invoice->number && *invoice->state)
        fact(facts, BILLING_L_REST, money_text(arena, rest_of(invoice)));
    if (invoice->cancels_invoice_id.value && billing_invoice(tx, invoice->cancels_invoice_id, &corrected))
        fact(facts, BILLING_L_CANCELS, corrected.reference);
    return facts;
}

static void line_views(Tx *tx, const Invoice *invoice, InvoiceView *view) {
    InvoiceLines lines = billing_lines(tx, invoice->id);
    InvoiceLineView *views = arena_zero(tx->arena, lines.count + 1, sizeof *views);
    for (size_t i = 0; i < lines.count; i++)
        views[i] = (InvoiceLineView){ lines.at[i].label, lines.at[i].quantity_text,
                                      lines.at[i].unit_price_text, lines.at[i].net_cents };
    view->lines = views;
    view->line_count = lines.count;
}

/* What came in, and the credit notes that stand against it. */
static void money_views(Tx *tx, const Invoice *invoice, bool is_staff, InvoiceView *view) {
    Arena *arena = tx->arena;
    Allocations paid = billing_allocations(tx, invoice->id, (PaymentId){ 0 });
    Invoices others = billing_of_dossier(tx, invoice->dossier_id);
    MoneyLineView *views = arena_zero(arena, paid.count + others.count + 1, sizeof *views);
    size_t count = 0;
    for (size_t i = 0; i < paid.count; i++) {
        const Allocation *a = &paid.at[i];
        BillingWord word = a->amount_cents.cents < 0 ? BILLING_TAKEN_BACK : BILLING_RECEIVED_FROM;
        views[count++] = (MoneyLineView){
            .label = arena_print(arena, billing_word(word), a->payer_name),
            .about = is_staff ? a->bank_ref : "",
            .on = a->received_on,
            .amount = a->amount_cents,
            .url = is_staff ? url_print(arena, "/g/encaissements/%ld", a->payment_id.value) : (Url){ 0 },
        };
    }
    for (size_t i = 0; i < others.count; i++)
        if (others.at[i].cancels_invoice_id.value == invoice->id.value)
            views[count++] = (MoneyLineView){
                .label = name_of(arena, &others.at[i]),
                .about = "",
                .on = others.at[i].issued_on,
                .amount = others.at[i].total_cents,
                .url = url_print(arena, "/factures/%ld", others.at[i].id.value),
            };
    view->money = views;
    view->money_count = count;
}

static void doc_views(Tx *tx, const Invoice *invoice, InvoiceView *view) {
    Document document;
    bool is_credit = text_same(invoice->kind, "credit_note");
    DocLine *line = arena_zero(tx->arena, 1, sizeof *line);
    if (!document_of_invoice(tx, invoice->id, &document))
        return;
    *line = (DocLine){ .label = billing_word(is_credit ? BILLING_DOC_CREDIT : BILLING_DOC_INVOICE),
                       .url = url_print(tx->arena, "/documents/%ld", document.id.value) };
    view->docs = line;
    view->doc_count = 1;
}

static const char *vat_mention(const Invoice *invoice) {
    return text_same(invoice->vat_regime, "exempt_training")  ? billing_word(BILLING_VAT_EXEMPT)
           : text_same(invoice->vat_regime, "franchise_293b") ? billing_word(BILLING_VAT_FRANCHISE)
                                                              : NULL;
}

/* How to pay, for the one who still owes. */
static void pay_views(Tx *tx, const Invoice *invoice, InvoiceView *view) {
    Organisation *o = arena_zero(tx->arena, 1, sizeof *o);
    if (!invoice->number || rest_of(invoice).cents <= 0 || view->is_staff || !people_organisation(tx, o) ||
        story_is_dead(story_state_named(invoice->state)))
        return;
    view->iban = iban_text(tx->arena, o->iban);
    view->holder = text_is_empty(o->bank_name) ? o->name : o->bank_name;
}

static void act_views(Request *rq, Tx *tx, const Invoice *invoice, InvoiceView *view) {
    static const Event own[] = { EVENT_issue };
    if (!view->is_staff || !*invoice->state)
        return;
    ButtonViews acts = billing_acts(tx, THING(invoice, invoice->id), story_actors(rq->viewer), own, 1);
    view->buttons = acts.at;
    view->button_count = acts.count;
}

void billing_invoice_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Invoice invoice;
    Dossier dossier;
    if (!billing_seen_named(&tx, rq->viewer, rq_param(rq, "invoice"), &invoice) ||
        !dossier_get(&tx, invoice.dossier_id, &dossier)) {
        reply_error(rq, 404, NULL);
        return;
    }
    State state = story_state_named(invoice.state);
    FactLines *facts = facts_of(&tx, &invoice, &dossier);
    InvoiceView view = { .name = name_of(rq->arena, &invoice),
                         .intro = state ? story_state(state)->meaning : NULL,
                         .state = { .tone = billing_tone(invoice.state), .text = state_label(&invoice) },
                         .facts = facts->at,
                         .fact_count = facts->count,
                         .net = invoice.net_cents,
                         .vat = invoice.vat_cents,
                         .total = invoice.total_cents,
                         .has_vat = invoice.vat_cents.cents != 0,
                         .is_staff = rq->viewer->role == ROLE_STAFF,
                         .vat_mention = vat_mention(&invoice) };
    line_views(&tx, &invoice, &view);
    money_views(&tx, &invoice, view.is_staff, &view);
    doc_views(&tx, &invoice, &view);
    pay_views(&tx, &invoice, &view);
    act_views(rq, &tx, &invoice, &view);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_billing_invoice(h, &view);
    page_send(rq, 200,
              &(Page){ .title = view.name,
                       .body = h,
                       .nav = view.is_staff ? "argent" : "dossiers",
                       .crumbs = { { dossier.reference,
                                     url_print(rq->arena, "/dossiers/%s", dossier.reference) } } });
}
