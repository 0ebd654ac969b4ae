/* desk_session_pages.c - the page of a session: may it start, who is not there yet, what can be done. */
#include "date.h"
#include "desk_pages.h"
#include "desk_parts_pages.h"
#include "desk_rows_pages.h"
#include "desk_session_html.h"
#include "desk_words.h"
#include "frame.h"

static TurnCard turn_of(Request *rq, const Row *row, const SessionView *view) {
    TurnCard turn = { .is_over = true, .title = row->meaning };
    bool is_yours = desk_is_turn_of(rq->viewer, row, false);
    turn.is_yours = is_yours;
    turn.is_over = !row->who;
    turn.title = is_yours ? row->turn : row->meaning;
    turn.text = is_yours   ? row->meaning
                : row->who ? desk_say(rq->arena, DESK_NOT_YOURS, desk_whose(row->who))
                           : desk_word(DESK_NOBODYS_TURN);
    if (is_yours && view->acts.count) {
        turn.buttons = view->acts.at;
        turn.button_count = 1;
    }
    return turn;
}

static void links_of(Request *rq, State state, SessionView *view) {
    const char *reference = view->session->reference;
    if (!(rq->viewer->role & (ROLE_STAFF | ROLE_TRAINER)))
        return;
    if (state <= STATE_session_ready_to_validate) {
        view->edit_url = url_print(rq->arena, "/sessions/%s/modifier", reference);
        view->add_url = url_print(rq->arena, "/sessions/%s/entreprise", reference);
    } else if (state <= STATE_session_open) {
        view->move_url = url_print(rq->arena, "/sessions/%s/deplacer", reference);
    }
    if (state >= STATE_session_open && state <= STATE_session_closed)
        view->sheet_url = url_print(rq->arena, "/sessions/%s/emargement", reference);
    if (state >= STATE_session_running && state <= STATE_session_closed)
        view->certificats_url = url_print(rq->arena, "/sessions/%s/certificats", reference);
}

static void show_session(Request *rq, Tx *tx, const Session *session) {
    Sight sight;
    Trainer trainer = { .first_name = "", .last_name = "" };
    desk_see(tx, rq->viewer, THING(session, session->id), &sight);
    people_trainer(tx, session->trainer_id, &trainer);
    State state = story_where(tx, sight.thing);
    const Row *row = story_state(state);
    bool has_days = !date_is_none(session->starts_on);
    SessionView view = { .session = session,
                         .trainer = &trainer,
                         .meaning = row->meaning,
                         .tag = desk_state_tag(state),
                         .is_green = state >= STATE_session_open && state <= STATE_session_closed,
                         .is_over = state == STATE_session_cancelled,
                         .is_staff = rq->viewer->role == ROLE_STAFF,
                         .when = has_days ? date_span(rq->arena, session->starts_on, session->ends_on) : "",
                         .work = desk_work_view(rq, desk_work_of_session(tx, session->id), false),
                         .half_days = session_half_days(tx, session->id),
                         .acts = desk_buttons(rq, tx, &sight),
                         .docs = desk_doc_lines(rq, tx, documents_of_session(tx, session->id)) };
    links_of(rq, state, &view);
    view.turn = turn_of(rq, row, &view);
    if (view.turn.button_count) { /* the main act stands in the card */
        view.acts.at++;
        view.acts.count--;
    }
    view.work.empty = (Empty){ .title = desk_word(DESK_NO_COMPANY), .text = desk_word(DESK_ADD_COMPANY) };
    if (view.is_staff)
        view.lines = story_lines_of_root(tx, sight.thing.id, 200);
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_desk_session(h, &view);
    bool is_trainer = rq->viewer->role == ROLE_TRAINER;
    page_send(rq, 200,
              &(Page){ .title = desk_say(rq->arena, DESK_SESSION_NUMBER, session->reference),
                       .body = h,
                       .is_dense = view.is_staff,
                       .nav = "sessions",
                       .crumbs = { { desk_word(is_trainer ? DESK_MY_SESSIONS : DESK_SESSIONS),
                                     url_print(rq->arena, is_trainer ? "/f" : "/g/sessions") } } });
}

void desk_session_page(Request *rq) {
    Session session;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    bool is_seen = session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session);
    if (is_seen && rq->viewer->role != ROLE_ADVISER) {
        db_rollback(&tx);
        desk_refresh(rq, THING(session, session.id));
        tx = db_read(rq->db, rq->arena);
        is_seen = session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session);
    }
    if (is_seen)
        show_session(rq, &tx, &session);
    else
        reply_error(rq, 404, NULL);
}
