#include "attendance_pages.h"

#include <string.h>

#include "attendance_mine_html.h"
#include "attendance_show_pages.h"
#include "attendance_sign_html.h"
#include "attendance_words.h"
#include "date.h"
#include "document_store.h"
#include "frame.h"
#include "story_pages.h"
#include "template.h"

/* ---- the participant's own page ---- */

static void add_doc(Request *rq, MineView *p, const Document *document, AttendanceWord label) {
    DocLine *line = arena_grow(rq->arena, (void **)&p->docs, &p->doc_count, sizeof *line);
    *line = (DocLine){ .label = attendance_word(label),
                       .about = document->file_name,
                       .url = url_print(rq->arena, "/documents/%ld", document->id.value) };
}

static void show_docs(Request *rq, Tx *tx, MineView *p, const Participant *person) {
    Document programme;
    Documents own = documents_of_participant(tx, person->id);
    for (size_t i = 0; i < own.count; i++)
        if (!strcmp(own.at[i].kind, "convocation"))
            add_doc(rq, p, &own.at[i], WORD_CONVOCATION);
    if (document_last(tx, person->dossier_id, "programme", &programme))
        add_doc(rq, p, &programme, WORD_PROGRAMME);
}

static const TurnCard *sign_card(Request *rq, const Slot *slot, const SlotView *view) {
    Button *button = arena_zero(rq->arena, 1, sizeof *button);
    TurnCard *card = arena_zero(rq->arena, 1, sizeof *card);
    *button = (Button){ .label = attendance_word(WORD_SIGN),
                        .icon = "pen-line",
                        .url = url_print(rq->arena, "/presences/%ld", slot->id.value) };
    *card = (TurnCard){ .is_yours = true,
                        .title = attendance_word(WORD_SIGN_NOW),
                        .text = arena_print(rq->arena, "%s, %s \u2013 %s.", view->day, view->starts,
                                            view->ends),
                        .buttons = button,
                        .button_count = 1 };
    return card;
}

static void show_slots(Request *rq, Tx *tx, MineView *p, const Participant *person, bool may_run) {
    Slots slots = attendance_of_participant(tx, person->id);
    SlotView *views = NULL;
    for (size_t i = 0; i < slots.count; i++) {
        const Slot *slot = &slots.at[i];
        SlotView *view = arena_grow(rq->arena, (void **)&views, &p->slot_count, sizeof *view);
        *view = show_slot(tx, slot);
        bool may_sign = may_run && show_may_sign(slot, rq->now);
        if (may_sign) { /* the clock's own tour may come a little later */
            view->label = story_state(STATE_slot_open)->label;
            view->tone = TONE_turn;
        }
        if (may_sign && p->turn)
            view->sign = url_print(rq->arena, "/presences/%ld", slot->id.value);
        else if (may_sign)
            p->turn = sign_card(rq, slot, view);
        else if (!p->next && !strcmp(slot->state, story_state_name(STATE_slot_planned)))
            p->next = show_opens(rq->arena, slot, rq->now);
    }
    p->slots = views;
}

static bool may_run(Tx *tx, SessionId session_id) {
    State state = story_where(tx, THING(session, session_id));
    return state == STATE_session_open || state == STATE_session_running;
}

void attendance_participant_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Participant person;
    Dossier dossier;
    Session session;
    if (!dossier_participant(&tx, rq->viewer->participant_id, &person) || person.is_gone ||
        !dossier_seen_id(&tx, rq->viewer, person.dossier_id, &dossier) ||
        !session_get(&tx, dossier.session_id, &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    bool is_remote = !strcmp(session.place_kind, "remote");
    MineView p = { .person = show_name(rq->arena, person.first_name, person.last_name),
                   .title = session.title,
                   .dates = date_span(rq->arena, session.starts_on, session.ends_on),
                   .trainer = show_trainer(&tx, session.trainer_id),
                   .reference = session.reference,
                   .is_remote = is_remote,
                   .place = is_remote ? session.address
                                      : arena_print(rq->arena, "%s, %s %s", session.address, session.postcode,
                                                    session.city) };
    show_slots(rq, &tx, &p, &person, may_run(&tx, session.id));
    show_docs(rq, &tx, &p, &person);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_attendance_mine(h, &p);
    page_send(rq, 200, &(Page){ .title = attendance_word(WORD_TITLE_MINE), .body = h, .is_narrow = true });
}

/* ---- one signature ---- */

/* The sentence that is ticked, and kept with the signature. */
static const char *sentence(Request *rq, const SignView *p) {
    char *text = NULL;
    const char *why = NULL;
    Values *values = values_new(rq->arena);
    values_set(values, "jour", p->day);
    values_set(values, "debut", p->starts);
    values_set(values, "fin", p->ends);
    values_set(values, "titre", p->title);
    values_set(values, "formateur", p->trainer);
    bool filled = template_fill(rq->arena, attendance_word(WORD_ATTEST), values, false, &text, &why);
    return filled ? text : "";
}

static Url back_of(Request *rq, const Session *session, const Slot *slot) {
    if (rq->viewer->role == ROLE_PARTICIPANT)
        return url_print(rq->arena, "/p");
    return url_print(rq->arena, "/sessions/%s/emargement/%ld", session->reference, slot->half_day_id.value);
}

static Url act_of(Request *rq, const Slot *slot, Event event) {
    return url_print(rq->arena, "/acte/slot/%ld/%s", slot->id.value, story_event_name(event));
}

static SignView sign_view(Request *rq, Tx *tx, const Slot *slot, const Session *session, const Form *form) {
    SignView p = { .person = show_participant(tx, slot->participant_id),
                   .company = show_company(tx, slot->dossier_id),
                   .day = date_prose(rq->arena, slot->held_on),
                   .starts = minutes_clock(rq->arena, slot->starts_minutes),
                   .ends = minutes_clock(rq->arena, slot->ends_minutes),
                   .title = session->title,
                   .trainer = show_trainer(tx, session->trainer_id),
                   .form = form,
                   .is_handed = rq->viewer->role == ROLE_TRAINER,
                   .signed_at = slot->signed_at,
                   .back = back_of(rq, session, slot) };
    State state = story_state_named(slot->state);
    bool is_ours = rq->viewer->role == ROLE_TRAINER || rq->viewer->role == ROLE_STAFF;
    p.is_signed = slot->signed_at.ms && (state == STATE_slot_signed || state == STATE_slot_closed);
    p.tick = sentence(rq, &p);
    if (!may_run(tx, session->id))
        p.refusal = p.is_signed ? NULL : story_need_message(SESSION_MAY_RUN);
    else if (show_may_sign(slot, rq->now) && rq->viewer->role != ROLE_STAFF)
        p.action = url_print(rq->arena, "/presences/%ld", slot->id.value);
    else if (state == STATE_slot_planned)
        p.refusal = show_opens(rq->arena, slot, rq->now);
    if (state == STATE_slot_late)
        p.refusal = attendance_word(WORD_TOO_LATE);
    if (is_ours && (state == STATE_slot_open || state == STATE_slot_late))
        p.absent = act_of(rq, slot, EVENT_mark_absent);
    if (rq->viewer->role == ROLE_STAFF && state == STATE_slot_late)
        p.regularise = act_of(rq, slot, EVENT_regularise);
    return p;
}

static bool slot_here(Request *rq, Tx *tx, Slot *ret, Session *ret_session) {
    Dossier dossier;
    SlotId id = { show_id(rq_param(rq, "slot")) };
    return attendance_slot_seen(tx, rq->viewer, id, ret) && dossier_get(tx, ret->dossier_id, &dossier) &&
           session_get(tx, dossier.session_id, ret_session);
}

static void show_sign(Request *rq, int status, const Form *form, const char *refusal) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Slot slot;
    Session session;
    if (!slot_here(rq, &tx, &slot, &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    SignView p = sign_view(rq, &tx, &slot, &session, form);
    if (refusal)
        p.refusal = refusal;
    Html *h = page_html(rq);
    view_attendance_sign(h, &p);
    page_send(
        rq, status,
        &(Page){ .title = attendance_word(WORD_TITLE_SIGN), .body = h, .is_narrow = true, .form = form });
}

void attendance_sign_page(Request *rq) { show_sign(rq, 200, form_empty(rq->arena, rq->today), NULL); }

/* How it was signed: on whose device, which sentence, from where. */
static const char *evidence(Request *rq, const char *attested) {
    return arena_print(rq->arena, "%s\n%s\n%s\n%.300s",
                       attendance_word(rq->viewer->role == ROLE_TRAINER ? WORD_BY_TRAINER : WORD_BY_LINK),
                       attested, rq->remote ? rq->remote : "", rq->user_agent ? rq->user_agent : "");
}

void attendance_sign_post(Request *rq) {
    Form *form = rq_form(rq);
    if (!form_tick(form, "attest"))
        form_refuse(form, "attest", attendance_word(WORD_SIGN), attendance_word(WORD_ATTEST_FIRST));
    if (!form_ok(form)) {
        show_sign(rq, 422, form, NULL);
        return;
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Slot slot;
    Session session;
    if (!slot_here(rq, &tx, &slot, &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    SignView p = sign_view(rq, &tx, &slot, &session, form);
    Act act = story_act(rq, EVENT_trainee_signs, story_own_actor(rq));
    Outcome outcome = attendance_sign(&tx, slot.id, evidence(rq, p.tick), &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        show_sign(rq, 409, form, outcome.why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, story_event_past(EVENT_trainee_signs));
    reply_see(rq, p.back);
}
