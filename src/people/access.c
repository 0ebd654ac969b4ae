#include "access.h"

#include <string.h>

#include "clock.h"
#include "crypt.h"
#include "date.h"
#include "frame.h"
#include "people_login_store.h"
#include "people_words.h"
#include "seat_views.h"
#include "text.h"

enum { SEEN_MINUTES = 60, TOKEN_LENGTH = 43, LOGIN_COOKIE_DAYS = 30 };

/* Over https the browser itself refuses the cookie to other hosts and to plain http. */
static const char *login_cookie(const Request *rq) { return rq->is_https ? "__Host-quitus" : "quitus"; }
static const char *form_cookie(const Request *rq) {
    return rq->is_https ? "__Host-quitus-form" : "quitus-form";
}

const Seat *seat_of(const Request *rq) { return rq->seat; }

const char *seat_token(const Request *rq) { return rq_cookie(rq, login_cookie(rq)); }

void seat_cookie(Request *rq, const char *name, const char *value, int64_t seconds) {
    Text cookie = text_new(rq->arena);
    text_print(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Lax", name, value);
    if (seconds >= 0)
        text_print(&cookie, "; Max-Age=%lld", (long long)seconds);
    if (rq->is_https)
        text_add(&cookie, "; Secure");
    rq_header(rq, "Set-Cookie", cookie.p);
}

void people_cookie(Request *rq, const char *token) {
    bool is_leaving = text_is_empty(token);
    seat_cookie(rq, login_cookie(rq), token, is_leaving ? 0 : LOGIN_COOKIE_DAYS * (int64_t)86400);
}

/* Who it is */

static bool is_token(const char *s) {
    if (strlen(s) != TOKEN_LENGTH)
        return false;
    return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == TOKEN_LENGTH;
}

/* "Seen" is for the list of devices: to the hour is enough, and a page stays a page that only reads. */
static void note_seen(Request *rq, const Entered *entered) {
    if (instant_add(entered->seen_at, SEEN_MINUTES * 60).ms > rq->now.ms)
        return;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    people_login_note(&tx, entered->viewer.login_id, rq->remote ? rq->remote : "", rq->now);
    (void)!db_commit(&tx);
}

static void know_the_house(Tx *tx, Seat *seat, bool is_known) {
    Organisation house = { .name = seat->entered.house_name,
                           .nda = seat->entered.house_nda,
                           .phone = seat->entered.house_phone };
    if (!is_known)
        people_organisation(tx, &house);
    seat->house_name = house.name ? house.name : "";
    seat->house_nda = house.nda ? house.nda : "";
    seat->house_phone = house.phone ? house.phone : "";
}

void people_recognise(Request *rq) {
    Seat *seat = arena_zero(rq->arena, 1, sizeof *seat);
    const char *token = rq_cookie(rq, login_cookie(rq));
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    bool is_known = is_token(token) && people_login_find(&tx, token, rq->now, &seat->entered);
    know_the_house(&tx, seat, is_known);
    Tx failed = tx; /* a store that is away must not make a stranger of somebody */
    db_rollback(&tx);
    if (is_known) {
        seat->viewer = seat->entered.viewer;
        rq->csrf = seat->entered.csrf;
        note_seen(rq, &seat->entered);
    }
    if (!seat->viewer.role) { /* a nobody: the token of his forms is a cookie, sent with each of them */
        const char *kept = rq_cookie(rq, form_cookie(rq));
        seat->viewer = (Viewer){ .role = ROLE_NOBODY, .name = "", .email = "" };
        rq->csrf = is_token(kept) ? kept : crypt_token(rq->arena);
        if (rq->csrf != kept && !failed.error)
            seat_cookie(rq, form_cookie(rq), rq->csrf, -1);
    }
    rq->viewer = &seat->viewer;
    rq->seat = seat;
    if (failed.error)
        reply_fault(rq, &failed);
}

/* May he come here */

static void add_escaped(Text *out, const char *s) {
    for (; *s; s++) {
        bool is_plain = strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/", *s);
        if (is_plain)
            text_add_char(out, *s);
        else
            text_print(out, "%%%02X", (unsigned char)*s);
    }
}

const char *seat_address(Request *rq) {
    Text out = text_new(rq->arena);
    add_escaped(&out, rq->path);
    for (size_t i = 0; rq->method == METHOD_GET && i < rq->query_count; i++) {
        text_add(&out, i ? "&" : "?");
        add_escaped(&out, rq->query[i].name);
        text_add(&out, "=");
        add_escaped(&out, rq->query[i].value);
    }
    return out.p;
}

/* The token of a login stands in its row, that of a nobody in his cookie: people_recognise() has compared
 * nothing yet, only found the one that counts. */
static bool is_own_form(const Request *rq) {
    const char *sent = rq_field(rq, "csrf");
    return rq->csrf && *sent && crypt_same(sent, rq->csrf);
}

bool people_admit(Request *rq, unsigned roles) {
    bool is_nobody = rq->viewer->role == ROLE_NOBODY;
    if (!(roles & ROLE_ANYBODY) && is_nobody && rq->method == METHOD_GET) {
        reply_see(rq, url_print(rq->arena, "/connexion?suite=%s", seat_address(rq)));
        return false;
    }
    if (!(roles & (ROLE_ANYBODY | rq->viewer->role)) && !is_nobody) {
        reply_error(rq, 404, NULL);
        return false;
    }
    if (rq->method == METHOD_POST && (!is_own_form(rq) || (is_nobody && !(roles & ROLE_ANYBODY)))) {
        reply_error(rq, 403, NULL);
        return false;
    }
    return true;
}

/* Coming in */

const char *seat_digits(Arena *arena, const char *typed) {
    Text out = text_new(arena);
    text_add(&out, "");
    for (const char *s = typed; *s; s++)
        if (*s >= '0' && *s <= '9')
            text_add_char(&out, *s);
    return out.p;
}

Url seat_home(Arena *arena, unsigned role) {
    switch (role) {
    case ROLE_STAFF: return url_print(arena, "/g");
    case ROLE_ADVISER: return url_print(arena, "/c");
    case ROLE_TRAINER: return url_print(arena, "/f");
    case ROLE_COMPANY: return url_print(arena, "/e");
    case ROLE_PARTICIPANT: return url_print(arena, "/p");
    case ROLE_AUDITOR: return url_print(arena, "/a");
    default: return url_print(arena, "/");
    }
}

void seat_enter(Request *rq, Tx *tx, AccountId account_id, LinkId link_id, bool is_proved, const char *wanted,
                unsigned role) {
    Url url;
    if (!url_local(rq->arena, wanted, &url))
        url = seat_home(rq->arena, role);
    if (rq->viewer && rq->viewer->login_id.value)
        people_login_end(tx, rq->viewer->login_id);
    const char *token = people_login_open(tx, account_id, link_id, is_proved, rq->now, rq->user_agent,
                                          rq->remote);
    if (!db_commit(tx)) {
        reply_fault(rq, tx);
        return;
    }
    people_cookie(rq, token);
    reply_see(rq, url);
}

Instant seat_real_now(const Request *rq) {
    const House *house = rq_house(rq);
    return !rq->now.ms || (house && house->is_demo) ? clock_now() : rq->now;
}

/* Two counters: what comes from an address, and what aims at a person. A window is a quarter of an hour. */
bool seat_may_try(Request *rq, Tx *tx, const char *what, const char *who) {
    enum { WINDOW = 15 * 60, OF_ADDRESS = 60, OF_PERSON = 8 };
    Instant now = seat_real_now(rq);
    const char *from = arena_print(rq->arena, "%s/%s", what, rq->remote ? rq->remote : "");
    bool may = people_attempt(tx, from, OF_ADDRESS, WINDOW, now);
    if (*who)
        may = people_attempt(tx, arena_print(rq->arena, "%s@%s", what, who), OF_PERSON, WINDOW, now) && may;
    if (may)
        return true;
    int64_t left = WINDOW - now.ms / 1000 % WINDOW;
    if (!db_commit(tx)) {
        reply_fault(rq, tx);
        return false;
    }
    reply_error(rq, 429, arena_print(rq->arena, people_word(PEOPLE_wait), (int)((left + 59) / 60)));
    rq_header(rq, "Retry-After", arena_print(rq->arena, "%lld", (long long)left));
    return false;
}
