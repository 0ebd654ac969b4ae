#include "html.h"

#include <stdio.h>
#include <string.h>

#include "date.h"
#include "embed.h"
#include "money.h"

#define NBSP  "\u00a0"
#define MINUS "\u2212"

Html html_new(Arena *arena, const char *csrf, const char *request_key) {
    return (Html){ .out = text_new(arena), .arena = arena, .csrf = csrf, .request_key = request_key };
}

void html_raw(Html *h, const char *s) { text_add(&h->out, s); }

void html_raw_n(Html *h, const char *s, size_t n) { text_add_n(&h->out, s, n); }

static const char *entity(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

void html_text(Html *h, const char *s) {
    if (!s)
        return;
    for (;;) {
        size_t n = strcspn(s, "&<>\"'");
        text_add_n(&h->out, s, n);
        s += n;
        if (!*s)
            return;
        text_add(&h->out, entity(*s++));
    }
}

void html_french(Html *h, const char *s) {
    if (s && *s)
        html_text(h, text_typographic(h->arena, s));
}

void html_part(Html *h, const Html *part) {
    if (part && part->out.n)
        text_add_n(&h->out, part->out.p, part->out.n);
}

void html_int(Html *h, int64_t n) {
    if (n < 0)
        text_add(&h->out, MINUS);
    html_size(h, n < 0 ? (size_t)0 - (size_t)n : (size_t)n);
}

void html_size(Html *h, size_t n) {
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%zu", n);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            text_add(&h->out, NBSP);
        text_add_char(&h->out, digits[i]);
    }
}

void html_digits(Html *h, int64_t n) { text_print(&h->out, "%lld", (long long)n); }

void html_size_digits(Html *h, size_t n) { text_print(&h->out, "%zu", n); }

void html_money(Html *h, Money m) { text_add(&h->out, money_text(h->arena, m)); }

void html_date(Html *h, Date d) {
    if (!date_is_none(d))
        text_add(&h->out, date_text(h->arena, d));
}

void html_instant(Html *h, Instant t) {
    if (t.ms)
        text_add(&h->out, instant_text(h->arena, t));
}

void html_url(Html *h, Url u) { html_text(h, u.path); }

static void hidden(Html *h, const char *name, const char *value) {
    text_print(&h->out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    html_text(h, value);
    text_add(&h->out, "\">");
}

void html_csrf(Html *h) {
    hidden(h, "csrf", h->csrf);
    hidden(h, "request_key", h->request_key);
}

void html_icon(Html *h, const char *name) {
    text_add(&h->out, "<svg class=\"i\" aria-hidden=\"true\"><use href=\"");
    html_url(h, url_asset(h->arena, "icons.svg"));
    text_add(&h->out, "#");
    html_text(h, name);
    text_add(&h->out, "\"/></svg>");
}
