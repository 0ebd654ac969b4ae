#include "money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

__extension__ typedef __int128 Wide;

static _Noreturn void overflow(void) {
    fputs("an amount of money does not fit\n", stderr);
    abort();
}

static Money narrow(Wide cents) {
    if (cents > INT64_MAX || cents < INT64_MIN)
        overflow();
    return (Money){ (int64_t)cents };
}

Money money_add(Money a, Money b) { return narrow((Wide)a.cents + b.cents); }
Money money_sub(Money a, Money b) { return narrow((Wide)a.cents - b.cents); }
Money money_times(Money a, int64_t n) { return narrow((Wide)a.cents * n); }
int money_compare(Money a, Money b) { return (a.cents > b.cents) - (a.cents < b.cents); }
bool money_is_zero(Money a) { return a.cents == 0; }

/* dividend / divisor, half away from zero; the divisor is positive. */
static Wide rounded(Wide dividend, Wide divisor) {
    Wide half = divisor / 2;
    return dividend < 0 ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}

Money money_rate(Money base, Rate rate) { return narrow(rounded((Wide)base.cents * rate.bp, 10000)); }

Money money_part(Money whole, int64_t index, int64_t count) {
    if (count <= 0 || index < 0 || index >= count)
        overflow();
    int64_t part = whole.cents / count;
    return index < count - 1 ? (Money){ part } : narrow(whole.cents - (Wide)part * (count - 1));
}

Money money_share(Money whole, int64_t before, int64_t weight, int64_t weights) {
    if (weights <= 0 || before < 0 || weight < 0 || weight > weights - before)
        overflow();
    Wide upto = rounded((Wide)whole.cents * ((Wide)before + weight), weights);
    return narrow(upto - rounded((Wide)whole.cents * before, weights));
}

/* Euros in digits, with `gap` between thousands; ret_cents 0..99. */
static char *digits(Arena *arena, Money m, const char *minus, const char *gap, const char *point) {
    uint64_t all = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
    char euros[24];
    int n = snprintf(euros, sizeof euros, "%llu", (unsigned long long)(all / 100));
    Text text = text_new(arena);
    text_add(&text, m.cents < 0 ? minus : "");
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            text_add(&text, gap);
        text_add_char(&text, euros[i]);
    }
    text_print(&text, "%s%02u", point, (unsigned)(all % 100));
    return text.p;
}

char *money_text(Arena *arena, Money m) {
    return arena_print(arena, "%s\u00a0€", digits(arena, m, "\u2212", "\u00a0", ","));
}

char *money_field(Arena *arena, Money m) { return digits(arena, m, "-", "", ","); }
char *money_plain(Arena *arena, Money m) { return digits(arena, m, "-", "", "."); }
