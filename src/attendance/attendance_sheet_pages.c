#include <string.h>

#include "attendance_pages.h"
#include "attendance_sheet_html.h"
#include "attendance_show_pages.h"
#include "attendance_words.h"
#include "date.h"
#include "frame.h"
#include "story_pages.h"

static bool is_closed(State state) {
    return state == STATE_slot_closed || state == STATE_slot_closed_exception;
}

/* The first half-day that is not closed yet: the one at hand. The last one when all are. */
static const HalfDay *at_hand(Tx *tx, const HalfDays *days) {
    for (size_t i = 0; i < days->count; i++) {
        Slots slots = attendance_of_half_day(tx, days->at[i].id);
        for (size_t s = 0; s < slots.count; s++)
            if (!is_closed(story_state_named(slots.at[s].state)))
                return &days->at[i];
    }
    return days->count ? &days->at[days->count - 1] : NULL;
}

/* False: the address names a half-day that is none of this session. */
static bool chosen(Request *rq, Tx *tx, const HalfDays *days, const HalfDay **ret) {
    const char *typed = rq_param(rq, "half");
    if (!*typed) {
        *ret = at_hand(tx, days);
        return true;
    }
    for (size_t i = 0; i < days->count; i++)
        if (days->at[i].id.value == show_id(typed)) {
            *ret = &days->at[i];
            return true;
        }
    return false;
}

static Url act_of(Request *rq, const Slot *slot, Event event) {
    return url_print(rq->arena, "/acte/slot/%ld/%s", slot->id.value, story_event_name(event));
}

static void link_slot(Request *rq, const Slot *slot, bool may_run, SlotView *view) {
    State state = story_state_named(slot->state);
    bool is_staff = rq->viewer->role == ROLE_STAFF;
    if (may_run && !is_staff && show_may_sign(slot, rq->now))
        view->sign = url_print(rq->arena, "/presences/%ld", slot->id.value);
    if ((may_run && state == STATE_slot_open) || state == STATE_slot_late)
        view->absent = act_of(rq, slot, EVENT_mark_absent);
    if (is_staff && state == STATE_slot_late)
        view->regularise = act_of(rq, slot, EVENT_regularise);
    if (state == STATE_slot_absent)
        view->undo = act_of(rq, slot, EVENT_take_back);
}

/* The people of this half-day, how many of them signed, and what the foot of the sheet says. */
static void fill_people(Request *rq, Tx *tx, const HalfDay *half, bool may_run, SheetView *p) {
    Slots slots = attendance_of_half_day(tx, half->id);
    SlotView *views = NULL;
    p->is_complete = p->is_countersigned = slots.count > 0;
    for (size_t i = 0; i < slots.count; i++) {
        const Slot *slot = &slots.at[i];
        State state = story_state_named(slot->state);
        SlotView *view = arena_grow(rq->arena, (void **)&views, &p->slot_count, sizeof *view);
        *view = show_slot(tx, slot);
        link_slot(rq, slot, may_run, view);
        bool was_there = slot->signed_at.ms || state == STATE_slot_closed_exception;
        bool was_away = state == STATE_slot_absent || (state == STATE_slot_closed && !was_there);
        p->signed_count += was_there;
        p->present_count += !was_away;
        p->is_complete = p->is_complete && (was_there || was_away);
        p->is_countersigned = p->is_countersigned && is_closed(state);
        if (slot->countersigned_at.ms) {
            p->countersigned_by = slot->countersigned_by;
            p->countersigned_at = slot->countersigned_at;
        }
    }
    p->slots = views;
    p->ends = minutes_clock(rq->arena, half->ends_minutes);
    p->is_over = rq->now.ms >= instant_at(half->held_on, (int)half->ends_minutes).ms;
}

static void fill_halves(Request *rq, const Session *session, const HalfDays *days, const HalfDay *current,
                        SheetView *p) {
    HalfView *views = NULL;
    for (size_t i = 0; i < days->count; i++) {
        const HalfDay *half = &days->at[i];
        HalfView *view = arena_grow(rq->arena, (void **)&views, &p->half_count, sizeof *view);
        *view = (HalfView){ .label = show_half(rq->arena, half),
                            .starts = minutes_clock(rq->arena, half->starts_minutes),
                            .ends = minutes_clock(rq->arena, half->ends_minutes),
                            .url = url_print(rq->arena, "/sessions/%s/emargement/%ld", session->reference,
                                             half->id.value),
                            .is_current = half == current };
    }
    p->halves = views;
}

static void fill_next(Request *rq, Tx *tx, const Session *session, SheetView *p) {
    Thing thing = THING(session, session->id);
    Facts facts = story_facts(tx, thing);
    if (facts.state == STATE_session_running && facts.ticked[ALL_SLOTS_ARE_SETTLED])
        p->declare_end = url_print(rq->arena, "/acte/session/%ld/%s", session->id.value,
                                   story_event_name(EVENT_declare_end));
    if (facts.state == STATE_session_ended || facts.state == STATE_session_closed)
        p->certificats = url_print(rq->arena, "/sessions/%s/certificats", session->reference);
    if (facts.state < STATE_session_open || facts.state == STATE_session_interrupted)
        p->no_light = facts.state == STATE_session_interrupted ? story_state(facts.state)->meaning
                                                               : story_need_message(SESSION_MAY_RUN);
}

static void show_sheet(Request *rq, int status, const char *refusal) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Session session;
    const HalfDay *current = NULL;
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    HalfDays days = session_half_days(&tx, session.id);
    if (!chosen(rq, &tx, &days, &current)) {
        reply_error(rq, 404, NULL);
        return;
    }
    SheetView p = { .title = session.title,
                    .city = session.city,
                    .reference = session.reference,
                    .refusal = refusal,
                    .countersigned_by = "" };
    fill_next(rq, &tx, &session, &p);
    fill_halves(rq, &session, &days, current, &p);
    if (current) {
        fill_people(rq, &tx, current, !p.no_light, &p);
        p.action = url_print(rq->arena, "/sessions/%s/emargement/%ld", session.reference, current->id.value);
    }
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    bool is_staff = rq->viewer->role == ROLE_STAFF;
    Html *h = page_html(rq);
    view_attendance_sheet(h, &p);
    page_send(rq, status,
              &(Page){ .title = attendance_word(WORD_TITLE_SHEET),
                       .body = h,
                       .is_narrow = true,
                       .nav = "sessions",
                       .crumbs = { { attendance_word(is_staff ? WORD_SESSIONS : WORD_MY_SESSIONS),
                                     url_print(rq->arena, is_staff ? "/g/sessions" : "/f") },
                                   { session.reference,
                                     url_print(rq->arena, "/sessions/%s", session.reference) } } });
}

void attendance_sheet_page(Request *rq) { show_sheet(rq, 200, NULL); }

void attendance_countersign_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Session session;
    const HalfDay *half = NULL;
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    HalfDays days = session_half_days(&tx, session.id);
    if (!chosen(rq, &tx, &days, &half) || !half) {
        reply_error(rq, 404, NULL);
        return;
    }
    Act act = story_act(rq, EVENT_trainer_countersigns, story_own_actor(rq));
    Outcome outcome = attendance_countersign(&tx, half->id, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        show_sheet(rq, 409, outcome.why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, attendance_word(WORD_COUNTERSIGN_ONCE));
    reply_see(rq, url_print(rq->arena, "/sessions/%s/emargement", session.reference));
}
