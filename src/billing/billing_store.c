#include "billing_store.h"

#include <stdlib.h>
#include <string.h>

#include "attendance_store.h"
#include "billing_sql.h"
#include "billing_weigh_store.h"
#include "date.h"
#include "directory_store.h"
#include "money.h"
#include "text.h"

enum { DUE_DAYS = 30, SIREN_DIGITS = 9 };

const char *billing_word(BillingWord word) {
    static const char *const words[] = {
#define WORD(id, text) text,
#include "billing.def"
    };
    return words[word];
}

/* ---- reading ---- */

static Invoice invoice_from(const InvoiceRow *row) {
    return (Invoice){ .id = row->id,
                      .cancels_invoice_id = row->cancels_invoice_id,
                      .dossier_id = row->dossier_id,
                      .kind = row->kind,
                      .reference = row->reference,
                      .payer_kind = row->payer_kind,
                      .funder_code = row->funder_code,
                      .payer_name = row->payer_name,
                      .payer_address = row->payer_address,
                      .payer_siren = row->payer_siren,
                      .payer_email = row->payer_email,
                      .funder_ref = row->funder_ref,
                      .vat_regime = row->vat_regime,
                      .state = row->state,
                      .number = row->number,
                      .vat_bp = row->vat_bp,
                      .net_cents = row->net_cents,
                      .vat_cents = row->vat_cents,
                      .total_cents = row->total_cents,
                      .settled_cents = row->settled_cents,
                      .issued_on = row->issued_on,
                      .due_on = row->due_on };
}

static Invoices invoices_from(Tx *tx, InvoiceRows rows) {
    Invoices all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Invoice *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = invoice_from(&rows.at[i]);
    return all;
}

bool billing_invoice(Tx *tx, InvoiceId invoice_id, Invoice *ret) {
    InvoiceRow row;
    if (!invoice_by_id(tx, invoice_id, &row))
        return false;
    *ret = invoice_from(&row);
    return true;
}

bool billing_seen(Tx *tx, const Viewer *viewer, InvoiceId invoice_id, Invoice *ret) {
    Invoice invoice;
    Dossier dossier;
    if (!billing_invoice(tx, invoice_id, &invoice))
        return false;
    bool was_sent = invoice.number > 0 && story_state_named(invoice.state) != STATE_invoice_issued;
    bool is_theirs = viewer->role == ROLE_COMPANY && text_same(invoice.payer_kind, "company") && was_sent &&
                     dossier_seen_id(tx, viewer, invoice.dossier_id, &dossier);
    if (viewer->role != ROLE_STAFF && !is_theirs)
        return false;
    *ret = invoice;
    return true;
}

bool billing_seen_named(Tx *tx, const Viewer *viewer, const char *name, Invoice *ret) {
    InvoiceFound found;
    if (invoice_by_reference(tx, name, &found))
        return billing_seen(tx, viewer, found.id, ret);
    size_t digits = strspn(name, "0123456789");
    return digits && !name[digits] && digits < 18 &&
           billing_seen(tx, viewer, (InvoiceId){ strtoll(name, NULL, 10) }, ret);
}

Invoices billing_of_dossier(Tx *tx, DossierId dossier_id) {
    return invoices_from(tx, invoices_of_dossier(tx, dossier_id));
}

Invoices billing_list(Tx *tx, const char *state, InvoiceId before, int64_t most) {
    if (!before.value)
        before.value = INT64_MAX;
    return invoices_from(tx, text_is_empty(state) ? invoices_before(tx, before, most)
                                                  : invoices_in_state(tx, state, before, most));
}

Invoices billing_open_invoices(Tx *tx, const char *search, int64_t most) {
    return invoices_from(tx, invoices_open(tx, search ? search : "", most));
}

InvoiceLines billing_lines(Tx *tx, InvoiceId invoice_id) {
    InvoiceLines all = { 0 };
    InvoiceLineRows rows = invoice_lines_of(tx, invoice_id);
    for (size_t i = 0; i < rows.count; i++)
        *(InvoiceLine *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (InvoiceLine){
            .label = rows.at[i].label,
            .quantity_text = rows.at[i].quantity_text,
            .unit_price_text = rows.at[i].unit_price_text,
            .net_cents = rows.at[i].net_cents,
        };
    return all;
}

const char *billing_try(Tx *tx, Thing thing, Event event, const Act *because) {
    Facts facts = story_facts(tx, thing);
    Verdict verdict = story_judge(&facts, event, CLOCK);
    if (!verdict.move || verdict.missing)
        return NULL;
    return story_follow(tx, thing, event, because).why;
}

/* ---- who pays ---- */

static Payer funder_payer(Tx *tx, const Plan *plan) {
    Funder funder;
    if (!directory_funder(tx, plan->funder_code, &funder))
        return (Payer){ "funder", plan->funder_code, "", "", "", "", plan->file_number };
    const char *name = text_is_empty(funder.official_name) ? funder.name : funder.official_name;
    return (Payer){ "funder",         plan->funder_code, name, "", funder.siren, funder.invoice_email,
                    plan->file_number };
}

Payer billing_payer(Tx *tx, const Dossier *dossier, const char *kind, const Plan *plan) {
    Company company;
    if (text_same(kind, "funder"))
        return funder_payer(tx, plan);
    if (!people_company(tx, dossier->company_id, &company))
        return (Payer){ "company", "", "", "", "", "", "" };
    return (Payer){ .kind = "company",
                    .funder_code = "",
                    .name = company.name,
                    .address = arena_print(tx->arena, "%s, %s %s", company.address, company.postcode,
                                           company.city),
                    .siren = arena_copy_n(tx->arena, company.siret, SIREN_DIGITS),
                    .email = company.email,
                    .funder_ref = plan->file_number };
}

/* ---- drafting ---- */

typedef struct Drafting {
    Tx *tx;
    Dossier dossier;
    Session session;
    Plan plan;
    Split split;
    Organisation organisation;
    size_t people;
    const Act *act;
} Drafting;

static bool drafting_of(Tx *tx, DossierId dossier_id, bool is_company_alone, const Act *act, Drafting *ret) {
    Drafting d = { .tx = tx, .act = act };
    if (!dossier_get(tx, dossier_id, &d.dossier) || !session_get(tx, d.dossier.session_id, &d.session) ||
        !people_organisation(tx, &d.organisation))
        return false;
    if (is_company_alone)
        d.plan = (Plan){ .circuit = "self",
                         .funder_code = "",
                         .file_number = "",
                         .shares = { { 0 }, d.dossier.price_cents } };
    else if (!funding_plan(tx, dossier_id, &d.plan))
        return false;
    Participants people = dossier_participants(tx, dossier_id);
    d.people = people.count;
    SplitCase one = { .circuit = d.plan.circuit,
                      .vat_regime = d.organisation.vat_regime,
                      .price = d.dossier.price_cents,
                      .funder = d.plan.shares.funder,
                      .planned_minutes = d.session.duration_minutes * (int64_t)people.count };
    for (size_t i = 0; i < people.count; i++)
        one.attended_minutes += attendance_minutes(tx, people.at[i].id);
    d.split = billing_split(&one);
    *ret = d;
    return true;
}

static const char *filled(const Drafting *d, BillingWord word) {
    return arena_print(d->tx->arena, billing_word(word), d->session.title);
}

static void add_line(const Drafting *d, InvoiceId id, const char *label, Money net, bool is_whole) {
    Arena *arena = d->tx->arena;
    const char *quantity = billing_word(BILLING_LUMP), *unit = money_text(arena, net);
    if (is_whole && d->people && net.cents % (int64_t)d->people == 0) {
        quantity = arena_print(arena, billing_word(BILLING_QUANTITY), (int)d->people,
                               billing_word(d->people > 1 ? BILLING_PARTICIPANTS : BILLING_PARTICIPANT),
                               minutes_hours(arena, d->session.duration_minutes));
        unit = money_text(arena, (Money){ net.cents / (int64_t)d->people });
    }
    invoice_line_insert(d->tx, id, label, quantity, unit, net);
}

static InvoiceId add_draft(const Drafting *d, const char *kind, const Bill *bill) {
    Payer p = billing_payer(d->tx, &d->dossier, kind, &d->plan);
    return invoice_insert(d->tx, d->dossier.id, "invoice", 0, "", "", (InvoiceId){ 0 }, p.kind, p.funder_code,
                          p.name, p.address, p.siren, p.email, p.funder_ref, bill->net, bill->vat,
                          bill->total, bill->vat_bp, d->organisation.vat_regime, (Date){ 0 }, (Date){ 0 },
                          d->act->now);
}

static void born(const Drafting *d, InvoiceId id) {
    story_born(d->tx, THING(invoice, id), THING(dossier, d->dossier.id), EVENT_drafted, d->act);
}

static void draft_funder(const Drafting *d) {
    const Split *s = &d->split;
    bool is_whole = money_compare(s->funder_net, d->dossier.price_cents) == 0;
    if (s->funder.total.cents <= 0)
        return;
    InvoiceId id = add_draft(d, "funder", &s->funder);
    add_line(d, id, filled(d, is_whole ? BILLING_LINE_TRAINING : BILLING_LINE_FUNDER), s->funder_net,
             is_whole);
    born(d, id);
}

static void draft_company(const Drafting *d) {
    const Split *s = &d->split;
    Arena *arena = d->tx->arena;
    bool shares = s->funder_net.cents > 0;
    if (s->company.total.cents <= 0)
        return;
    InvoiceId id = add_draft(d, "company", &s->company);
    if (s->company_net.cents > 0)
        add_line(d, id, filled(d, shares ? BILLING_LINE_SHARE : BILLING_LINE_TRAINING), s->company_net,
                 !shares && s->company_missed.cents == 0);
    if (s->company_missed.cents > 0)
        add_line(d, id, billing_word(BILLING_LINE_MISSED), s->company_missed, false);
    if (shares && s->company.vat.cents > 0)
        add_line(d, id,
                 arena_print(arena, billing_word(BILLING_LINE_VAT), money_text(arena, s->funder_net),
                             money_text(arena, d->dossier.price_cents)),
                 (Money){ 0 }, false);
    born(d, id);
}

static bool is_draft(const Invoice *invoice) { return text_same(invoice->state, "invoice_draft"); }

static void drop_drafts(Tx *tx, DossierId dossier_id, const Act *because) {
    Invoices all = billing_of_dossier(tx, dossier_id);
    for (size_t i = 0; i < all.count; i++)
        if (is_draft(&all.at[i]))
            story_follow(tx, THING(invoice, all.at[i].id), EVENT_dropped, because);
}

static const char *draft(Tx *tx, const Cause *cause, bool is_company_alone) {
    DossierId dossier_id = { cause->thing.id.value };
    Drafting d;
    drop_drafts(tx, dossier_id, &cause->act);
    if (!drafting_of(tx, dossier_id, is_company_alone, &cause->act, &d))
        return billing_word(BILLING_NO_PLAN);
    draft_funder(&d);
    draft_company(&d);
    billing_check(tx, dossier_id, cause->act.now);
    return NULL;
}

const char *billing_draft(Tx *tx, const Cause *cause) { return draft(tx, cause, false); }

const char *billing_rebill(Tx *tx, const Cause *cause) { return draft(tx, cause, true); }

/* ---- checking ---- */

static bool has_mentions(const Organisation *o) {
    return !text_is_empty(o->name) && !text_is_empty(o->siret) && !text_is_empty(o->address) &&
           !text_is_empty(o->nda) && !text_is_empty(o->iban) &&
           (!text_same(o->vat_regime, "vat_20") || !text_is_empty(o->vat_number));
}

static bool is_complete(Tx *tx, const Dossier *dossier, const Invoice *invoice, const Plan *plan) {
    Organisation organisation;
    Payer payer = billing_payer(tx, dossier, invoice->payer_kind, plan);
    bool funder = text_same(invoice->payer_kind, "funder");
    return people_organisation(tx, &organisation) && has_mentions(&organisation) &&
           !text_is_empty(payer.name) && (funder || !text_is_empty(payer.address)) &&
           (!funder || !text_is_empty(payer.funder_ref)) && invoice->total_cents.cents > 0 &&
           billing_lines(tx, invoice->id).count > 0;
}

static bool circuit_allows(const Invoice *invoice, const Plan *plan) {
    return !text_same(invoice->payer_kind, "funder") || text_same(plan->circuit, "direct") ||
           text_same(plan->circuit, "mixed");
}

/* Late agreements have no plan: then the company pays all. */
static Plan plan_of(Tx *tx, DossierId dossier_id) {
    Plan plan = { .circuit = "self", .funder_code = "", .file_number = "" };
    funding_plan(tx, dossier_id, &plan);
    return plan;
}

void billing_check(Tx *tx, DossierId dossier_id, Instant now) {
    Dossier dossier;
    if (!dossier_get(tx, dossier_id, &dossier))
        return;
    Plan plan = plan_of(tx, dossier_id);
    Invoices all = billing_of_dossier(tx, dossier_id);
    size_t drafts = 0, ready = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (!is_draft(&all.at[i]))
            continue;
        bool allowed = circuit_allows(&all.at[i], &plan);
        story_tick(tx, THING(invoice, all.at[i].id), CIRCUIT_ALLOWS_PAYER, allowed, now);
        drafts++;
        ready += allowed && is_complete(tx, &dossier, &all.at[i], &plan);
    }
    story_tick(tx, THING(dossier, dossier_id), INVOICES_ARE_READY, drafts > 0 && ready == drafts, now);
}

/* ---- issuing ---- */

static const char *issue_one(Tx *tx, const Dossier *dossier, const Invoice *invoice, const Plan *plan,
                             const Act *because) {
    Thing thing = THING(invoice, invoice->id);
    Date today = instant_date(because->now), due = date_add(today, DUE_DAYS);
    int year, month, day;
    date_split(today, &year, &month, &day);
    if (!is_complete(tx, dossier, invoice, plan))
        return billing_word(BILLING_NOT_READY);
    const char *series = arena_print(tx->arena, "F-%d", year);
    int64_t number = session_next_number(tx, series);
    Payer p = billing_payer(tx, dossier, invoice->payer_kind, plan);
    invoice_issue(tx, number, arena_print(tx->arena, "%s-%05lld", series, (long long)number), series, p.name,
                  p.address, p.siren, p.email, p.funder_ref, today, due, invoice->id);
    story_tick(tx, thing, INVOICE_IS_COMPLETE, true, because->now);
    story_tick(tx, thing, CIRCUIT_ALLOWS_PAYER, circuit_allows(invoice, plan), because->now);
    story_dates(tx, thing, (Date){ 0 }, (Date){ 0 }, due, because->now);
    Outcome outcome = story_follow(tx, thing, EVENT_issue, because);
    if (outcome.done)
        outcome = story_follow(tx, thing, EVENT_send, because);
    if (outcome.done)
        story_plan(tx, thing, EVENT_overdue, instant_at(date_add(due, 1), 0));
    return outcome.done ? NULL : outcome.why;
}

const char *billing_issue(Tx *tx, const Cause *cause) {
    DossierId dossier_id = { cause->thing.id.value };
    Dossier dossier;
    if (!dossier_get(tx, dossier_id, &dossier))
        return billing_word(BILLING_NOT_READY);
    Plan plan = plan_of(tx, dossier_id);
    Invoices all = billing_of_dossier(tx, dossier_id);
    for (size_t i = 0; i < all.count; i++) {
        const char *why = is_draft(&all.at[i]) ? issue_one(tx, &dossier, &all.at[i], &plan, &cause->act)
                                               : NULL;
        if (why)
            return why;
    }
    return NULL;
}
