/* money_words.c - amounts in full French words, for contracts. */
#include <string.h>

#include "money.h"
#include "text.h"

static const char *const small[] = {
    "zéro", "un",   "deux",  "trois",  "quatre",   "cinq",   "six",   "sept",     "huit",     "neuf",
    "dix",  "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
};
static const char *const tens[] = { "",          "",         "vingt",    "trente",       "quarante",
                                    "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt" };

/* `is_last`: nothing but "million" or the noun follows, so that vingt and cent take their plural. */
static void below_hundred(Text *text, int n, bool is_last) {
    if (n < 20) {
        text_add(text, small[n]);
        return;
    }
    int ten = n / 10, unit = n % 10;
    if (ten == 7 || ten == 9)
        unit += 10;
    text_add(text, tens[ten]);
    if (unit == 0)
        text_add(text, ten == 8 && is_last ? "s" : "");
    else if ((unit == 1 || unit == 11) && ten < 8)
        text_print(text, " et %s", small[unit]);
    else
        text_print(text, "-%s", small[unit]);
}

static void below_thousand(Text *text, int n, bool is_last) {
    int hundreds = n / 100, rest = n % 100;
    if (hundreds) {
        if (hundreds > 1)
            text_print(text, "%s ", small[hundreds]);
        text_add(text, hundreds > 1 && !rest && is_last ? "cents" : "cent");
        if (rest)
            text_add(text, " ");
    }
    if (rest || !hundreds)
        below_hundred(text, rest, is_last);
}

static const struct {
    int64_t size;
    const char *name;
} scales[] = { { 1000000000000000, "billiard" },
               { 1000000000000, "billion" },
               { 1000000000, "milliard" },
               { 1000000, "million" } };

static void number(Text *text, int64_t n) {
    size_t start = text->n;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        int64_t count = n / scales[i].size;
        n %= scales[i].size;
        if (!count)
            continue;
        text_add(text, text->n > start ? " " : "");
        below_thousand(text, (int)count, true);
        text_print(text, " %s%s", scales[i].name, count > 1 ? "s" : "");
    }
    int thousands = (int)(n / 1000), rest = (int)(n % 1000);
    if (thousands) {
        text_add(text, text->n > start ? " " : "");
        if (thousands > 1) {
            below_thousand(text, thousands, false);
            text_add(text, " ");
        }
        text_add(text, "mille");
    }
    if (rest || text->n == start) {
        text_add(text, text->n > start ? " " : "");
        below_thousand(text, rest, true);
    }
}

char *money_words(Arena *arena, Money m) {
    Text text = text_new(arena);
    uint64_t all = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
    int64_t euros = (int64_t)(all / 100), cents = (int64_t)(all % 100);
    text_add(&text, m.cents < 0 ? "moins " : "");
    if (euros || !cents) {
        number(&text, euros);
        text_add(&text, euros && euros % 1000000 == 0 ? " d’euros" : euros > 1 ? " euros" : " euro");
    }
    if (cents) {
        text_add(&text, euros ? " et " : "");
        number(&text, cents);
        text_add(&text, cents > 1 ? " centimes" : " centime");
    }
    return text.p;
}
