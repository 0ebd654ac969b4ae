/* The EPC character set: letters without accents, digits, and / - ? : ( ) . , ' + space.
 * Source: EPC217-08, SEPA conversion table: what has no like becomes a full stop. */
#include <glib.h>
#include <string.h>

#include "bank.h"
#include "text.h"

typedef struct Like {
    gunichar is;
    const char *becomes;
} Like;

static const Like LIKES[] = {
#define LIKE(is, becomes) { is, becomes },
#include "sepa.def"
#undef LIKE
};

static bool is_allowed(gunichar c) {
    return c < 128 && c && (g_ascii_isalnum((char)c) || strchr("/-?:().,'+ ", (int)c));
}

static const char *like_of(gunichar c) {
    for (size_t i = 0; i < sizeof LIKES / sizeof *LIKES; i++)
        if (LIKES[i].is == c)
            return LIKES[i].becomes;
    return g_unichar_isspace(c) || g_unichar_iscntrl(c) ? " " : ".";
}

static void add_letter(Text *text, gunichar c) {
    if (is_allowed(c))
        text_add_char(text, (char)c);
    else if (!g_unichar_ismark(c)) /* the accent falls, its letter stays */
        text_add(text, like_of(c));
}

/* No slash at the ends, no two in a row, no two blanks in a row. */
static char *tidy(Arena *arena, const char *s, size_t longest) {
    Text tidied = text_new(arena);
    text_add(&tidied, "");
    for (; *s && tidied.n < longest; s++) {
        char before = tidied.n ? tidied.p[tidied.n - 1] : '\0';
        if ((*s == '/' && (before == '/' || !before)) || (*s == ' ' && (before == ' ' || !before)))
            continue;
        text_add_char(&tidied, *s);
    }
    while (tidied.n && strchr("/ ", tidied.p[tidied.n - 1]))
        tidied.p[--tidied.n] = '\0';
    return tidied.p;
}

char *bank_sepa_text(Arena *arena, const char *text, size_t longest) {
    char *clean = text_clean(arena, text, strlen(text));
    char *apart = g_utf8_normalize(clean, -1, G_NORMALIZE_NFKD);
    Text plain = text_new(arena);
    text_add(&plain, "");
    for (const char *at = apart; at && *at; at = g_utf8_next_char(at))
        add_letter(&plain, g_utf8_get_char(at));
    g_free(apart);
    return tidy(arena, plain.p, longest);
}
