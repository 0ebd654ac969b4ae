/* money_parse.c - reads amounts as people and letters write them. */
#include <string.h>
#include <strings.h>

#include "money.h"
#include "text.h"

enum { LONGEST = 40 };
static const int64_t most_cents = 1000000000000; /* ten thousand million euros: a slip of the keyboard */

/* How many bytes the blank at `s` takes; 0: none. */
static size_t blank_at(const char *s) {
    static const char *const blanks[] = { " ", "\t", "\u00a0", "\u202f" };
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (text_starts(s, blanks[i]))
            return strlen(blanks[i]);
    return 0;
}

static size_t without_blanks_at_end(char *plain, size_t n) {
    while (n && plain[n - 1] == ' ')
        n--;
    plain[n] = 0;
    return n;
}

static size_t without_currency(char *plain, size_t n) {
    if (text_ends(plain, "€"))
        n -= strlen("€");
    else if (n > 3 && strcasecmp(plain + n - 3, "eur") == 0)
        n -= 3;
    return without_blanks_at_end(plain, n);
}

/* Copies what is typed with every kind of space as ' ', without those at the ends and without the
 * currency. */
static bool normalise(const char *typed, char plain[LONGEST]) {
    size_t n = 0;
    for (const char *s = typed; *s;) {
        size_t blank = blank_at(s);
        if (n >= LONGEST - 1)
            return false;
        if (!blank || n)
            plain[n++] = *s;
        if (blank && n)
            plain[n - 1] = ' ';
        s += blank ? blank : 1;
    }
    n = without_blanks_at_end(plain, n);
    return without_currency(plain, n) > 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "1 234" or "1.234" or "1234": groups of three, all with the same sign between them. A point or a
 * comma between thousands needs another sign for the cents, or a second group: "1.234" alone says
 * nothing. */
static bool read_euros(const char *s, const char *end, bool has_cents, int64_t *ret, char *ret_gap) {
    int64_t euros = 0;
    char gap = 0;
    int in_group = 0, groups = 0;
    for (; s < end; s++) {
        if (is_digit(*s)) {
            euros = euros * 10 + (*s - '0');
            in_group++;
            if (euros > most_cents)
                return false;
            continue;
        }
        bool is_complete = groups ? in_group == 3 : in_group >= 1 && in_group <= 3;
        if (!strchr(" .,", *s) || !is_complete || (gap && *s != gap))
            return false;
        gap = *s;
        groups++;
        in_group = 0;
    }
    if (!in_group || (groups && in_group != 3))
        return false;
    *ret = euros;
    *ret_gap = gap;
    return gap == 0 || gap == ' ' || has_cents || groups > 1;
}

bool money_parse(const char *typed, Money *ret) {
    char plain[LONGEST] = "";
    if (!typed || !normalise(typed, plain))
        return false;
    const char *end = plain + strlen(plain);
    size_t tail = 0; /* digits at the end */
    while (tail < (size_t)(end - plain) && is_digit(end[-1 - (ptrdiff_t)tail]))
        tail++;
    const char *sign = end - tail - 1; /* may be before the start */
    bool has_cents = tail >= 1 && tail <= 2 && sign > plain && (*sign == ',' || *sign == '.');
    int64_t euros = 0, cents = 0;
    char gap = 0;
    if (!read_euros(plain, has_cents ? sign : end, has_cents, &euros, &gap))
        return false;
    if (has_cents) {
        /* "1,234.05" is how the English write; who types it here may have meant anything. */
        if (gap == *sign || gap == ',')
            return false;
        cents = (sign[1] - '0') * 10 + (tail == 2 ? sign[2] - '0' : 0);
    } else if (gap == ',') {
        return false;
    }
    if (euros * 100 + cents > most_cents)
        return false;
    *ret = (Money){ euros * 100 + cents };
    return true;
}
