#include "text.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

/* Text */

Text text_new(Arena *arena) {
    Text text = { .arena = arena, .room = 64 };
    text.p = arena_zero(arena, text.room, 1);
    return text;
}

static void reserve(Text *text, size_t more) {
    size_t wanted = text->n + more + 1;
    if (text->p && wanted <= text->room)
        return;
    size_t room = text->room ? text->room : 64;
    while (room < wanted)
        room *= 2;
    char *p = arena_zero(text->arena, room, 1);
    if (text->n)
        memcpy(p, text->p, text->n);
    text->p = p;
    text->room = room;
}

void text_add_n(Text *text, const char *s, size_t n) {
    reserve(text, n);
    if (n)
        memcpy(text->p + text->n, s, n);
    text->n += n;
    text->p[text->n] = 0;
}

void text_add(Text *text, const char *s) { text_add_n(text, s ? s : "", s ? strlen(s) : 0); }
void text_add_char(Text *text, char c) { text_add_n(text, &c, 1); }

void text_print(Text *text, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        reserve(text, (size_t)n);
        vsnprintf(text->p + text->n, (size_t)n + 1, format, again);
        text->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

Bytes text_bytes(const Text *text) { return (Bytes){ text->p, text->n }; }

/* Blanks */

/* How many bytes the blank at `s` takes; 0 when there is none. */
static size_t blank_at(const char *s) {
    unsigned char c = (unsigned char)*s;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (c < 0x80)
        return 0;
    gunichar u = g_utf8_get_char_validated(s, -1);
    if (u == (gunichar)-1 || u == (gunichar)-2 || !g_unichar_isspace(u))
        return 0;
    return (size_t)g_unichar_to_utf8(u, NULL);
}

static const char *after_blanks(const char *s) {
    for (size_t n; (n = blank_at(s));)
        s += n;
    return s;
}

char *text_trim(Arena *arena, const char *s) {
    const char *from = after_blanks(s ? s : ""), *to = from;
    for (const char *at = from; *at;) {
        size_t n = blank_at(at);
        at += n ? n : 1;
        if (!n)
            to = at;
    }
    return arena_copy_n(arena, from, (size_t)(to - from));
}

char *text_squeeze(Arena *arena, const char *s) {
    const char *at = after_blanks(s ? s : "");
    char *copy = arena_zero(arena, strlen(at) + 1, 1), *to = copy;
    while (*at) {
        if (blank_at(at)) {
            at = after_blanks(at);
            if (*at)
                *to++ = ' ';
        } else {
            *to++ = *at++;
        }
    }
    return copy;
}

bool text_is_empty(const char *s) { return !s || !*after_blanks(s); }

/* Letters */

/* What Unicode does not take apart, though every French reader does. */
static const char *spelled_out(gunichar u) {
    switch (u) {
    case 0x153: return "oe";
    case 0xe6: return "ae";
    case 0x2018:
    case 0x2019: return "'";
    case 0xf8: return "o";
    case 0x142: return "l";
    default: return NULL;
    }
}

char *text_fold(Arena *arena, const char *s) {
    const char *clean = text_clean(arena, s ? s : "", s ? strlen(s) : 0);
    char *lower = g_utf8_casefold(clean, -1);
    char *apart = g_utf8_normalize(lower, -1, G_NORMALIZE_ALL);
    Text text = text_new(arena);
    for (const char *at = apart; *at; at = g_utf8_next_char(at)) {
        gunichar u = g_utf8_get_char(at);
        const char *spelled = spelled_out(u);
        if (spelled)
            text_add(&text, spelled);
        else if (!g_unichar_ismark(u))
            text_add_n(&text, at, (size_t)(g_utf8_next_char(at) - at));
    }
    g_free(apart);
    g_free(lower);
    return text.p;
}

bool text_is_utf8(const char *s, size_t n) { return g_utf8_validate(s, (gssize)n, NULL); }

/* Bytes 80 to 9F of Windows-1252; 0 where it has none. */
static const gunichar windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17d,  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178,
};

static bool may_stay(gunichar u) {
    if (u < 0x20)
        return u == '\n' || u == '\t';
    return !(u >= 0x7f && u < 0xa0) && u != 0xfeff && (u & 0xfffe) != 0xfffe;
}

char *text_clean(Arena *arena, const char *s, size_t n) {
    Text text = text_new(arena);
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)s[i];
        gunichar u = c;
        size_t length = 1;
        if (c >= 0x80) {
            u = g_utf8_get_char_validated(s + i, (gssize)(n - i));
            if (u == (gunichar)-1 || u == (gunichar)-2)
                u = c < 0xa0 ? windows_1252[c - 0x80] : c;
            else
                length = (size_t)g_unichar_to_utf8(u, NULL);
        }
        char bytes[6];
        size_t written = (size_t)g_unichar_to_utf8(u, bytes);
        if (may_stay(u))
            text_add_n(&text, bytes, written);
        i += length;
    }
    return text.p;
}

size_t text_length(const char *s) {
    size_t n = 0;
    for (; s && *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

bool text_starts(const char *s, const char *head) {
    return s && (!*head || *s == *head) && strncmp(s, head, strlen(head)) == 0;
}

bool text_ends(const char *s, const char *tail) {
    if (!s)
        return false;
    size_t n = strlen(s), t = strlen(tail);
    return n >= t && memcmp(s + n - t, tail, t) == 0;
}

bool text_same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

char *text_hex(Arena *arena, const void *bytes, size_t n) {
    static const char digits[] = "0123456789abcdef";
    const unsigned char *p = bytes;
    char *hex = arena_zero(arena, n * 2 + 1, 1);
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[p[i] >> 4];
        hex[2 * i + 1] = digits[p[i] & 15];
    }
    return hex;
}
