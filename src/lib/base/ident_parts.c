#include "ident_parts.h"

#include <string.h>

#include "text.h"

static const char *const whys[] = {
#define WHY(name, sentence) [WHY_##name] = sentence,
#define COUNT(kind, typed, sentence)
#include "ident.def"
#undef WHY
#undef COUNT
};

enum { MOST = 40 };
static const char *const counts[][MOST] = {
#define WHY(name, sentence)
#define COUNT(kind, typed, sentence) [KIND_##kind][typed] = sentence,
#include "ident.def"
#undef WHY
#undef COUNT
};

/* Blanks of all widths, what Word and mails bring along, dashes, and other signs between groups. */
static size_t separator_at(const char *s) {
    static const char *const signs[] = { " ",      "\t",     "\n",     "\r",     ".",      "-",      "/",
                                         "_",      "\u00a0", "\u2007", "\u2009", "\u200a", "\u200b", "\u2010",
                                         "\u2011", "\u2012", "\u2013", "\u202f", "\ufeff" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(s, signs[i]))
            return strlen(signs[i]);
    return 0;
}

size_t ident_compact(const char *typed, char compact[COMPACT_SIZE]) {
    size_t n = 0;
    for (const char *s = typed ? typed : ""; *s;) {
        size_t skipped = separator_at(s);
        s += skipped ? skipped : 1;
        if (skipped)
            continue;
        char c = s[-1];
        if (n < COMPACT_SIZE - 1)
            compact[n] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        n++;
    }
    compact[n < COMPACT_SIZE ? n : COMPACT_SIZE - 1] = 0;
    return n;
}

bool ident_is_digits(const char *s) { return s[strspn(s, "0123456789")] == 0; }

bool ident_luhn(const char *digits, size_t n) {
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int d = digits[n - 1 - i] - '0';
        if (i % 2)
            d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum % 10 == 0;
}

bool ident_refuse(Why why, const char **ret_why) {
    *ret_why = whys[why];
    return false;
}

bool ident_refuse_count(Kind kind, size_t typed, Why otherwise, const char **ret_why) {
    const char *sentence = typed < MOST ? counts[kind][typed] : NULL;
    *ret_why = sentence ? sentence : whys[otherwise];
    return false;
}
