#include "frame.h"

#include <string.h>

#include "access.h"
#include "crypt.h"
#include "date.h"
#include "frame_html.h"
#include "frame_views.h"
#include "ident.h"
#include "people_words.h"
#include "seat_views.h"
#include "text.h"

enum { SAID_LONGEST = 400, SAID_SECONDS = 120 };

static const char *said_cookie(const Request *rq) {
    return rq->is_https ? "__Host-quitus-dit" : "quitus-dit";
}

const House *rq_house(const Request *rq) { return rq->house; }

static bool is_demo(const Request *rq) { return rq->house && rq_house(rq)->is_demo; }

static Html *new_html(Request *rq) {
    Html *h = arena_zero(rq->arena, 1, sizeof *h);
    *h = html_new(rq->arena, rq->csrf ? rq->csrf : "", crypt_token(rq->arena));
    h->is_demo = is_demo(rq);
    return h;
}

Html *page_html(Request *rq) { return new_html(rq); }

/* The sentence of the page before */

void page_say(Request *rq, const char *sentence) {
    const char *fine = text_typographic(rq->arena, sentence ? sentence : "");
    if (strlen(fine) > SAID_LONGEST)
        return;
    seat_cookie(rq, said_cookie(rq), url_print(rq->arena, "/%s", fine).path + 1, SAID_SECONDS);
}

static int hex_of(char c) {
    const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Back from what url_print() made of it; "" when it is nothing of ours. */
static const char *unescape(Arena *arena, const char *s) {
    Text out = text_new(arena);
    text_add(&out, "");
    for (; *s; s++) {
        if (*s != '%') {
            text_add_char(&out, *s);
            continue;
        }
        int high = hex_of(s[1]), low = high < 0 ? -1 : hex_of(s[2]);
        if (low < 0)
            return "";
        text_add_char(&out, (char)(high * 16 + low));
        s += 2;
    }
    return text_is_utf8(out.p, out.n) ? out.p : "";
}

static const char *take_said(Request *rq, int status) {
    const char *kept = rq_cookie(rq, said_cookie(rq));
    if (!*kept || status >= 400 || strlen(kept) > SAID_LONGEST * 3)
        return "";
    seat_cookie(rq, said_cookie(rq), "", 0);
    return unescape(rq->arena, kept);
}

/* The frame */

static Url home_url(Request *rq) { return seat_home(rq->arena, rq->viewer ? rq->viewer->role : ROLE_NOBODY); }

static const char *name_of_house(const Request *rq) {
    const Seat *seat = seat_of(rq);
    return !seat || text_is_empty(seat->house_name) ? people_word(PEOPLE_no_name) : seat->house_name;
}

static const char *nda_of_house(const Request *rq) {
    const Seat *seat = seat_of(rq);
    return !seat || text_is_empty(seat->house_nda) ? "" : nda_text(rq->arena, seat->house_nda);
}

static const char *window_title(Request *rq, const Page *page) {
    const char *title = page->title ? page->title : "";
    if (page->form && !form_ok(page->form))
        title = arena_print(rq->arena, people_word(PEOPLE_error_title), title);
    title = text_typographic(rq->arena, title);
    return arena_print(rq->arena, people_word(PEOPLE_title), title, name_of_house(rq));
}

static const char *demo_date(Request *rq) {
    if (!is_demo(rq) || date_is_none(rq->today))
        return NULL;
    return arena_print(rq->arena, "le %s", date_prose(rq->arena, rq->today));
}

static void send(Request *rq, int status, const Page *page, bool is_bare) {
    static const Viewer nobody = { .name = "", .email = "" };
    FrameView view = {
        .page = page,
        .viewer = rq->viewer ? rq->viewer : &nobody,
        .house = name_of_house(rq),
        .window_title = window_title(rq, page),
        .said = is_bare ? "" : take_said(rq, status),
        .home = home_url(rq),
        .app_css = url_asset(rq->arena, "app.css"),
        .font = url_asset(rq->arena, "source-sans-3.woff2"),
        .logo = url_asset(rq->arena, "logo.svg"),
        .script = page->script ? url_asset(rq->arena, page->script) : (Url){ NULL },
        .demo_date = demo_date(rq),
        .nda = nda_of_house(rq),
        .is_bare = is_bare,
    };
    for (size_t i = 0; i < sizeof page->crumbs / sizeof *page->crumbs && page->crumbs[i].label; i++)
        view.crumbs[view.crumb_count++] = (CrumbLink){ page->crumbs[i].label, page->crumbs[i].url };
    if (page->refresh_seconds > 0)
        view.refresh = arena_print(rq->arena, "%d", page->refresh_seconds);
    Html *h = new_html(rq);
    view_frame(h, &view);
    reply_html(rq, status, h);
}

void page_send(Request *rq, int status, const Page *page) { send(rq, status, page, false); }

/* Errors */

static void error_words(int status, const char **ret_title, const char **ret_what) {
    static const struct {
        int status;
        const char *title, *sentence;
    } errors[] = {
#define ERROR(status, title, sentence) { status, title, sentence },
#include "errors.def"
#undef ERROR
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].status == status || (errors[i].status == 500 && (status >= 500 || !*ret_title))) {
            *ret_title = errors[i].title;
            *ret_what = errors[i].sentence;
            if (errors[i].status == status)
                return;
        }
}

/* It must bear a request of which little is known: without database, viewer or seat. */
void people_error_page(Request *rq, int status, const char *what) {
    const Seat *seat = seat_of(rq);
    ErrorView view = { .status = status, .number = rq->number ? rq->number : "", .home = home_url(rq) };
    error_words(status, &view.title, &view.what);
    if (what)
        view.what = text_typographic(rq->arena, what);
    Instant now = rq->now.ms ? rq->now : seat_real_now(rq);
    view.when = arena_print(rq->arena, "%s, %s", date_prose(rq->arena, instant_date(now)),
                            minutes_clock(rq->arena, instant_minutes(now)));
    if (seat && !text_is_empty(seat->house_phone)) {
        view.phone = phone_text(rq->arena, seat->house_phone);
        view.phone_url = url_print(rq->arena, "tel:%s", seat->house_phone);
    }
    view.is_known = rq->viewer && rq->viewer->role;
    Html *h = new_html(rq);
    view_error_page(h, &view);
    send(rq, status, &(Page){ .title = view.title, .body = h }, true);
}
