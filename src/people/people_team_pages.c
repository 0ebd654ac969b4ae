#include <string.h>

#include "crypt.h"
#include "date.h"
#include "frame.h"
#include "people_pages.h"
#include "people_settings_html.h"
#include "people_views.h"
#include "people_words.h"
#include "seat_views.h"
#include "text.h"

/* The team */

static void show_team(Request *rq, Tx *tx, const Form *form, int status) {
    Accounts staff = people_of_role(tx, "staff"), advisers = people_of_role(tx, "adviser");
    TeamView view = { .form = form, .viewer = rq->viewer, .staff = &staff, .advisers = &advisers };
    Html *h = page_html(rq);
    view_team(h, &view);
    page_send(rq, status,
              &(Page){ .title = people_word(PEOPLE_title_team),
                       .body = h,
                       .form = form,
                       .is_dense = true,
                       .nav = "reglages" });
}

void people_team_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    show_team(rq, &tx, form_empty(rq->arena, rq->today), 200);
}

static Account team_account(Form *form, Arena *arena) {
    static const char *const roles[] = { "staff", "adviser", NULL };
    Email email = form_email(form, "email", people_word(PEOPLE_label_mail), REQUIRED);
    return (Account){
        .role = form_choice(form, "role", people_word(PEOPLE_label_role), REQUIRED, roles),
        .first_name = form_text(form, "first_name", people_word(PEOPLE_label_first_name), REQUIRED, 60),
        .last_name = form_text(form, "last_name", people_word(PEOPLE_label_last_name), REQUIRED, 60),
        .email = arena_copy(arena, email.text),
        .is_active = true,
    };
}

static void show_new(Request *rq, const TeamNewView *view) {
    Html *h = page_html(rq);
    view_team_new(h, view);
    page_send(
        rq, 200,
        &(Page){
            .title = people_word(PEOPLE_title_team_new), .body = h, .is_dense = true, .nav = "reglages" });
}

/* 120 bits, in groups that can be read out. */
static const char *new_password(Arena *arena) {
    const char *token = crypt_token(arena);
    return arena_print(arena, "%.5s.%.5s.%.5s.%.5s", token, token + 5, token + 10, token + 15);
}

void people_team_post(Request *rq) {
    Form *form = rq_form(rq);
    Account account = team_account(form, rq->arena);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (form_ok(form) && people_account_has(&tx, account.email, account.role))
        form_refuse(form, "email", "", people_word(PEOPLE_account_exists));
    if (!form_ok(form)) {
        show_team(rq, &tx, form, 422);
        return;
    }
    bool is_staff = !strcmp(account.role, "staff");
    const Seat *seat = seat_of(rq);
    const char *house = seat ? seat->house_name : NULL;
    const char *issuer = text_is_empty(house) ? people_word(PEOPLE_no_name) : house;
    TeamNewView view = { .name = arena_print(rq->arena, "%s %s", account.first_name, account.last_name),
                         .email = account.email,
                         .password = is_staff ? new_password(rq->arena) : "",
                         .secret = is_staff ? crypt_totp_secret(rq->arena) : "" };
    if (is_staff)
        view.otpauth = crypt_totp_url(rq->arena, view.secret, issuer, account.email);
    people_account_add(&tx, &account, is_staff ? crypt_password_hash(rq->arena, view.password) : "",
                       view.secret, rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    show_new(rq, &view);
}

static int64_t number_of(const char *s) {
    int64_t n = 0;
    if (!*s || strlen(s) > 15 || s[strspn(s, "0123456789")])
        return 0;
    while (*s)
        n = n * 10 + (*s++ - '0');
    return n;
}

/* Only staff and advisers: companies and trainers are closed with what they own. */
void people_account_close_post(Request *rq) {
    AccountId account_id = { number_of(rq_param(rq, "account")) };
    Account account;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    bool is_found = account_id.value && people_account(&tx, account_id, &account);
    if (!is_found || (strcmp(account.role, "staff") != 0 && strcmp(account.role, "adviser") != 0)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (account_id.value == rq->viewer->account_id.value) {
        reply_error(rq, 409, people_word(PEOPLE_account_self));
        return;
    }
    people_account_close(&tx, account_id, rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, people_word(PEOPLE_account_closed));
    reply_see(rq, url_print(rq->arena, "/g/equipe"));
}
