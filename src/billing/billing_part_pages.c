#include "billing_part_pages.h"

#include <stdlib.h>
#include <string.h>

#include "billing_words.h"
#include "date.h"
#include "money.h"
#include "text.h"

static const char PREFIX[] = "part-";

static const char *field_of(Arena *arena, InvoiceId id) {
    return arena_print(arena, "%s%lld", PREFIX, (long long)id.value);
}

static Money rest_of(const Invoice *invoice) {
    return money_sub(invoice->total_cents, invoice->settled_cents);
}

/* The number written on the transfer, else the very amount when one invoice alone has it. */
static bool points_at(Arena *arena, const Invoice *invoice, const char *bank_ref, Money amount,
                      size_t same_amount, bool any_named) {
    if (any_named)
        return strstr(text_fold(arena, bank_ref), text_fold(arena, invoice->reference)) != NULL;
    return same_amount == 1 && money_compare(rest_of(invoice), amount) == 0;
}

static Money smaller(Money a, Money b) { return money_compare(a, b) < 0 ? a : b; }

static void count_signs(Arena *arena, const Invoices *all, const char *bank_ref, Money amount,
                        size_t *ret_same, bool *ret_named) {
    const char *words = text_fold(arena, bank_ref);
    for (size_t i = 0; i < all->count; i++) {
        *ret_same += money_compare(rest_of(&all->at[i]), amount) == 0;
        *ret_named = *ret_named || strstr(words, text_fold(arena, all->at[i].reference)) != NULL;
    }
}

PartViews billing_part_views(Tx *tx, const Form *form, const char *bank_ref, Money amount, bool may_fill) {
    Arena *arena = tx->arena;
    PartViews views = { 0 };
    Invoices open = billing_open_invoices(tx, "", PARTS_MOST);
    size_t same = 0;
    bool named = false;
    Money left = amount;
    count_signs(arena, &open, bank_ref, amount, &same, &named);
    for (size_t i = 0; i < open.count; i++) {
        const Invoice *invoice = &open.at[i];
        const char *field = field_of(arena, invoice->id);
        bool fits = amount.cents > 0 && points_at(arena, invoice, bank_ref, amount, same, named);
        Money part = smaller(rest_of(invoice), left);
        const char *typed = form_typed(form, field);
        if (fits && may_fill && part.cents > 0) {
            typed = money_field(arena, part);
            left = money_sub(left, part);
        }
        *(PartView *)arena_grow(arena, (void **)&views.at, &views.count, sizeof *views.at) = (PartView){
            .field = field,
            .label = invoice->reference,
            .about = invoice->payer_name,
            .typed = typed,
            .message = form_message(form, field),
            .rest = rest_of(invoice),
            .is_suggested = fits,
            .url = url_print(arena, "/factures/%ld", invoice->id.value),
        };
    }
    return views;
}

Parts billing_parts_typed(Request *rq, Form *form) {
    Parts parts = { 0 };
    for (size_t i = 0; i < rq->field_count && parts.count < PARTS_MOST; i++) {
        const char *name = rq->fields[i].name, *digits = name + strlen(PREFIX);
        if (!text_starts(name, PREFIX) || strspn(digits, "0123456789") != strlen(digits) || !*digits ||
            strlen(digits) > 17 || text_is_empty(rq->fields[i].value))
            continue;
        Money amount = form_money(form, name, billing_word(BILLING_L_PART), OPTIONAL);
        if (!form_message(form, name) && amount.cents > 0)
            *(Part *)arena_grow(rq->arena, (void **)&parts.at, &parts.count,
                                sizeof *parts.at) = (Part){ { strtoll(digits, NULL, 10) }, amount };
    }
    return parts;
}

Tone billing_tone(const char *name) {
    switch (story_state_named(name)) {
    case STATE_invoice_paid:
    case STATE_payment_matched: return TONE_green;
    case STATE_invoice_sent:
    case STATE_invoice_issued: return TONE_blue;
    case STATE_invoice_overdue:
    case STATE_invoice_disputed:
    case STATE_payment_reversed: return TONE_bad;
    case STATE_invoice_draft:
    case STATE_invoice_partly_paid:
    case STATE_invoice_overpaid:
    case STATE_payment_to_review: return TONE_turn;
    default: return TONE_plain;
    }
}

static bool is_one_of(Event event, const Event *own, size_t own_count) {
    for (size_t i = 0; i < own_count; i++)
        if (own[i] == event)
            return true;
    return false;
}

ButtonViews billing_acts(Tx *tx, Thing thing, unsigned actors, const Event *own, size_t own_count) {
    ButtonViews views = { 0 };
    StoryButtons all = story_buttons(tx, thing, actors);
    for (size_t i = 0; i < all.count; i++)
        if (!is_one_of(all.at[i].event, own, own_count))
            *(Button *)arena_grow(tx->arena, (void **)&views.at, &views.count, sizeof *views.at) = (Button){
                .label = all.at[i].label,
                .missing = all.at[i].missing,
                .kind = BUTTON_second,
                .url = url_print(tx->arena, "/acte/%s/%ld/%s", story_machine_name(thing.machine),
                                 thing.id.value, story_event_name(all.at[i].event)),
            };
    return views;
}
