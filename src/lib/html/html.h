/* html.h - writes HTML. Every hole of a template passes through here, escaped by
 * type; htmlgen chooses the function by context (text, attribute, URL). */
#pragma once
#include "text.h"
#include "types.h"

/* Made only by url_print() and its like, so that no typed text becomes a link. */
typedef struct { const char *path; } Url;

typedef struct Html {
    Text        out;
    Arena      *arena;
    const char *csrf;        /* of this login; {{csrf}} writes the hidden field */
    /* of this page: the same form sent twice is one event; written by {{csrf}} too */
    const char *request_key;
    bool        is_demo;
} Html;

Html html_new(Arena *arena, const char *csrf, const char *request_key);

/* "/e/dossiers/%s": every %s is percent-escaped; %d int, %ld int64_t, %zu size_t, %% itself.
 * Must start with "/" (not "//"), "https://", "tel:", "mailto:", "?" or "#"; else there is no Url. */
Url  url_print(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Url  url_asset(Arena *arena, const char *name); /* "app.css" -> /static/<hash>/app.css */
bool url_is_none(Url url);
/* An address of this site that came from outside (where to go on after login). Refuses (false,
 * *ret untouched) all that could lead elsewhere. */
bool url_local(Arena *arena, const char *typed, Url *ret);

void html_raw(Html *h, const char *s);       /* literals of templates only */
void html_raw_n(Html *h, const char *s, size_t n);
void html_text(Html *h, const char *s);      /* escaped; NULL is nothing */
void html_french(Html *h, const char *s);    /* the same, with French typography: sentences of ours */
void html_part(Html *h, const Html *part);   /* what was written elsewhere; NULL is nothing */
void html_int(Html *h, int64_t n);           /* 1 234 with U+00A0 */
void html_size(Html *h, size_t n);
void html_digits(Html *h, int64_t n);        /* 1234, for attributes */
void html_size_digits(Html *h, size_t n);
void html_money(Html *h, Money m);
void html_date(Html *h, Date d);             /* 14/12/2026; none is nothing */
void html_instant(Html *h, Instant t);       /* 14/12/2026 à 9 h 02; none is nothing */
void html_url(Html *h, Url u);
void html_csrf(Html *h);
void html_icon(Html *h, const char *name);   /* one of the sprite, aria-hidden */

#define html_put(h, x)                                                                                       \
    _Generic((x), const char *: html_text, char *: html_text, int: html_int, int64_t: html_int,              \
             size_t: html_size, Money: html_money, Date: html_date, \
             Instant: html_instant, Url: html_url)(h, x)
/* The same in attributes that machines read. */
#define html_attribute(h, x)                                                                                 \
    _Generic((x), const char *: html_text, char *: html_text, int: html_digits, int64_t: html_digits,        \
             size_t: html_size_digits, Money: html_money, Date: html_date, Instant: html_instant,            \
             Url: html_url)(h, x)
