#include "billing_paper.h"

#include <string.h>

#include "attendance_store.h"
#include "billing_words.h"
#include "date.h"
#include "directory_store.h"
#include "dossier_paper.h"
#include "ident.h"
#include "money.h"
#include "text.h"

static const char *const shared[] = {
#define FIELD(name, ...) #name,
#define LIST_FIELD(...)
#include "fields.def"
#undef FIELD
#undef LIST_FIELD
};

Subjects billing_paper_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    Subjects all = { 0 };
    Invoice invoice;
    if (!text_same(machine, "invoice") || !billing_invoice(tx, (InvoiceId){ thing_id.value }, &invoice))
        return all;
    const char *stem = text_same(invoice.kind, "credit_note") ? "avoir" : "facture";
    *(Subject *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Subject){
        .dossier_id = invoice.dossier_id,
        .invoice_id = invoice.id,
        .file_name = arena_print(tx->arena, "%s-%s.pdf", stem, invoice.reference),
    };
    return all;
}

/* "14 décembre 2026" */
static const char *day(Arena *arena, Date d) {
    int year, month, number;
    if (date_is_none(d))
        return "";
    date_split(d, &year, &month, &number);
    return arena_print(arena, "%s %d", date_day_month(arena, d), year);
}

/* All that the dossier says, without its lines and participants: an invoice has its own. */
static void common_values(Tx *tx, DossierId dossier_id, Instant now, Values *values) {
    Values *all = values_new(tx->arena);
    dossier_common_values(tx, dossier_id, now, all);
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        const char *value = values_get(all, shared[i]);
        if (value)
            values_set(values, shared[i], value);
    }
}

static void people_values(Tx *tx, DossierId dossier_id, Values *values) {
    Participants people = dossier_participants(tx, dossier_id);
    int64_t sum = 0;
    values_list(values, "participants");
    for (size_t i = 0; i < people.count; i++) {
        const Participant *p = &people.at[i];
        int64_t minutes = attendance_minutes(tx, p->id);
        Values *item = values_item(values, "participants");
        values_set(item, "nom", arena_print(tx->arena, "%s %s", p->first_name, p->last_name));
        values_set(item, "fonction", p->job);
        values_set(item, "heures", minutes_hours(tx->arena, minutes));
        sum += minutes;
    }
    values_set(values, "facture.heures", minutes_hours(tx->arena, sum));
}

static void line_values(Tx *tx, InvoiceId invoice_id, Values *values) {
    InvoiceLines lines = billing_lines(tx, invoice_id);
    values_list(values, "lignes");
    for (size_t i = 0; i < lines.count; i++) {
        Values *item = values_item(values, "lignes");
        values_set(item, "designation", lines.at[i].label);
        values_set(item, "quantite", lines.at[i].quantity_text);
        values_set(item, "prix_unitaire", lines.at[i].unit_price_text);
        values_set(item, "montant", money_text(tx->arena, lines.at[i].net_cents));
    }
}

static void vat_values(Arena *arena, const Invoice *invoice, Values *values) {
    values_set(values, "tva.taux",
               invoice->vat_bp ? arena_print(arena, "%lld\u00a0%%", (long long)(invoice->vat_bp / 100)) : "");
    values_set(values, "tva.exoneree", text_same(invoice->vat_regime, "exempt_training") ? "1" : "");
    values_set(values, "tva.franchise", text_same(invoice->vat_regime, "franchise_293b") ? "1" : "");
}

static void invoice_values(Tx *tx, const Invoice *invoice, Values *values) {
    Arena *arena = tx->arena;
    Funder funder;
    values_set(values, "facture.numero", invoice->reference);
    values_set(values, "facture.date", day(arena, invoice->issued_on));
    values_set(values, "facture.echeance", day(arena, invoice->due_on));
    values_set(values, "facture.subrogation", text_same(invoice->payer_kind, "funder") ? "1" : "");
    values_set(values, "facture.ht", money_text(arena, invoice->net_cents));
    values_set(values, "facture.tva", money_text(arena, invoice->vat_cents));
    values_set(values, "facture.ttc", money_text(arena, invoice->total_cents));
    values_set(values, "payeur.nom", invoice->payer_name);
    values_set(values, "payeur.adresse", invoice->payer_address);
    values_set(values, "payeur.siren", invoice->payer_siren);
    values_set(values, "opco.dossier", invoice->funder_ref);
    if (directory_funder(tx, invoice->funder_code, &funder))
        values_set(values, "opco.nom", funder.name);
}

/* Why the invoice is put right: what was written when it was cancelled, or when the gap was accepted. */
static const char *reason_of(Tx *tx, InvoiceId invoice_id) {
    Lines lines = story_lines(tx, THING(invoice, invoice_id));
    BillingWord otherwise = BILLING_REASON_CANCEL;
    for (size_t i = lines.count; i-- > 0;) {
        bool is_gap = text_same(lines.at[i].event, story_event_name(EVENT_accept_gap));
        if (!is_gap && !text_same(lines.at[i].event, story_event_name(EVENT_cancel)))
            continue;
        if (!text_is_empty(lines.at[i].reason))
            return lines.at[i].reason;
        otherwise = is_gap ? BILLING_REASON_GAP : BILLING_REASON_CANCEL;
        break;
    }
    return billing_word(otherwise);
}

static void credit_values(Tx *tx, const Invoice *credit, Values *values) {
    Invoice invoice = { .reference = "" };
    bool corrects = credit->cancels_invoice_id.value &&
                    billing_invoice(tx, credit->cancels_invoice_id, &invoice);
    values_set(values, "avoir.facture", invoice.reference);
    values_set(values, "avoir.facture_date", corrects ? day(tx->arena, invoice.issued_on) : "");
    values_set(values, "motif", corrects ? reason_of(tx, invoice.id) : "");
}

void billing_paper_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    Invoice invoice;
    if (!billing_invoice(tx, subject->invoice_id, &invoice))
        return;
    common_values(tx, invoice.dossier_id, now, values);
    people_values(tx, invoice.dossier_id, values);
    line_values(tx, invoice.id, values);
    vat_values(tx->arena, &invoice, values);
    invoice_values(tx, &invoice, values);
    credit_values(tx, &invoice, values);
}
