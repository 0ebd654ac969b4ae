/* A session gets new dates, also after agreements were obtained. */
#include "session_pages.h"

#include "date.h"
#include "frame.h"
#include "session_days_pages.h"
#include "session_move_html.h"
#include "session_store.h"
#include "session_words.h"
#include "story_pages.h"
#include "text.h"

static void show(Request *rq, const Session *s, const Form *form, const char *refusal) {
    Html *h = page_html(rq);
    Schedule schedule = session_days_peek(rq, form);
    MoveView view = { .form = form,
                      .action = url_print(rq->arena, "/sessions/%s/deplacer", s->reference),
                      .back = url_print(rq->arena, "/sessions/%s", s->reference),
                      .title = arena_print(rq->arena, session_word(SESSION_form_move), s->reference),
                      .refusal = refusal,
                      .dates = date_span(rq->arena, s->starts_on, s->ends_on),
                      .reason_label = session_word(SESSION_reason),
                      .version = s->version,
                      .days = session_days_view(rq, form, &schedule) };
    view_session_move(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = view.title,
                       .body = h,
                       .form = form,
                       .nav = "sessions",
                       .is_dense = rq->viewer->role == ROLE_STAFF,
                       .crumbs = { { s->reference, view.back } } });
}

/* False: the reply is written. One that is still prepared is simply changed. */
static bool find(Request *rq, Tx *tx, Session *ret) {
    if (!session_seen(tx, rq->viewer, rq_param(rq, "reference"), ret)) {
        reply_error(rq, 404, NULL);
        return false;
    }
    switch ((int)story_where(tx, THING(session, ret->id))) {
    case STATE_session_draft:
    case STATE_session_collecting_client_data:
        reply_see(rq, url_print(rq->arena, "/sessions/%s/modifier", ret->reference));
        return false;
    case STATE_session_validated:
    case STATE_session_blocked:
    case STATE_session_open: return true;
    default: reply_error(rq, 409, session_word(SESSION_not_movable)); return false;
    }
}

void session_move_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Session session;
    if (!find(rq, &tx, &session))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    session_days_preset(rq->arena, form, &(HalfDays){ 0 });
    show(rq, &session, form, NULL);
}

/* NULL: moved. */
static const char *move(Request *rq, Tx *tx, Session *s, const Schedule *schedule, const char *reason) {
    Act act = story_act(rq, EVENT_reschedule, story_own_actor(rq));
    act.reason = reason;
    s->is_holiday_confirmed = schedule->odd_count > 0;
    if (!session_save(tx, s))
        return session_word(SESSION_changed);
    return session_reschedule(tx, s->id, &schedule->half_days, &act).why;
}

static void show_refused(Request *rq, Tx *tx, const Form *form, const char *why) {
    db_rollback(tx);
    AUTO_TX Tx again = db_read(rq->db, rq->arena);
    Session now;
    if (find(rq, &again, &now))
        show(rq, &now, form, why);
}

void session_move_post(Request *rq) {
    Form *grown = session_days_grow(rq), *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Session session;
    if (!find(rq, &tx, &session))
        return;
    if (grown) {
        show(rq, &session, grown, NULL);
        return;
    }
    const char *reason = form_text(form, "reason", session_word(SESSION_reason), REQUIRED, 1000);
    Schedule schedule = session_days_read(rq, form);
    session.version = form_int(form, "version", "version", REQUIRED, 0, INT64_MAX);
    if (!form_ok(form)) {
        show(rq, &session, form, NULL);
        return;
    }
    const char *why = move(rq, &tx, &session, &schedule, reason);
    if (tx.error)
        reply_fault(rq, &tx);
    else if (why)
        show_refused(rq, &tx, form, why);
    else if (!db_commit(&tx))
        reply_fault(rq, &tx);
    else {
        page_say(rq, story_event_past(EVENT_reschedule));
        reply_see(rq, url_print(rq->arena, "/sessions/%s", session.reference));
    }
}
