#include <string.h>

#include "access.h"
#include "frame.h"
#include "people_login_html.h"
#include "people_pages.h"
#include "people_views.h"
#include "people_words.h"
#include "seat_views.h"
#include "text.h"

/* "camille@salon.example" -> "c***@salon.example": enough to know where to look. */
static const char *half_hidden(Arena *arena, const char *email) {
    const char *at = strchr(email, '@');
    return at && at > email ? arena_print(arena, "%c***%s", email[0], at) : email;
}

static void show_code(Request *rq, const Form *form, bool is_sent, int status) {
    const House *house = rq_house(rq);
    const char *next = rq->method == METHOD_POST ? rq_field(rq, "next") : rq_query(rq, "next");
    Url url;
    CodeView view = { .form = form,
                      .next = url_local(rq->arena, next, &url) ? url.path : "",
                      .email = half_hidden(rq->arena, rq->viewer->email),
                      .is_sent = is_sent,
                      .is_demo = house && house->is_demo };
    Html *h = page_html(rq);
    view_code(h, &view);
    page_send(rq, status,
              &(Page){ .title = people_word(PEOPLE_title_code), .body = h, .form = form, .is_narrow = true });
}

static void see_code_page(Request *rq, const char *next) {
    reply_see(rq, url_print(rq->arena, "/code?next=%s", next));
}

/* False: the reply is written. */
static bool send_code(Request *rq, const char *next) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!seat_may_try(rq, &tx, "proof", rq->viewer->email))
        return false;
    people_code_mail(&tx, rq->viewer, next, rq->now);
    if (db_commit(&tx))
        return true;
    reply_fault(rq, &tx);
    return false;
}

bool page_needs_proof(Request *rq) {
    const Viewer *viewer = rq->viewer;
    if (viewer->is_proved || viewer->role == ROLE_PARTICIPANT) /* his own link is all he has */
        return true;
    if (!viewer->account_id.value) {
        reply_error(rq, 403, NULL);
        return false;
    }
    const char *next = seat_address(rq);
    const Seat *seat = seat_of(rq);
    bool has_code = seat && seat->entered.has_code;
    if (rq->method == METHOD_GET || has_code || send_code(rq, next)) /* looking sends nothing */
        see_code_page(rq, next);
    return false;
}

void people_code_page(Request *rq) {
    const Seat *seat = seat_of(rq);
    if (!rq->viewer->account_id.value) {
        reply_error(rq, 404, NULL);
        return;
    }
    show_code(rq, form_empty(rq->arena, rq->today), seat && seat->entered.has_code, 200);
}

static void check_code(Request *rq, Form *form, const char *code) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!seat_may_try(rq, &tx, "try", rq->viewer->email))
        return;
    CodeCheck check = people_code_check(&tx, seat_token(rq), seat_digits(rq->arena, code), rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    Url url;
    if (check == CODE_good) {
        page_say(rq, people_word(PEOPLE_proved));
        reply_see(rq, url_local(rq->arena, rq_field(rq, "next"), &url)
                          ? url
                          : seat_home(rq->arena, rq->viewer->role));
        return;
    }
    form_refuse(form, "code", people_word(PEOPLE_label_code),
                people_word(check == CODE_wrong ? PEOPLE_code_wrong : PEOPLE_code_over));
    show_code(rq, form, true, 422);
}

void people_code_post(Request *rq) {
    Form *form = rq_form(rq);
    Url url;
    if (!rq->viewer->account_id.value) {
        reply_error(rq, 404, NULL);
        return;
    }
    const char *next = url_local(rq->arena, rq_field(rq, "next"), &url) ? url.path : "";
    if (*rq_field(rq, "envoi")) {
        if (send_code(rq, next))
            see_code_page(rq, next);
        return;
    }
    const char *code = form_text(form, "code", people_word(PEOPLE_label_code), REQUIRED, 20);
    if (form_ok(form))
        check_code(rq, form, code);
    else
        show_code(rq, form, true, 422);
}

/* One's own account */

void people_me_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Devices devices = people_devices(&tx, rq->viewer);
    MeView view = { .viewer = rq->viewer, .devices = &devices, .is_closed = !rq->viewer->account_id.value };
    Html *h = page_html(rq);
    view_me(h, &view);
    page_send(rq, 200, &(Page){ .title = people_word(PEOPLE_title_me), .body = h });
}

static void leave(Request *rq, bool everywhere, PeopleWord word) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (everywhere && rq->viewer->account_id.value)
        people_login_end_all(&tx, rq->viewer->account_id);
    else if (rq->viewer->login_id.value)
        people_login_end(&tx, rq->viewer->login_id);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    people_cookie(rq, "");
    page_say(rq, people_word(word));
    reply_see(rq, url_print(rq->arena, "/connexion"));
}

void people_logout_post(Request *rq) { leave(rq, false, PEOPLE_left); }

void people_logout_all_post(Request *rq) { leave(rq, true, PEOPLE_left_everywhere); }
