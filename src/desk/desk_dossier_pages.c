/* desk_dossier_pages.c - the page of a dossier: whose turn it is first, then where it stands. */
#include "date.h"
#include "desk_dossier_html.h"
#include "desk_pages.h"
#include "desk_parts_pages.h"
#include "desk_rows_pages.h"
#include "desk_words.h"
#include "frame.h"
#include "ident.h"
#include "money.h"
#include "text.h"

/* What is known while the page is put together. */
typedef struct Look {
    Request *rq;
    Tx *tx;
    Dossier dossier;
    Session session;
    Company company;
    Trainer trainer;
    Sight sight, session_sight;
    State state, session_state;
    bool is_stuck;
    Date late_on;
} Look;

static bool find_look(Look *look) {
    Tx *tx = look->tx;
    const Viewer *viewer = look->rq->viewer;
    if (!dossier_seen(tx, viewer, rq_param(look->rq, "reference"), &look->dossier) ||
        !session_get(tx, look->dossier.session_id, &look->session) ||
        !people_company(tx, look->dossier.company_id, &look->company) ||
        !people_trainer(tx, look->session.trainer_id, &look->trainer))
        return false;
    desk_see(tx, viewer, THING(dossier, look->dossier.id), &look->sight);
    desk_see(tx, viewer, THING(session, look->session.id), &look->session_sight);
    look->session_state = story_where(tx, THING(session, look->session.id));
    WorkLines lines = desk_work_of_session(tx, look->session.id);
    for (size_t i = 0; i < lines.count; i++)
        if (lines.at[i].id.value == look->dossier.id.value) {
            look->state = lines.at[i].state;
            look->is_stuck = lines.at[i].is_stuck;
            look->late_on = lines.at[i].late_on;
        }
    return true;
}

/* While the dossier waits for its session, the session's turn is what people must know. */
static const Row *turn_row(const Look *look, bool *ret_is_session) {
    bool is_early = look->state == STATE_dossier_preparing && look->session_state != STATE_UNBORN;
    bool is_run = look->state == STATE_dossier_green && look->session_state >= STATE_session_running &&
                  look->session_state <= STATE_session_ended && look->rq->viewer->role != ROLE_COMPANY;
    *ret_is_session = is_early || is_run;
    return story_state(*ret_is_session ? look->session_state : look->state);
}

static void add_button(Arena *arena, ButtonSet *set, const char *label, Url url) {
    if (!set->at)
        set->at = arena_zero(arena, 1, sizeof *set->at);
    set->at[set->count++] = (Button){ .label = label, .url = url, .kind = BUTTON_main };
}

static ButtonSet turn_buttons(const Look *look, bool is_yours, bool is_session) {
    Request *rq = look->rq;
    ButtonSet set = { 0 };
    bool is_company = rq->viewer->role == ROLE_COMPANY;
    if (is_session && is_yours && is_company)
        add_button(rq->arena, &set, desk_word(DESK_YOUR_DATA),
                   url_print(rq->arena, "/dossiers/%s/donnees", look->dossier.reference));
    else if (is_session && is_yours)
        add_button(rq->arena, &set, desk_word(DESK_TO_SESSION),
                   url_print(rq->arena, "/sessions/%s", look->session.reference));
    else if (is_yours || is_company) {
        desk_buttons_add(rq, look->tx, &look->sight, &set);
        if (look->state == STATE_dossier_green) /* then only the session can still be cancelled */
            desk_buttons_add(rq, look->tx, &look->session_sight, &set);
        for (size_t i = 0; i < set.count && !is_yours; i++)
            set.at[i].kind = BUTTON_second;
    }
    return set;
}

static TurnCard turn_of(const Look *look) {
    Request *rq = look->rq;
    bool is_session = false;
    const Row *row = turn_row(look, &is_session);
    TurnCard turn = { .is_over = true, .title = desk_word(DESK_IS_OVER) };
    if (!row)
        return turn;
    unsigned who = row->who;
    Invoices invoices = billing_of_dossier(look->tx, look->dossier.id);
    Invoice mine;
    bool has_bill = false;
    for (size_t i = 0; i < invoices.count && rq->viewer->role == ROLE_COMPANY && (who & PAYER); i++)
        has_bill |= !text_same(invoices.at[i].payer_kind, "funder") &&
                    billing_seen(look->tx, rq->viewer, invoices.at[i].id, &mine);
    bool is_yours = desk_is_turn_of(rq->viewer, row, look->is_stuck && !is_session) || has_bill;
    ButtonSet set = turn_buttons(look, is_yours, is_session);
    turn.is_yours = is_yours;
    turn.is_over = !who && !is_yours;
    turn.title = is_yours && *row->turn ? row->turn : row->meaning;
    turn.text = is_yours ? row->meaning
                : who    ? desk_say(rq->arena, DESK_NOT_YOURS, desk_whose(who))
                         : desk_word(DESK_NOBODYS_TURN);
    if (is_yours && look->is_stuck && !is_session && rq->viewer->role == ROLE_STAFF)
        turn.text = desk_word(DESK_STUCK);
    turn.due = is_session ? NULL : desk_due(rq->arena, look->late_on, rq->today);
    turn.is_late = turn.due && date_diff(rq->today, look->late_on) > 0;
    turn.buttons = set.at;
    turn.button_count = rq->viewer->role == ROLE_STAFF && set.count > 1 ? 1 : set.count;
    return turn;
}

static Step *steps_of(const Look *look, size_t *ret_count) {
    Arena *arena = look->rq->arena;
    const DeskStep *all;
    size_t count = desk_steps(&all), now = desk_step_of(look->state);
    Lines lines = story_lines(look->tx, look->sight.thing);
    Step *steps = arena_zero(arena, count, sizeof *steps);
    for (size_t i = 0; i < count; i++) {
        steps[i] = (Step){ .title = all[i].title, .who = all[i].next, .state = STEP_next };
        const Line *done = NULL;
        for (size_t k = 0; k < lines.count; k++) {
            Event event = story_event_named(lines.at[k].event);
            if (event == all[i].done_by || (all[i].also && event == all[i].also))
                done = &lines.at[k];
        }
        if (now ? i + 1 < now : done != NULL) {
            steps[i].state = STEP_done;
            steps[i].who = NULL;
        } else if (i + 1 == now) {
            steps[i].state = STEP_now;
            steps[i].who = story_state(look->state)->meaning;
        }
        if (steps[i].state == STEP_done && done) {
            const char *when = instant_prose(arena, done->happened_at);
            steps[i].who = *done->person ? arena_print(arena, "%s, %s", done->person, when)
                                         : desk_say(arena, DESK_BY_SYSTEM, when);
        }
    }
    *ret_count = count;
    return steps;
}

/* What the OPCO bears in the end, whether it pays the body or pays the company back. */
static Money granted_of(const Look *look, const Plan *plan) {
    Answer answer;
    if (text_same(plan->circuit, "self") || !funding_answer(look->tx, look->dossier.id, &answer))
        return (Money){ 0 };
    Money price = look->dossier.price_cents;
    return money_compare(answer.granted_cents, price) > 0 ? price : answer.granted_cents;
}

static void sums_of(const Look *look, DossierView *view) {
    Arena *arena = look->rq->arena;
    FundingRequest request;
    Plan plan;
    Money price = look->dossier.price_cents;
    view->sums[view->sum_count++] = (SumLine){ .label = desk_word(DESK_PRICE),
                                               .value = money_text(arena, price),
                                               .is_number = true };
    bool is_refused = look->state == STATE_dossier_refused; /* then the OPCO's share is no longer hoped for */
    bool is_known = !is_refused && funding_plan(look->tx, look->dossier.id, &plan);
    bool was_asked = !is_refused && funding_request(look->tx, look->dossier.id, &request);
    Money opco = was_asked ? request.requested_cents : (Money){ 0 };
    if (is_known)
        opco = granted_of(look, &plan);
    if (is_known || was_asked)
        view->sums[view->sum_count++] = (SumLine){ .label = desk_word(is_known ? DESK_GRANTED : DESK_ASKED),
                                                   .value = money_text(arena, money_sub((Money){ 0 }, opco)),
                                                   .is_number = true };
    view->is_price_open = !is_known && !is_refused;
    view->sums[view->sum_count++] = (SumLine){ .label = desk_word(view->is_company ? DESK_REST
                                                                                   : DESK_REST_OF_COMPANY),
                                               .value = money_text(arena, money_sub(price, opco)),
                                               .is_total = true,
                                               .is_number = true };
}

static Contact contact_of(const Look *look) {
    Arena *arena = look->rq->arena;
    Organisation house;
    Account account;
    Contact contact = { 0 };
    if (look->rq->viewer->role == ROLE_STAFF || !people_organisation(look->tx, &house))
        return contact;
    contact = (Contact){ .name = house.contact_name,
                         .about = house.name,
                         .phone = phone_text(arena, house.phone),
                         .phone_url = url_print(arena, "tel:%s", house.phone),
                         .write_url = url_print(arena, "mailto:%s", house.email) };
    if (look->dossier.account_id.value && people_account(look->tx, look->dossier.account_id, &account)) {
        contact.name = arena_print(arena, "%s %s", account.first_name, account.last_name);
        contact.about = desk_word(DESK_HELP_ABOUT);
        contact.write_url = url_print(arena, "mailto:%s", account.email);
    }
    return contact;
}

static void add_staff_parts(const Look *look, DossierView *view) {
    Tx *tx = look->tx;
    Payout *payout = arena_zero(look->rq->arena, 1, sizeof *payout);
    view->acts = desk_buttons(look->rq, tx, &look->sight);
    for (size_t i = 0; i < view->acts.count; i++)
        view->acts.at[i].kind = BUTTON_second;
    view->mails = message_of_dossier(tx, look->dossier.id);
    view->lines = story_lines(tx, look->sight.thing);
    view->invoices = billing_of_dossier(tx, look->dossier.id);
    view->payout = payout_of_dossier(tx, look->dossier.id, payout) ? payout : NULL;
    view->audits = quality_audits_of_dossier(tx, look->dossier.id);
    Account account;
    if (look->dossier.account_id.value && people_account(tx, look->dossier.account_id, &account))
        view->follower = arena_print(look->rq->arena, "%s %s", account.first_name, account.last_name);
    view->is_mine = view->follower && look->dossier.account_id.value == look->rq->viewer->account_id.value;
}

static void add_links(const Look *look, DossierView *view) {
    Arena *arena = look->rq->arena;
    const char *reference = look->dossier.reference;
    unsigned role = look->rq->viewer->role;
    if (role & (ROLE_STAFF | ROLE_ADVISER))
        view->company_url = url_print(arena, "/entreprises/%ld", (long)look->company.id.value);
    if (role & (ROLE_STAFF | ROLE_ADVISER | ROLE_TRAINER))
        view->session_url = url_print(arena, "/sessions/%s", look->session.reference);
    if (role == ROLE_AUDITOR)
        view->audit_url = url_print(arena, "/a");
    if (role & (ROLE_STAFF | ROLE_COMPANY) && look->state == STATE_dossier_green &&
        look->session_state <= STATE_session_open)
        view->replace_url = url_print(arena, "/dossiers/%s/remplacer", reference);
    if (role & (ROLE_STAFF | ROLE_COMPANY | ROLE_TRAINER) && look->state == STATE_dossier_preparing)
        view->data_url = url_print(arena, "/dossiers/%s/donnees", reference);
}

static void show_dossier(Look *look) {
    Request *rq = look->rq;
    unsigned role = rq->viewer->role;
    DossierView view = { .dossier = &look->dossier,
                         .session = &look->session,
                         .company = &look->company,
                         .trainer = &look->trainer,
                         .is_staff = role == ROLE_STAFF,
                         .is_company = role == ROLE_COMPANY,
                         .sees_company = role & (ROLE_STAFF | ROLE_ADVISER | ROLE_TRAINER),
                         .tag = desk_state_tag(look->state),
                         .turn = turn_of(look),
                         .docs = desk_doc_lines(rq, look->tx,
                                                documents_of_dossier(look->tx, look->dossier.id)),
                         .contact = contact_of(look),
                         .people = dossier_participants(look->tx, look->dossier.id) };
    view.when = date_span(rq->arena, look->session.starts_on, look->session.ends_on);
    view.steps = steps_of(look, &view.step_count);
    if (role & (ROLE_STAFF | ROLE_ADVISER | ROLE_COMPANY))
        sums_of(look, &view);
    add_links(look, &view);
    if (role == ROLE_STAFF)
        add_staff_parts(look, &view);
    if (look->tx->error) {
        reply_fault(rq, look->tx);
        return;
    }
    Html *h = page_html(rq);
    view_desk_dossier(h, &view);
    const char *number = desk_say(rq->arena, DESK_DOSSIER_NUMBER, look->dossier.reference);
    page_send(rq, 200,
              &(Page){ .title = arena_print(rq->arena, "%s - %s", view.turn.title, number),
                       .body = h,
                       .is_dense = role == ROLE_STAFF,
                       .nav = "dossiers",
                       .crumbs = { { role == ROLE_COMPANY   ? desk_word(DESK_MY_DOSSIERS)
                                     : role == ROLE_TRAINER ? look->session.reference
                                                            : desk_word(DESK_WORKLIST),
                                     role == ROLE_COMPANY   ? url_print(rq->arena, "/e")
                                     : role == ROLE_TRAINER ? view.session_url
                                     : role == ROLE_AUDITOR ? view.audit_url
                                     : role == ROLE_ADVISER ? url_print(rq->arena, "/c")
                                                            : url_print(rq->arena, "/g") } } });
}

void desk_dossier_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Look look = { .rq = rq, .tx = &tx };
    if (!find_look(&look)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (rq->viewer->role == ROLE_STAFF || rq->viewer->role == ROLE_COMPANY) {
        db_rollback(&tx); /* needs that depend on the time of day, then look again */
        desk_refresh(rq, look.sight.thing);
        tx = db_read(rq->db, rq->arena);
        look = (Look){ .rq = rq, .tx = &tx };
        if (!find_look(&look)) {
            reply_error(rq, 404, NULL);
            return;
        }
    }
    show_dossier(&look);
}
