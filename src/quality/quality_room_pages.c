/* quality_room_pages.c - the auditor's room: the index of the proofs of one dossier. */
#include <string.h>

#include "attendance_store.h"
#include "date.h"
#include "frame.h"
#include "quality_html.h"
#include "quality_pages.h"
#include "quality_store.h"
#include "quality_views.h"
#include "quality_words.h"

static void add_pieces(Request *rq, Documents all, RoomView *view) {
    for (size_t i = 0; i < all.count; i++)
        view->pieces[view->piece_count++] = (PieceView){
            .document = &all.at[i], .url = url_print(rq->arena, "/documents/%ld", (long)all.at[i].id.value)
        };
}

static void add_presences(Request *rq, Tx *tx, RoomView *view) {
    Slots slots = attendance_of_dossier(tx, view->dossier->id);
    view->presences = arena_zero(rq->arena, slots.count + 1, sizeof *view->presences);
    for (size_t i = 0; i < slots.count; i++) {
        const Slot *slot = &slots.at[i];
        Participant who = { .first_name = "", .last_name = "" };
        const Row *state = story_state(story_state_named(slot->state));
        dossier_participant(tx, slot->participant_id, &who);
        bool is_counter = slot->countersigned_at.ms != 0;
        view->presences[view->presence_count++] = (PresenceView){
            .name = arena_print(rq->arena, "%s %s", who.first_name, who.last_name),
            .when = arena_print(rq->arena, "%s, %s", date_text(rq->arena, slot->held_on),
                                minutes_clock(rq->arena, slot->starts_minutes)),
            .signed_text = slot->signed_at.ms ? instant_text(rq->arena, slot->signed_at) : "",
            .counter_text = is_counter ? arena_print(rq->arena, "%s, %s", slot->countersigned_by,
                                                     instant_text(rq->arena, slot->countersigned_at))
                                       : "",
            .note = *slot->absent_reason ? slot->absent_reason
                    : state              ? state->label
                                         : "",
        };
    }
}

/* Opening the index is a visit too. */
static bool keep_visit(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    quality_visit(&tx, rq->viewer->audit_id, quality_word(QUALITY_VISIT_INDEX), rq->now);
    if (db_commit(&tx))
        return true;
    reply_fault(rq, &tx);
    return false;
}

static bool find_room(Request *rq, Tx *tx, Audit *audit, Dossier *dossier, Session *session,
                      Company *company) {
    return quality_seen(tx, rq->viewer, rq->viewer->audit_id, audit) &&
           dossier_get(tx, audit->dossier_id, dossier) && session_get(tx, dossier->session_id, session) &&
           people_company(tx, dossier->company_id, company);
}

void quality_room_page(Request *rq) {
    Audit audit;
    Dossier dossier;
    Session session;
    Company company;
    if (rq->viewer->audit_id.value && !keep_visit(rq))
        return;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!find_room(rq, &tx, &audit, &dossier, &session, &company)) {
        reply_error(rq, 404, NULL);
        return;
    }
    RoomView view = { .audit = &audit, .dossier = &dossier, .session = &session, .company = &company };
    Documents own = documents_of_dossier(&tx, dossier.id), shared = documents_of_session(&tx, session.id);
    view.pieces = arena_zero(rq->arena, own.count + shared.count + 1, sizeof *view.pieces);
    add_pieces(rq, own, &view);
    add_pieces(rq, shared, &view);
    add_presences(rq, &tx, &view);
    view.invoices = billing_of_dossier(&tx, dossier.id);
    view.has_convention = dossier_signature(&tx, dossier.id, "convention", &view.convention);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_quality_room(h, &view);
    page_send(rq, 200, &(Page){ .title = quality_word(QUALITY_ROOM), .body = h });
}
