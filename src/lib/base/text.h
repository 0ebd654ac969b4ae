/* text.h - growing text, and what one does with strings. UTF-8 everywhere. */
#pragma once
#include <stdarg.h>
#include "arena.h"
#include "types.h"

/* A text that grows inside an arena. `.p` is always NUL-terminated once written to. */
typedef struct Text {
    Arena *arena;
    char  *p;
    size_t n, room;
} Text;

Text  text_new(Arena *arena);
void  text_add(Text *text, const char *s);
void  text_add_n(Text *text, const char *s, size_t n);
void  text_add_char(Text *text, char c);
void  text_print(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
Bytes text_bytes(const Text *text);

/* Copies without blanks (also U+00A0, U+202F) at both ends. */
char *text_trim(Arena *arena, const char *s);
/* Blanks inside become one, none at the ends: what people meant to type. */
char *text_squeeze(Arena *arena, const char *s);
/* Lower case without accents, by Unicode (GLib): for search and comparison. "Évêque" -> "eveque". */
char *text_fold(Arena *arena, const char *s);
bool  text_is_utf8(const char *s, size_t n); /* valid, and without NUL */
/* Repairs: valid UTF-8 stays, Windows-1252 is converted, controls but \n and \t fall out. */
char *text_clean(Arena *arena, const char *s, size_t n);
size_t text_length(const char *s); /* in characters */
bool  text_starts(const char *s, const char *head);
bool  text_ends(const char *s, const char *tail);
bool  text_same(const char *a, const char *b); /* NULL counts as "" */
bool  text_is_empty(const char *s);            /* NULL, "" or blanks only */
/* French typography: NBSP before : and inside « » and before € %, U+202F never (fonts lack it),
 * NBSP before ; ! ?, ' becomes ’. For prose, not for code or addresses. */
char *text_typographic(Arena *arena, const char *s);
char *text_hex(Arena *arena, const void *bytes, size_t n);
