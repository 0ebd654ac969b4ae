#include <string.h>

#include "access.h"
#include "crypt.h"
#include "frame.h"
#include "ident.h"
#include "people_login_html.h"
#include "people_pages.h"
#include "people_views.h"
#include "people_words.h"
#include "seat_views.h"
#include "text.h"

/* Where to go on afterwards: an address of this house, or "". */
static const char *wanted(Request *rq, const char *typed) {
    Url url;
    return url_local(rq->arena, typed, &url) ? url.path : "";
}

static void show_login(Request *rq, const Form *form, bool is_team, int status) {
    const char *suite = rq->method == METHOD_POST ? rq_field(rq, "suite") : rq_query(rq, "suite");
    LoginView view = { .form = form, .is_team = is_team, .suite = wanted(rq, suite) };
    Html *h = page_html(rq);
    view_login(h, &view);
    page_send(rq, status,
              &(Page){ .title = people_word(is_team ? PEOPLE_title_team_login : PEOPLE_title_login),
                       .body = h,
                       .form = form });
}

void people_login_page(Request *rq) {
    show_login(rq, form_empty(rq->arena, rq->today), *rq_query(rq, "equipe"), 200);
}

static void show_sent(Request *rq, const Form *form, const char *email, int status) {
    const House *house = rq_house(rq);
    LoginView view = { .form = form,
                       .email = email,
                       .suite = wanted(rq, rq_field(rq, "suite")),
                       .is_demo = house && house->is_demo };
    Html *h = page_html(rq);
    view_login_sent(h, &view);
    page_send(rq, status, &(Page){ .title = people_word(PEOPLE_title_sent), .body = h, .form = form });
}

/* The same answer, after the same work, whether the address is known or not. */
void people_login_post(Request *rq) {
    Form *form = rq_form(rq);
    Email email = form_email(form, "email", people_word(PEOPLE_label_email), REQUIRED);
    if (!form_ok(form)) {
        show_login(rq, form, false, 422);
        return;
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!seat_may_try(rq, &tx, "link", email.text))
        return;
    people_login_mail(&tx, email.text, wanted(rq, rq_field(rq, "suite")), rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    show_sent(rq, form_empty(rq->arena, rq->today), email.text, 200);
}

void people_login_code_post(Request *rq) {
    Form *form = rq_form(rq);
    Email email = form_email(form, "email", people_word(PEOPLE_label_email), REQUIRED);
    const char *code = form_text(form, "code", people_word(PEOPLE_label_code), REQUIRED, 20);
    if (!form_ok(form)) {
        show_sent(rq, form, email.text, 422);
        return;
    }
    LinkSeen link;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!seat_may_try(rq, &tx, "code", email.text))
        return;
    if (people_login_by_code(&tx, email.text, seat_digits(rq->arena, code), rq->now, &link)) {
        seat_enter(rq, &tx, link.account_id, (LinkId){ 0 }, true, link.path, link.role);
        return;
    }
    if (!db_commit(&tx)) { /* the attempt counts */
        reply_fault(rq, &tx);
        return;
    }
    form_refuse(form, "code", people_word(PEOPLE_label_code), people_word(PEOPLE_code_wrong));
    show_sent(rq, form, email.text, 422);
}

void people_password_post(Request *rq) {
    Form *form = rq_form(rq);
    Email email = form_email(form, "email", people_word(PEOPLE_label_email), REQUIRED);
    form_text(form, "mot_de_passe", people_word(PEOPLE_label_password), REQUIRED, 200);
    form_text(form, "totp", people_word(PEOPLE_label_totp), REQUIRED, 20);
    if (!form_ok(form)) {
        show_login(rq, form, true, 422);
        return;
    }
    Account account;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!seat_may_try(rq, &tx, "password", email.text))
        return;
    if (people_login_by_password(&tx, email.text, rq_field(rq, "mot_de_passe"),
                                 seat_digits(rq->arena, rq_field(rq, "totp")), rq->now, &account)) {
        seat_enter(rq, &tx, account.id, (LinkId){ 0 }, true, rq_field(rq, "suite"), ROLE_STAFF);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    form_refuse(form, "mot_de_passe", "", people_word(PEOPLE_password_wrong));
    show_login(rq, form, true, 422);
}

/* Links of mails */

static LinkView link_view(Request *rq, const LinkSeen *link) {
    const Seat *seat = seat_of(rq);
    LinkView view = { .url = url_print(rq->arena, "/l/%s", rq_param(rq, "token")),
                      .house = seat ? seat->house_name : "",
                      .email = link->email,
                      .suite = wanted(rq, link->path),
                      .role = link->role,
                      .is_dossier = link->dossier_id.value != 0,
                      .may_renew = link->role != ROLE_PARTICIPANT && link->role != ROLE_AUDITOR };
    if (seat && !text_is_empty(seat->house_phone)) {
        view.phone = phone_text(rq->arena, seat->house_phone);
        view.phone_url = url_print(rq->arena, "tel:%s", seat->house_phone);
    }
    return view;
}

static void show_over(Request *rq, const LinkSeen *link) {
    LinkView view = link_view(rq, link);
    Html *h = page_html(rq);
    view_link_over(h, &view);
    page_send(rq, 410, &(Page){ .title = people_word(PEOPLE_title_link_over), .body = h });
}

/* Who is in already with his whole account needs no narrower login. */
static bool is_in_already(Request *rq, const LinkSeen *link) {
    const Viewer *viewer = rq->viewer;
    return !link->is_once && link->account_id.value && viewer->account_id.value == link->account_id.value &&
           (!viewer->dossier_id.value || viewer->dossier_id.value == link->dossier_id.value);
}

static void go_on(Request *rq, const LinkSeen *link) {
    Url url;
    reply_see(rq, url_local(rq->arena, link->path, &url) ? url : seat_home(rq->arena, link->role));
}

/* Mail programs and virus scanners open links too: looking never consumes. */
void people_link_page(Request *rq) {
    LinkSeen link = { .kind = "", .email = "", .path = "" };
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    bool is_good = people_link_find(&tx, rq_param(rq, "token"), rq->now, &link) && link.is_good;
    if (!is_good) {
        show_over(rq, &link);
        return;
    }
    if (is_in_already(rq, &link)) {
        go_on(rq, &link);
        return;
    }
    LinkView view = link_view(rq, &link);
    Html *h = page_html(rq);
    view_link(h, &view);
    page_send(rq, 200, &(Page){ .title = people_word(PEOPLE_title_link), .body = h });
}

void people_link_post(Request *rq) {
    LinkSeen link = { .kind = "", .email = "", .path = "" };
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    bool is_good = people_link_find(&tx, rq_param(rq, "token"), rq->now, &link) && link.is_good;
    if (is_good && link.is_once)
        is_good = people_link_spend(&tx, link.id, rq->now);
    if (tx.error) {
        reply_fault(rq, &tx);
    } else if (!is_good) {
        show_over(rq, &link);
    } else if (is_in_already(rq, &link)) {
        go_on(rq, &link);
    } else {
        seat_enter(rq, &tx, link.account_id, link.is_once ? (LinkId){ 0 } : link.id, link.is_once, link.path,
                   link.role);
    }
}
