/* desk_home_pages.c - the way in for each role, lists of sessions, search. */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "desk_home_html.h"
#include "desk_pages.h"
#include "desk_parts_pages.h"
#include "desk_rows_pages.h"
#include "desk_words.h"
#include "frame.h"
#include "ident.h"
#include "text.h"
#include "trainer_store.h"

enum { TRAINER_BACK_DAYS = 120, LIST_MOST = 50, LONGEST_SEARCH = 100 };

static void home_of_nobody(Request *rq) {
    Organisation organisation = { 0 };
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!people_organisation(&tx, &organisation))
        organisation = (Organisation){ .name = "", .contact_name = "" };
    HomeView view = { .organisation = &organisation };
    if (!text_is_empty(organisation.phone))
        view.phone_url = url_print(rq->arena, "tel:%s", organisation.phone);
    if (!text_is_empty(organisation.email))
        view.mail_url = url_print(rq->arena, "mailto:%s", organisation.email);
    Html *h = page_html(rq);
    view_desk_home(h, &view);
    page_send(rq, 200, &(Page){ .title = desk_word(DESK_HOME_TITLE), .body = h });
}

void desk_home(Request *rq) {
    static const struct {
        unsigned role;
        const char *path;
    } homes[] = { { ROLE_STAFF, "/g" },   { ROLE_ADVISER, "/c" },     { ROLE_TRAINER, "/f" },
                  { ROLE_COMPANY, "/e" }, { ROLE_PARTICIPANT, "/p" }, { ROLE_AUDITOR, "/a" } };
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
        if (rq->viewer->role == homes[i].role) {
            reply_see(rq, url_print(rq->arena, "%s", homes[i].path));
            return;
        }
    home_of_nobody(rq);
}

/* A link of one dossier shows that one alone. */
static WorkLines only_seen(Request *rq, WorkLines lines) {
    int64_t only = rq->viewer->dossier_id.value;
    size_t kept = 0;
    for (size_t i = 0; i < lines.count; i++)
        if (!only || lines.at[i].id.value == only)
            lines.at[kept++] = lines.at[i];
    lines.count = kept;
    return lines;
}

static CompanyId company_of(Tx *tx, const Viewer *viewer) {
    Dossier dossier;
    if (!viewer->company_id.value && viewer->dossier_id.value &&
        dossier_get(tx, viewer->dossier_id, &dossier))
        return dossier.company_id;
    return viewer->company_id;
}

void desk_company_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    WorkLines lines = only_seen(rq, desk_work_of_company(&tx, company_of(&tx, rq->viewer)));
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    WorkView view = desk_work_view(rq, lines, false);
    view.empty = (Empty){ .title = desk_word(DESK_NO_DOSSIER), .text = desk_word(DESK_NO_DOSSIER_MORE) };
    Html *h = page_html(rq);
    view_desk_company(h, &view);
    page_send(rq, 200, &(Page){ .title = desk_word(DESK_COMPANY_HOME), .body = h, .nav = "dossiers" });
}

void desk_adviser_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    WorkView view = desk_work_view(rq, desk_work_newest(&tx, LIST_MOST), false);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    view.empty = (Empty){ .title = desk_word(DESK_NOT_FOUND), .text = desk_word(DESK_NOT_FOUND_MORE) };
    Html *h = page_html(rq);
    view_desk_adviser(h, &view);
    page_send(rq, 200, &(Page){ .title = desk_word(DESK_ADVISER_HOME), .body = h, .nav = "dossiers" });
}

static void push(SessionItems *items, const SessionItem *item) { items->at[items->count++] = *item; }

static SessionItems room_for(Arena *arena, size_t count) {
    return (SessionItems){ arena_zero(arena, count + 1, sizeof(SessionItem)), 0 };
}

void desk_trainer_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    SessionItems all = desk_sessions_of(&tx, rq->viewer->trainer_id, date_add(rq->today, -TRAINER_BACK_DAYS));
    SessionItems today = room_for(rq->arena, all.count), to_do = room_for(rq->arena, all.count),
                 next = room_for(rq->arena, all.count);
    for (size_t i = 0; i < all.count; i++) {
        const SessionItem *item = &all.at[i];
        const Row *state = story_state(item->state);
        bool has_days = !date_is_none(item->starts_on);
        bool is_now = has_days && date_diff(rq->today, item->starts_on) >= 0 &&
                      date_diff(rq->today, item->ends_on) <= 0;
        if (is_now && (item->state == STATE_session_open || item->state == STATE_session_running))
            push(&today, item);
        else if (state && state->who & TRAINER && item->state != STATE_session_open)
            push(&to_do, item);
        else
            push(&next, item);
    }
    TrainerView view = { .name = rq->viewer->name,
                         .today = desk_session_list(rq, today, false),
                         .to_do = desk_session_list(rq, to_do, false),
                         .next = desk_session_list(rq, next, false),
                         .may_open = trainer_may_open(&tx, rq->viewer->trainer_id) };
    view.today.empty = (Empty){ .title = desk_word(DESK_NO_TODAY) };
    view.to_do.empty = (Empty){ .title = desk_word(DESK_NO_TO_DO) };
    view.next.empty = (Empty){ .title = desk_word(DESK_NO_NEXT), .text = desk_word(DESK_NO_SESSION_MORE) };
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_desk_trainer(h, &view);
    page_send(rq, 200, &(Page){ .title = desk_word(DESK_MY_SESSIONS), .body = h, .nav = "sessions" });
}

void desk_sessions_page(Request *rq) {
    State state = story_state_named(rq_query(rq, "etat"));
    bool is_state = story_machine_of(state) == MACHINE_session;
    char *end = NULL;
    long after = strtol(rq_query(rq, "apres"), &end, 10);
    int64_t after_id = *end == '-' ? strtoll(end + 1, NULL, 10) : 0;
    Date from = after > 0 && after < INT32_MAX ? (Date){ (int32_t)after } : date_add(rq->today, -1);
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    SessionItems items = is_state ? desk_sessions_in(&tx, state, LIST_MOST)
                                  : desk_sessions_from(&tx, from, (SessionId){ after_id }, LIST_MOST);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    SessionListView view = desk_session_list(rq, items, true);
    view.empty = (Empty){ .title = desk_word(DESK_NO_SESSION), .text = desk_word(DESK_NO_SESSION_MORE) };
    view.state_label = is_state ? story_state(state)->label : NULL;
    if (!is_state && items.count == LIST_MOST)
        view.next = url_print(rq->arena, "/g/sessions?apres=%d-%ld",
                              (int)items.at[items.count - 1].starts_on.days,
                              (long)items.at[items.count - 1].id.value);
    Html *h = page_html(rq);
    view_desk_sessions(h, &view);
    page_send(rq, 200,
              &(Page){ .title = desk_word(DESK_SESSIONS), .body = h, .is_dense = true, .nav = "sessions" });
}

/* A whole reference leads straight there. */
static bool jumps(Request *rq, Tx *tx, const char *words) {
    Dossier dossier;
    Session session;
    InvoiceId invoice = { 0 };
    if (dossier_seen(tx, rq->viewer, words, &dossier))
        reply_see(rq, url_print(rq->arena, "/dossiers/%s", dossier.reference));
    else if (session_seen(tx, rq->viewer, words, &session))
        reply_see(rq, url_print(rq->arena, "/sessions/%s", session.reference));
    else if (rq->viewer->role == ROLE_STAFF && (invoice = desk_invoice_numbered(tx, words)).value)
        reply_see(rq, url_print(rq->arena, "/factures/%ld", (long)invoice.value));
    else
        return false;
    return true;
}

static const char *digits_of(Arena *arena, const char *words) {
    Text out = text_new(arena);
    for (const char *s = words; *s; s++)
        if (*s >= '0' && *s <= '9')
            text_add_char(&out, *s);
        else if (*s != ' ')
            return "";
    return out.p ? out.p : "";
}

void desk_search_page(Request *rq) {
    const char *typed = text_squeeze(rq->arena, rq_query(rq, "q"));
    SearchView view = { .words = typed, .is_empty = !*typed || strlen(typed) > LONGEST_SEARCH };
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!view.is_empty && jumps(rq, &tx, typed))
        return;
    if (!view.is_empty) {
        const char *siret = digits_of(rq->arena, typed);
        view.work = desk_work_view(rq, desk_work_found(&tx, typed), false);
        view.sessions = desk_session_list(rq, desk_sessions_found(&tx, typed), true);
        view.companies = strlen(siret) >= 3 ? desk_companies_by_siret(&tx, siret)
                                            : people_companies(&tx, typed, "", LIST_MOST);
    }
    view.work.empty = (Empty){ .title = desk_word(DESK_NOT_FOUND), .text = desk_word(DESK_NOT_FOUND_MORE) };
    view.sessions.empty = (Empty){ .title = desk_word(DESK_NO_SESSION_FOUND) };
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_desk_search(h, &view);
    page_send(rq, 200, &(Page){ .title = desk_word(DESK_SEARCH), .body = h, .is_dense = true });
}
