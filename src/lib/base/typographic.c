/* typographic.c - text_typographic: the spaces and the apostrophe of French prose. */
#include <string.h>

#include "text.h"

#define NBSP       "\u00a0"
#define NARROW     "\u202f"
#define OPENING    "\u00ab"
#define CLOSING    "\u00bb"
#define EURO       "\u20ac"
#define APOSTROPHE "\u2019"

/* What may begin something that changes; most of a text is none of it. */
#define TOUCHED " '%:;!?\xc2\xe2"

static size_t gap_at(const char *s) {
    if (*s == ' ')
        return 1;
    return text_starts(s, NBSP) ? strlen(NBSP) : text_starts(s, NARROW) ? strlen(NARROW) : 0;
}

static const char *after_gaps(const char *s) {
    for (size_t n; (n = gap_at(s));)
        s += n;
    return s;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* A sign belongs to prose when no word goes on behind it: not the ":" of 9:30, of https://
 * or of a table rule, nor the "!" of an image. */
static bool ends_a_word(const char *behind) {
    return !*behind || strchr("\n\t)*_]\"!?", *behind) || gap_at(behind) || text_starts(behind, CLOSING);
}

/* "&nbsp;" and its like keep their semicolon. */
static bool closes_an_entity(const Text *before) {
    size_t i = before->n;
    while (i && (is_word(before->p[i - 1]) || before->p[i - 1] == '#'))
        i--;
    return i && i < before->n && before->p[i - 1] == '&';
}

/* Whether the sign at `s` wants a no-break space, having or not a gap before it. */
static bool wants_space(const Text *before, const char *s, bool has_gap) {
    char last = before->n ? before->p[before->n - 1] : '\n';
    if (last == '\n')
        return false;
    bool is_digit = last >= '0' && last <= '9';
    if (text_starts(s, CLOSING))
        return !text_ends(before->p, NBSP);
    if (text_starts(s, EURO))
        return is_digit || has_gap;
    if (*s == '%')
        return (is_digit || has_gap) && !is_word(s[1]);
    if (!*s || !strchr(":;!?", *s) || !ends_a_word(s + 1) || text_ends(before->p, NBSP))
        return false;
    if (*s == ';' && !has_gap && closes_an_entity(before))
        return false;
    return has_gap || is_word(last) || strchr(")]\"*_.", last);
}

static void add_gap(Text *text, const char *from, const char *to) {
    for (size_t n; from < to; from += n) {
        n = gap_at(from);
        text_add(text, n == 1 ? " " : NBSP);
    }
}

char *text_typographic(Arena *arena, const char *s) {
    Text text = text_new(arena);
    while (s && *s) {
        size_t plain = strcspn(s, TOUCHED);
        text_add_n(&text, s, plain);
        s += plain;
        if (!*s)
            break;
        const char *next = after_gaps(s);
        if (wants_space(&text, next, next > s))
            text_add(&text, NBSP);
        else
            add_gap(&text, s, next);
        s = next;
        if (text_starts(s, OPENING)) {
            text_add(&text, OPENING NBSP);
            s = after_gaps(s + strlen(OPENING));
        } else if (*s == '\'') {
            text_add(&text, APOSTROPHE);
            s++;
        } else if (*s) {
            text_add_char(&text, *s++);
        }
    }
    return text.p;
}
