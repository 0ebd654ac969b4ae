#include "payout_pages.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "frame.h"
#include "ident.h"
#include "money.h"
#include "payout_list_html.h"
#include "payout_row_pages.h"
#include "payout_words.h"
#include "story_pages.h"
#include "story_viewer.h"
#include "text.h"
#include "trainer_store.h"

enum { FACTS_MOST = 8, REF_LONGEST = 60 };

static Tone tone_of(State state) {
    switch (state) {
    case STATE_payout_paid: return TONE_green;
    case STATE_payout_in_file: return TONE_blue;
    case STATE_payout_due:
    case STATE_payout_approved: return TONE_turn;
    case STATE_payout_to_fix:
    case STATE_payout_recovery: return TONE_bad;
    default: return TONE_plain;
    }
}

bool payout_number(const char *typed, int64_t *ret) {
    size_t digits = strspn(typed, "0123456789");
    if (!digits || digits > 17 || typed[digits])
        return false;
    *ret = strtoll(typed, NULL, 10);
    return true;
}

static const char *trainer_name(Tx *tx, TrainerId trainer_id) {
    Trainer trainer;
    return people_trainer(tx, trainer_id, &trainer)
               ? arena_print(tx->arena, "%s %s", trainer.first_name, trainer.last_name)
               : "";
}

PayoutRowView payout_row_view(Request *rq, Tx *tx, const Payout *payout) {
    Dossier dossier = { .reference = "" };
    Session session = { .title = "" };
    State state = story_state_named(payout->state);
    if (dossier_get(tx, payout->dossier_id, &dossier))
        session_get(tx, dossier.session_id, &session);
    return (PayoutRowView){
        .id = arena_print(rq->arena, "%lld", (long long)payout->id.value),
        .trainer = trainer_name(tx, payout->trainer_id),
        .dossier = dossier.reference,
        .training = session.title,
        .state = state ? story_state(state)->label : "",
        .invoice_ref = payout->trainer_invoice_ref,
        .amount = payout->amount_cents,
        .tone = tone_of(state),
        .url = url_print(rq->arena, "/g/paiements/%ld", payout->id.value),
        .dossier_url = url_print(rq->arena, "/dossiers/%s", dossier.reference),
        .is_in_file = state == STATE_payout_in_file,
    };
}

PayoutRowView *payout_row_views(Request *rq, Tx *tx, const Payouts *all) {
    PayoutRowView *rows = arena_zero(rq->arena, all->count + 1, sizeof *rows);
    for (size_t i = 0; i < all->count; i++)
        rows[i] = payout_row_view(rq, tx, &all->at[i]);
    return rows;
}

/* One payout */

typedef struct FactLines {
    SumLine at[FACTS_MOST];
    size_t count;
} FactLines;

static void fact(FactLines *facts, PayoutWord label, const char *value) {
    if (!text_is_empty(value) && facts->count < FACTS_MOST)
        facts->at[facts->count++] = (SumLine){ .label = payout_word(label), .value = value };
}

static const char *iban_words(Tx *tx, TrainerId trainer_id) {
    Trainer trainer;
    if (!people_trainer(tx, trainer_id, &trainer) || text_is_empty(trainer.iban))
        return payout_word(PAYOUT_IBAN_NONE);
    const char *iban = iban_text(tx->arena, trainer.iban);
    return trainer.iban_verified_at.ms
               ? arena_print(tx->arena, payout_word(PAYOUT_IBAN_OK), iban, trainer.iban_verified_by)
               : arena_print(tx->arena, payout_word(PAYOUT_IBAN_NOT), iban);
}

static FactLines *facts_of(Request *rq, Tx *tx, const Payout *payout) {
    FactLines *facts = arena_zero(rq->arena, 1, sizeof *facts);
    PayoutRowView row = payout_row_view(rq, tx, payout);
    Account account;
    Batch batch;
    fact(facts, PAYOUT_L_TRAINER, row.trainer);
    fact(facts, PAYOUT_L_TRAINING, row.training);
    fact(facts, PAYOUT_L_DOSSIER, row.dossier);
    fact(facts, PAYOUT_L_AMOUNT, money_text(rq->arena, payout->amount_cents));
    fact(facts, PAYOUT_L_IBAN, iban_words(tx, payout->trainer_id));
    fact(facts, PAYOUT_L_INVOICE, payout->trainer_invoice_ref);
    if (payout->approved_by_account_id.value && people_account(tx, payout->approved_by_account_id, &account))
        fact(facts, PAYOUT_L_APPROVED_BY,
             arena_print(rq->arena, "%s %s", account.first_name, account.last_name));
    if (payout->batch_id.value && payout_batch_get(tx, payout->batch_id, &batch, NULL))
        fact(facts, PAYOUT_L_BATCH, batch.reference);
    return facts;
}

static bool has_own_page(Event event) {
    return event == EVENT_trainer_invoice_ok || event == EVENT_in_batch || event == EVENT_executed ||
           event == EVENT_corrected;
}

static void act_views(Request *rq, Tx *tx, const Payout *payout, PayoutView *view) {
    StoryButtons all = story_buttons(tx, THING(payout, payout->id), story_actors(rq->viewer));
    Button *buttons = arena_zero(rq->arena, all.count + 1, sizeof *buttons);
    for (size_t i = 0; i < all.count; i++)
        if (!has_own_page(all.at[i].event))
            buttons[view->button_count++] = (Button){
                .label = all.at[i].label,
                .missing = all.at[i].missing,
                .kind = BUTTON_second,
                .url = url_print(rq->arena, "/acte/payout/%ld/%s", payout->id.value,
                                 story_event_name(all.at[i].event)),
            };
    view->buttons = buttons;
}

static const char *missing_of(Request *rq, Tx *tx, const Payout *payout) {
    Trainer trainer;
    if (text_same(payout->state, "payout_to_fix"))
        return people_trainer(tx, payout->trainer_id, &trainer) && trainer.iban_verified_at.ms
                   ? NULL
                   : story_need_message(IBAN_IS_VERIFIED);
    return trainer_vigilance_is_valid(tx, payout->trainer_id, rq->today)
               ? NULL
               : story_need_message(TRAINER_PAPERS_ARE_VALID);
}

static void show_payout(Request *rq, Tx *tx, const Payout *payout, Form *form, const char *refusal) {
    State state = story_state_named(payout->state);
    FactLines *facts = facts_of(rq, tx, payout);
    PayoutView view = { .form = form,
                        .name = arena_print(rq->arena, payout_word(PAYOUT_T_PAYOUT),
                                            trainer_name(tx, payout->trainer_id)),
                        .meaning = state ? story_state(state)->meaning : "",
                        .refusal = refusal,
                        .amount = money_text(rq->arena, payout->amount_cents),
                        .action = url_print(rq->arena, "/g/paiements/%ld", payout->id.value),
                        .state = { .tone = tone_of(state), .text = state ? story_state(state)->label : "" },
                        .facts = facts->at,
                        .fact_count = facts->count,
                        .may_approve = state == STATE_payout_due,
                        .may_correct = state == STATE_payout_to_fix };
    if (view.may_approve || view.may_correct)
        view.missing = missing_of(rq, tx, payout);
    act_views(rq, tx, payout, &view);
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_payout_one(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = view.name,
                       .body = h,
                       .is_dense = true,
                       .nav = "argent",
                       .form = form,
                       .crumbs = { { payout_word(PAYOUT_T_LIST), url_print(rq->arena, "/g/virements") } } });
}

static bool payout_named(Request *rq, Tx *tx, Payout *ret) {
    int64_t id;
    return payout_number(rq_param(rq, "payout"), &id) && payout_get(tx, (PayoutId){ id }, ret);
}

void payout_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Payout payout;
    if (!payout_named(rq, &tx, &payout)) {
        reply_error(rq, 404, NULL);
        return;
    }
    show_payout(rq, &tx, &payout, form_empty(rq->arena, rq->today), NULL);
}

static Outcome correct(Tx *tx, const Payout *payout, const Act *act) {
    Act corrected = *act;
    corrected.event = EVENT_corrected;
    payout_check(tx, payout->id, act);
    return story_fire(tx, THING(payout, payout->id), (Thing){ 0 }, corrected);
}

void payout_approve_post(Request *rq) {
    Form *form = rq_form(rq);
    bool is_correction = text_same(rq_field(rq, "corrected"), "1");
    const char *ref = is_correction ? ""
                                    : form_text(form, "invoice_ref", payout_word(PAYOUT_L_INVOICE), REQUIRED,
                                                REF_LONGEST);
    Money amount = is_correction
                       ? (Money){ 0 }
                       : form_money(form, "invoice_amount", payout_word(PAYOUT_L_INVOICE_AMOUNT), REQUIRED);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Payout payout;
    Outcome outcome = { 0 };
    if (!payout_named(rq, &tx, &payout)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Act act = story_act(rq, EVENT_trainer_invoice_ok, STAFF);
    if (form_ok(form))
        outcome = is_correction ? correct(&tx, &payout, &act)
                                : payout_approve(&tx, payout.id, ref, amount, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx again = db_read(rq->db, rq->arena);
        show_payout(rq, &again, &payout, form, outcome.why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, payout_word(is_correction ? PAYOUT_SAID_CORRECTED : PAYOUT_SAID_APPROVED));
    reply_see(rq, url_print(rq->arena, "/g/virements"));
}

/* The trainer's own list */

void payout_trainer_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Payouts all = payout_of_trainer(&tx, rq->viewer->trainer_id);
    PayoutRowView *rows = payout_row_views(rq, &tx, &all);
    for (size_t i = 0; i < all.count; i++)
        rows[i].missing = story_state(story_state_named(all.at[i].state))->meaning;
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_payout_trainer(h, &(TrainerPayoutsView){ rows, all.count });
    page_send(rq, 200, &(Page){ .title = payout_word(PAYOUT_T_TRAINER), .body = h, .nav = "argent" });
}
