#include <string.h>

#include "date.h"
#include "frame.h"
#include "money.h"
#include "payout_list_html.h"
#include "payout_pages.h"
#include "payout_row_pages.h"
#include "payout_words.h"
#include "story_pages.h"
#include "text.h"

enum { LIST_MOST = 100, BATCHES_MOST = 30, FACTS_COUNT = 6 };

static const State tabs[] = { STATE_payout_due,     STATE_payout_not_due, STATE_payout_approved,
                              STATE_payout_in_file, STATE_payout_to_fix,  STATE_payout_paid,
                              STATE_payout_recovery };

/* The list, and the form of a file */

static void tab_views(Request *rq, State state, PayoutListView *view) {
    size_t count = sizeof tabs / sizeof tabs[0];
    PayoutTab *views = arena_zero(rq->arena, count, sizeof *views);
    for (size_t i = 0; i < count; i++)
        views[i] = (PayoutTab){ story_state(tabs[i])->label,
                                url_print(rq->arena, "/g/virements?etat=%s", story_state_name(tabs[i])),
                                tabs[i] == state };
    view->tabs = views;
    view->tab_count = count;
}

static bool was_ticked(const Request *rq, const char *id) {
    for (size_t i = 0; i < rq->field_count; i++)
        if (!strcmp(rq->fields[i].name, "payout") && !strcmp(rq->fields[i].value, id))
            return true;
    return false;
}

/* Ticked from the start, as far as this person may order them. */
static void ready_views(Request *rq, Tx *tx, PayoutListView *view) {
    Payouts ready = payout_list(tx, "payout_approved", LIST_MOST);
    PayoutRowView *rows = payout_row_views(rq, tx, &ready);
    for (size_t i = 0; i < ready.count; i++) {
        rows[i].missing = payout_why_not(tx, &ready.at[i], rq->viewer->account_id);
        rows[i].is_ticked = rq->method == METHOD_GET || was_ticked(rq, rows[i].id);
    }
    view->ready = rows;
    view->ready_count = ready.count;
}

static void batch_views(Request *rq, Tx *tx, PayoutListView *view) {
    Batches all = payout_batches(tx, BATCHES_MOST);
    BatchRowView *rows = arena_zero(rq->arena, all.count + 1, sizeof *rows);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = (BatchRowView){ .reference = all.at[i].reference,
                                  .made_by = all.at[i].made_by,
                                  .execute_on = all.at[i].execute_on,
                                  .total = all.at[i].total_cents,
                                  .count = all.at[i].payout_count,
                                  .url = url_print(rq->arena, "/g/virements/%s", all.at[i].reference) };
    view->batches = rows;
    view->batch_count = all.count;
}

static void show_list(Request *rq, Tx *tx, Form *form, const char *refusal) {
    State state = story_state_named(rq_query(rq, "etat"));
    PayoutListView view = { .form = form, .refusal = refusal };
    if (story_machine_of(state) != MACHINE_payout)
        state = STATE_payout_due;
    Payouts all = payout_list(tx, story_state_name(state), LIST_MOST);
    view.rows = payout_row_views(rq, tx, &all);
    view.row_count = all.count;
    tab_views(rq, state, &view);
    ready_views(rq, tx, &view);
    batch_views(rq, tx, &view);
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_payout_list(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = payout_word(PAYOUT_T_LIST),
                       .body = h,
                       .is_dense = true,
                       .nav = "argent",
                       .form = form });
}

void payout_list_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "execute_on", date_text(rq->arena, date_next_working(date_add(rq->today, 1))));
    show_list(rq, &tx, form, NULL);
}

void payout_batch_post(Request *rq) {
    Form *form = rq_form(rq);
    Date execute_on = form_date(form, "execute_on", payout_word(PAYOUT_L_EXECUTE), REQUIRED);
    PayoutId ids[LIST_MOST];
    size_t count = 0;
    const char *why = NULL;
    for (size_t i = 0; i < rq->field_count && count < LIST_MOST; i++)
        if (!strcmp(rq->fields[i].name, "payout") && payout_number(rq->fields[i].value, &ids[count].value))
            count++;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Act act = story_act(rq, EVENT_in_batch, STAFF);
    BatchId id = { 0 };
    Batch batch = { 0 };
    if (form_ok(form))
        id = payout_batch(&tx, ids, count, execute_on, &act, &why);
    if (!tx.error && !why && id.value)
        payout_batch_get(&tx, id, &batch, NULL);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!id.value) {
        db_rollback(&tx);
        AUTO_TX Tx again = db_read(rq->db, rq->arena);
        show_list(rq, &again, form, why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, payout_word(PAYOUT_SAID_BATCH));
    reply_see(rq, url_print(rq->arena, "/g/virements/%s", batch.reference));
}

/* One file */

static bool batch_named(Request *rq, Tx *tx, Batch *ret, Bytes *ret_body) {
    const char *name = rq_param(rq, "batch");
    BatchId id;
    int64_t number;
    if (!payout_batch_by_reference(tx, name, &id)) {
        if (!payout_number(name, &number))
            return false;
        id.value = number;
    }
    return payout_batch_get(tx, id, ret, ret_body);
}

static void show_batch(Request *rq, Tx *tx, const Batch *batch, const char *refusal) {
    Arena *arena = rq->arena;
    Payouts all = payout_of_batch(tx, batch->id);
    const SumLine facts[FACTS_COUNT] = {
        { .label = payout_word(PAYOUT_L_EXECUTE), .value = date_text(arena, batch->execute_on) },
        { .label = payout_word(PAYOUT_L_TOTAL), .value = money_text(arena, batch->total_cents) },
        { .label = payout_word(PAYOUT_L_COUNT),
          .value = arena_print(arena, "%lld", (long long)batch->payout_count) },
        { .label = payout_word(PAYOUT_L_MADE_BY), .value = batch->made_by },
        { .label = payout_word(PAYOUT_L_MADE_AT), .value = instant_text(arena, batch->made_at) },
        { .label = payout_word(PAYOUT_L_SHA), .value = batch->sha256 },
    };
    BatchView view = { .reference = batch->reference,
                       .refusal = refusal,
                       .file = url_print(arena, "/g/virements/%s/fichier", batch->reference),
                       .action = url_print(arena, "/g/virements/%s/executer", batch->reference),
                       .facts = facts,
                       .fact_count = FACTS_COUNT,
                       .rows = payout_row_views(rq, tx, &all),
                       .row_count = all.count };
    for (size_t i = 0; i < view.row_count; i++)
        view.is_waiting = view.is_waiting || view.rows[i].is_in_file;
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    Html *h = page_html(rq);
    view_payout_batch(h, &view);
    page_send(rq, refusal ? 409 : 200,
              &(Page){ .title = arena_print(arena, payout_word(PAYOUT_T_BATCH), batch->reference),
                       .body = h,
                       .is_dense = true,
                       .nav = "argent",
                       .crumbs = { { payout_word(PAYOUT_T_LIST), url_print(arena, "/g/virements") } } });
}

void payout_batch_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Batch batch;
    if (!batch_named(rq, &tx, &batch, NULL)) {
        reply_error(rq, 404, NULL);
        return;
    }
    show_batch(rq, &tx, &batch, NULL);
}

void payout_batch_file(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Batch batch;
    Bytes body;
    if (!batch_named(rq, &tx, &batch, &body)) {
        reply_error(rq, 404, NULL);
        return;
    }
    reply_bytes(rq, "application/xml", body, arena_print(rq->arena, "%s.xml", batch.reference));
}

/* One payout of the file when the form names it, else all those that wait. */
static Outcome execute(Request *rq, Tx *tx, const Batch *batch) {
    Payouts all = payout_of_batch(tx, batch->id);
    Act act = story_act(rq, EVENT_executed, BANK);
    Outcome outcome = { .why = payout_word(PAYOUT_NONE_EXECUTED) };
    int64_t only = 0;
    payout_number(rq_field(rq, "payout"), &only);
    for (size_t i = 0; i < all.count; i++) {
        bool wanted = only ? all.at[i].id.value == only : text_same(all.at[i].state, "payout_in_file");
        if (!wanted)
            continue;
        outcome = payout_executed(tx, all.at[i].id, &act);
        if (!outcome.done)
            break;
    }
    return outcome;
}

void payout_executed_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Batch batch;
    if (!batch_named(rq, &tx, &batch, NULL)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Outcome outcome = execute(rq, &tx, &batch);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx again = db_read(rq->db, rq->arena);
        show_batch(rq, &again, &batch, outcome.why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, payout_word(PAYOUT_SAID_EXECUTED));
    reply_see(rq, url_print(rq->arena, "/g/virements/%s", batch.reference));
}
