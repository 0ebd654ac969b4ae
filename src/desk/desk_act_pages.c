/* desk_act_pages.c - the generic form of an act: what its row of the story asks, and what follows from it. */
#include <stdlib.h>
#include <string.h>

#include "desk_act_html.h"
#include "desk_pages.h"
#include "desk_parts_pages.h"
#include "desk_words.h"
#include "document.h"
#include "frame.h"
#include "story_pages.h"
#include "story_viewer.h"
#include "text.h"

enum { CHOICES_SHOWN = 8, LONGEST_REASON = 2000, LONGEST_TEXT = 200 };

/* What the address names, seen as this viewer: the thing, the event, and as whom he does it. */
typedef struct Doing {
    Sight sight;
    Event event;
    unsigned as;         /* NOBODY: not possible now */
    const char *missing; /* why not, or NULL */
    const Row *move;
} Doing;

static bool find_act(Request *rq, Tx *tx, Doing *ret) {
    Machine machine = story_machine_named(rq_param(rq, "machine"));
    int64_t id = 0;
    Event event = story_event_named(rq_param(rq, "event"));
    const char *typed = rq_param(rq, "thing");
    if (strlen(typed) > 15 || strspn(typed, "0123456789") != strlen(typed))
        return false;
    for (const char *s = typed; *s; s++)
        id = id * 10 + (*s - '0');
    if (!machine || !event || desk_act_is_hidden(machine, event) || !story_actors(rq->viewer) ||
        !desk_see(tx, rq->viewer, (Thing){ machine, { id } }, &ret->sight))
        return false;
    StoryButtons all = story_buttons(tx, ret->sight.thing, story_actors(rq->viewer));
    ret->event = event;
    ret->as = NOBODY;
    ret->missing = desk_word(DESK_NOT_NOW);
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].event == event) {
            Facts facts = story_facts(tx, ret->sight.thing);
            ret->as = all.at[i].as;
            ret->missing = all.at[i].missing;
            ret->move = story_judge(&facts, event, ret->as).move;
        }
    return true;
}

/* "direct=L'OPCO paie|refund=Nous payons" */
static size_t options_of(Arena *arena, const Ask *ask, Option *ret, size_t room) {
    size_t count = 0;
    for (const char *s = ask->hint; *s && count < room; s += strcspn(s, "|"), s += *s == '|') {
        size_t word = strcspn(s, "="), whole = strcspn(s, "|");
        ret[count++] = (Option){ .value = arena_copy_n(arena, s, word),
                                 .label = arena_copy_n(arena, s + word + 1, whole - word - 1) };
    }
    return count;
}

void desk_ask(Html *h, const Form *form, const Ask *ask) {
    Option options[CHOICES_SHOWN];
    static const char *const types[] = {
        [ASK_LONG] = "textarea", [ASK_DATE] = "date", [ASK_MONEY] = "decimal"
    };
    if (ask->kind == ASK_CHOICE) {
        form_radios(h, form, ask->name, ask->label, options,
                    options_of(h->arena, ask, options, CHOICES_SHOWN));
        return;
    }
    form_field(h, form,
               &(Field){ .name = ask->name,
                         .label = ask->label,
                         .hint = ask->hint,
                         .type = ask->kind == ASK_TEXT ? "text" : types[ask->kind],
                         .optional = !ask->is_required,
                         .longest = ask->kind == ASK_LONG ? LONGEST_REASON : LONGEST_TEXT });
}

static const char **follows_of(Arena *arena, const Row *move, size_t *ret_count) {
    const char **all = arena_zero(arena, EFFECTS_MAX + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < EFFECTS_MAX && move && move->effects[i].kind != EFFECT_END; i++) {
        const Effect *effect = &move->effects[i];
        const Catalogue *paper = NULL;
        switch (effect->kind) {
        case EFFECT_MAKE:
            paper = document_catalogue(effect->what);
            all[n++] = desk_say(arena, DESK_FOLLOWS_PAPER, paper ? paper->title : effect->what);
            break;
        case EFFECT_MAIL:
            all[n++] = desk_say(arena, DESK_FOLLOWS_MAIL, desk_actors(arena, effect->to));
            break;
        case EFFECT_ORDER: all[n++] = desk_word(DESK_FOLLOWS_BANK); break;
        case EFFECT_RUN: all[n++] = story_reaction_text(effect->reaction); break;
        case EFFECT_END: break;
        }
    }
    *ret_count = n;
    return all;
}

static void show_act(Request *rq, const Doing *asked, Form *form, int status) {
    const Sight *sight = &asked->sight;
    Html *h = page_html(rq);
    ActView view = { .label = story_event_label(asked->event),
                     .about = *sight->title ? sight->title : story_machine_label(sight->thing.machine),
                     .missing = asked->missing,
                     .back = desk_thing_url(rq->arena, rq->viewer, sight),
                     .action = url_print(rq->arena, "/acte/%s/%ld/%s",
                                         story_machine_name(sight->thing.machine),
                                         (long)sight->thing.id.value, story_event_name(asked->event)),
                     .form = form,
                     .is_recorded_for = asked->as && asked->as != story_own_actor(rq),
                     .whose = asked->as ? story_actor_label(asked->as) : "" };
    view.ask_count = story_asks(asked->event, &view.asks);
    view.follows = follows_of(rq->arena, asked->move, &view.follow_count);
    view_desk_act(h, &view);
    page_send(rq, status,
              &(Page){ .title = view.label,
                       .body = h,
                       .form = form,
                       .is_dense = rq->viewer->role == ROLE_STAFF,
                       .crumbs = { { view.about, view.back } } });
}

void desk_act_page(Request *rq) {
    Machine machine = story_machine_named(rq_param(rq, "machine"));
    Doing asked = { 0 };
    if (machine && strspn(rq_param(rq, "thing"), "0123456789") < 16)
        desk_refresh(rq, (Thing){ machine, { strtoll(rq_param(rq, "thing"), NULL, 10) } });
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!find_act(rq, &tx, &asked)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (desk_act_path(machine, asked.event)) {
        reply_see(rq, desk_act_url(rq->arena, &asked.sight, asked.event));
        return;
    }
    show_act(rq, &asked, form_empty(rq->arena, rq->today), asked.as ? 200 : 409);
}

/* Reads what the act asks into the form, and as lines "name=value"; the reason stands apart. */
static void read_asks(Request *rq, Form *form, Event event, Act *act) {
    const Ask *asks;
    size_t count = story_asks(event, &asks);
    Text inputs = text_new(rq->arena);
    for (size_t i = 0; i < count; i++) {
        const Ask *ask = &asks[i];
        const char *words[CHOICES_SHOWN + 1] = { 0 };
        Option options[CHOICES_SHOWN];
        size_t longest = ask->kind == ASK_LONG ? LONGEST_REASON : LONGEST_TEXT;
        const char *value = form_typed(form, ask->name);
        if (ask->kind == ASK_DATE)
            form_date(form, ask->name, ask->label, ask->is_required);
        else if (ask->kind == ASK_MONEY)
            form_money(form, ask->name, ask->label, ask->is_required);
        else if (ask->kind == ASK_CHOICE) {
            for (size_t k = options_of(rq->arena, ask, options, CHOICES_SHOWN); k > 0; k--)
                words[k - 1] = options[k - 1].value;
            form_choice(form, ask->name, ask->label, ask->is_required, words);
        } else
            value = form_text(form, ask->name, ask->label, ask->is_required, longest);
        if (!strcmp(ask->name, "reason"))
            act->reason = value;
        else
            text_print(&inputs, "%s=%s\n", ask->name, value);
    }
    act->inputs = inputs.p;
}

/* Fires, with the facts that the rooms keep beside the move. */
static Outcome do_act(Tx *tx, const Doing *asked, Form *form, const Act *act) {
    const Sight *sight = &asked->sight;
    Thing thing = sight->thing;
    if (thing.machine == MACHINE_dossier && act->event == EVENT_missing_document)
        funding_missing(tx, sight->dossier_id, form_typed(form, "document"), act->now);
    if (thing.machine == MACHINE_dossier && act->event == EVENT_company_changes_payment_choice)
        dossier_payment_choice_set(tx, sight->dossier_id, form_typed(form, "choice"));
    if (thing.machine == MACHINE_audit && act->event == EVENT_refund_due)
        quality_refund_set(tx, (AuditId){ thing.id.value }, form_money(form, "amount", "", REQUIRED));
    if (thing.machine == MACHINE_dossier && act->event == EVENT_refused)
        return funding_decide(tx, sight->dossier_id, act->event, act);
    if (thing.machine == MACHINE_slot && act->event == EVENT_mark_absent)
        return attendance_absent(tx, (SlotId){ thing.id.value }, act->reason, act);
    if (thing.machine == MACHINE_payout && act->event == EVENT_trainer_invoice_ok)
        return payout_approve(tx, (PayoutId){ thing.id.value }, form_typed(form, "trainer_invoice_number"),
                              form_money(form, "trainer_invoice_amount", "", REQUIRED), act);
    if (thing.machine == MACHINE_payout && act->event == EVENT_executed)
        return payout_executed(tx, (PayoutId){ thing.id.value }, act);
    return story_fire(tx, thing, (Thing){ 0 }, *act);
}

void desk_act_post(Request *rq) {
    if (rq->viewer->role == ROLE_COMPANY && !page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Doing asked = { 0 };
    if (!find_act(rq, &tx, &asked) || desk_act_path(asked.sight.thing.machine, asked.event)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Act act = story_act(rq, asked.event, asked.as ? asked.as : story_own_actor(rq));
    read_asks(rq, form, asked.event, &act);
    if (!form_ok(form)) {
        show_act(rq, &asked, form, 422);
        return;
    }
    desk_check(&tx, &asked.sight, &act);
    Outcome outcome = do_act(&tx, &asked, form, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        asked.missing = outcome.why;
        show_act(rq, &asked, form, 409);
        return;
    }
    Url back = desk_thing_url(rq->arena, rq->viewer, &asked.sight);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, story_event_past(act.event));
    reply_see(rq, back);
}
