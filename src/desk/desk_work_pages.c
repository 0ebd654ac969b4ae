/* desk_work_pages.c - the staff's worklist: four queries in all, whatever the number of dossiers. */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "desk_pages.h"
#include "desk_parts_pages.h"
#include "desk_rows_pages.h"
#include "desk_words.h"
#include "desk_work_html.h"
#include "frame.h"
#include "text.h"

enum { NEAR_DAYS = 7, TICKED_MAX = 100 };

static int64_t tally_of(const Tallies *tallies, State first, State last) {
    int64_t sum = 0;
    for (int s = (int)first; s <= (int)last; s++)
        sum += tallies->of[s];
    return sum;
}

static void pipe_of(Request *rq, const Tallies *tallies, State here, WorklistView *view) {
    const PipeStep *all;
    view->pipe_count = desk_pipe(&all);
    view->pipe = arena_zero(rq->arena, view->pipe_count, sizeof *view->pipe);
    for (size_t i = 0; i < view->pipe_count; i++)
        view->pipe[i] = (PipeView){ .label = all[i].label,
                                    .count = tally_of(tallies, all[i].first, all[i].last),
                                    .url = url_print(rq->arena, "/g?etat=%s", story_state_name(all[i].first)),
                                    .is_hot = all[i].is_hot,
                                    .is_here = here != STATE_UNBORN && here >= all[i].first &&
                                               here <= all[i].last };
}

/* Those whose reminders are used up wait for staff too, but no tally knows them. */
static int64_t waiting_for_staff(const Tallies *tallies) {
    int64_t sum = 0;
    for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++)
        if (story_machine_of((State)s) == MACHINE_dossier && story_is_for_staff((State)s))
            sum += tallies->of[s];
    return sum;
}

static void soon_of(Request *rq, SoonLines lines, WorklistView *view) {
    view->soon = arena_zero(rq->arena, lines.count + 1, sizeof *view->soon);
    view->soon_count = lines.count;
    for (size_t i = 0; i < lines.count; i++) {
        const SoonLine *line = &lines.at[i];
        int days = date_diff(line->starts_on, rq->today);
        const Row *state = story_state(line->dossier_state);
        view->soon[i] = (SoonView){ .days = arena_print(rq->arena, "%d", days),
                                    .name = *line->company_name ? line->company_name : line->title,
                                    .about = state ? state->label : line->title,
                                    .is_near = days <= NEAR_DAYS,
                                    .url = url_print(rq->arena, "/sessions/%s", line->reference) };
    }
}

/* "20414-1234": the last row of the page before. */
static WorkAfter after_of(const char *typed) {
    char *end = NULL;
    long days = strtol(typed, &end, 10);
    if (end == typed || *end != '-' || days < -1 || days > INT32_MAX)
        return (WorkAfter){ 0 };
    return (WorkAfter){ { (int32_t)days }, { strtoll(end + 1, NULL, 10) } };
}

static Url next_of(Request *rq, const WorkLines *lines) {
    if (lines->count < WORK_PAGE)
        return (Url){ NULL };
    const WorkLine *last = &lines->at[lines->count - 1];
    return url_print(rq->arena, "/g?etat=%s&apres=%d-%ld", rq_query(rq, "etat"), (int)last->late_on.days,
                     (long)last->id.value);
}

static const char *first_name(Arena *arena, const char *name) {
    return arena_copy_n(arena, name, strcspn(name, " "));
}

void desk_worklist_page(Request *rq) {
    State state = story_state_named(rq_query(rq, "etat"));
    if (story_machine_of(state) != MACHINE_dossier)
        state = STATE_UNBORN;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Tallies tallies = desk_tallies(&tx);
    WorkLines lines = desk_work(&tx, state, after_of(rq_query(rq, "apres")), WORK_PAGE);
    SoonLines soon = desk_soon(&tx, rq->today);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    WorklistView view = { .name = first_name(rq->arena, rq->viewer->name),
                          .today = date_prose(rq->arena, rq->today),
                          .count = waiting_for_staff(&tallies),
                          .blocked_count = tallies.of[STATE_session_blocked],
                          .blocked_url = url_print(rq->arena, "/g/sessions?etat=session_blocked"),
                          .state_label = state ? story_state(state)->label : NULL,
                          .work = desk_work_view(rq, lines, true),
                          .next = next_of(rq, &lines) };
    if (!state && view.count < (int64_t)lines.count)
        view.count = (int64_t)lines.count;
    view.work.empty = (Empty){ .title = desk_word(state ? DESK_NO_IN_STATE : DESK_NO_WORK),
                               .text = desk_word(state ? DESK_NO_IN_STATE_MORE : DESK_NO_WORK_MORE) };
    pipe_of(rq, &tallies, state, &view);
    soon_of(rq, soon, &view);
    Html *h = page_html(rq), *side = page_html(rq);
    view_desk_worklist(h, &view);
    view_desk_side(side, &view);
    page_send(rq, 200,
              &(Page){ .title = desk_word(DESK_WORKLIST),
                       .body = h,
                       .side = side,
                       .is_dense = true,
                       .nav = "dossiers",
                       .script = "worklist.js" });
}

static bool take(Request *rq, Tx *tx, Dossier *dossier) {
    dossier->account_id = rq->viewer->account_id;
    return dossier_save(tx, dossier);
}

void desk_bulk_post(Request *rq) {
    bool is_chase = !strcmp(rq_field(rq, "action"), "relancer");
    bool is_take = !strcmp(rq_field(rq, "action"), "attribuer");
    int ticked = 0, done = 0;
    if (!is_chase && !is_take) {
        reply_error(rq, 400, NULL);
        return;
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    for (size_t i = 0; i < rq->field_count && ticked < TICKED_MAX; i++) {
        Dossier dossier;
        if (strcmp(rq->fields[i].name, "id") != 0)
            continue;
        ticked++;
        if (dossier_seen(&tx, rq->viewer, rq->fields[i].value, &dossier))
            done += is_chase ? desk_chase(&tx, dossier.id, rq_key(rq), rq->now) : take(rq, &tx, &dossier);
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    DeskWord one = is_chase ? DESK_DONE_CHASE_ONE : DESK_DONE_TAKE_ONE;
    DeskWord many = is_chase ? DESK_DONE_CHASES : DESK_DONE_TAKES;
    page_say(rq, !ticked     ? desk_word(DESK_TICK_FIRST)
                 : done == 0 ? desk_word(DESK_DONE_NOTHING)
                 : done == 1 ? desk_word(one)
                             : desk_say(rq->arena, many, arena_print(rq->arena, "%d", done)));
    reply_see(rq, url_print(rq->arena, "/g"));
}
