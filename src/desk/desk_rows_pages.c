#include "desk_rows_pages.h"

#include "date.h"
#include "desk_parts_pages.h"
#include "desk_words.h"
#include "text.h"

static void due_of(Request *rq, const WorkLine *line, WorkRowView *row) {
    row->due = "";
    row->due_class = "";
    if (date_is_none(line->late_on))
        return;
    int days = date_diff(rq->today, line->late_on);
    row->due_class = days > 0 ? "due-bad" : days >= -1 ? "due-mid" : "";
    row->due = days > 0    ? desk_say(rq->arena, DESK_LATE_DAYS, arena_print(rq->arena, "%d", days))
               : days == 0 ? desk_word(DESK_TODAY)
                           : date_day_month(rq->arena, line->late_on);
}

WorkView desk_work_view(Request *rq, WorkLines lines, bool has_boxes) {
    WorkView view = { .rows = arena_zero(rq->arena, lines.count + 1, sizeof *view.rows),
                      .count = lines.count,
                      .has_boxes = has_boxes && lines.count,
                      .sees_money = viewer_sees_all(rq->viewer) };
    for (size_t i = 0; i < lines.count; i++) {
        const WorkLine *line = &lines.at[i];
        const Row *state = story_state(line->state);
        WorkRowView *row = &view.rows[i];
        *row = (WorkRowView){ .line = line,
                              .url = url_print(rq->arena, "/dossiers/%s", line->reference),
                              .tag = desk_state_tag(line->state),
                              .action = !state           ? ""
                                        : line->is_stuck ? desk_word(DESK_STUCK)
                                        : *state->turn   ? state->turn
                                                         : state->meaning,
                              .is_mine = state && desk_is_turn_of(rq->viewer, state, line->is_stuck),
                              .whose = state ? desk_whose(state->who) : "",
                              .follower = *line->follower ? initials(rq->arena, line->follower) : "" };
        due_of(rq, line, row);
    }
    return view;
}

SessionListView desk_session_list(Request *rq, SessionItems items, bool has_trainer) {
    SessionListView view = { .rows = arena_zero(rq->arena, items.count + 1, sizeof *view.rows),
                             .count = items.count,
                             .has_trainer = has_trainer };
    for (size_t i = 0; i < items.count; i++) {
        const SessionItem *item = &items.at[i];
        bool has_days = !date_is_none(item->starts_on);
        view.rows[i] = (SessionRowView){
            .item = item,
            .url = url_print(rq->arena, "/sessions/%s", item->reference),
            .sheet_url = url_print(rq->arena, "/sessions/%s/emargement", item->reference),
            .when = has_days ? date_span(rq->arena, item->starts_on, item->ends_on) : "",
            .tag = desk_state_tag(item->state),
            .is_today = has_days && date_diff(rq->today, item->starts_on) >= 0 &&
                        date_diff(rq->today, item->ends_on) <= 0 &&
                        (item->state == STATE_session_open || item->state == STATE_session_running),
        };
    }
    return view;
}

DocLines desk_doc_lines(Request *rq, Tx *tx, Documents all) {
    DocLines lines = { arena_zero(rq->arena, all.count + 1, sizeof *lines.at), 0 };
    for (size_t i = 0; i < all.count; i++) {
        Document document;
        if (!desk_document_seen(tx, rq->viewer, all.at[i].id, &document))
            continue;
        const char *day = date_text(rq->arena, instant_date(document.made_at));
        lines.at[lines.count++] = (DocLine){
            .icon = document.is_received ? "file-check" : "file-text",
            .label = document.title,
            .about = document.is_received
                         ? desk_say(rq->arena, DESK_RECEIVED, day)
                         : arena_print(rq->arena, "PDF, v%lld, %s", (long long)document.version, day),
            .url = url_print(rq->arena, "/documents/%ld", (long)document.id.value),
        };
    }
    return lines;
}
