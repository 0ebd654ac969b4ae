/* date_parse.c - reads dates as people type them. */
#include <string.h>

#include "date.h"
#include "text.h"

/* Folded: without accents, lower case. */
static const char *const months[] = { "janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                      "juillet", "aout",    "septembre", "octobre", "novembre", "decembre" };
static const char *const weekdays[] = { "lundi",    "mardi",  "mercredi", "jeudi",
                                        "vendredi", "samedi", "dimanche" };
static const struct {
    const char *word;
    int days;
} relative[] = {
    { "aujourd'hui", 0 }, { "demain", 1 }, { "apres-demain", 2 }, { "apres demain", 2 }, { "hier", -1 }
};

/* What is left to read. Each reader moves on only when it found its thing. */
typedef struct Reader {
    const char *at;
} Reader;

static bool read_char(Reader *r, char c) {
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

static bool read_number(Reader *r, int *ret, int *ret_digits) {
    int n = 0, digits = 0;
    for (; r->at[digits] >= '0' && r->at[digits] <= '9'; digits++) {
        if (digits == 4)
            return false;
        n = n * 10 + (r->at[digits] - '0');
    }
    r->at += digits;
    *ret = n;
    *ret_digits = digits;
    return digits > 0;
}

/* A word of at least three letters that begins one name only; its rank from 1. */
static bool read_name(Reader *r, const char *const *names, size_t count, int *ret) {
    size_t n = 0;
    int found = 0;
    while (r->at[n] >= 'a' && r->at[n] <= 'z')
        n++;
    for (size_t i = 0; i < count && n >= 3; i++) {
        if (strncmp(names[i], r->at, n) == 0) {
            if (found)
                return false;
            found = (int)i + 1;
        }
    }
    if (!found)
        return false;
    r->at += n;
    read_char(r, '.');
    *ret = found;
    return true;
}

typedef struct Typed {
    int year, month, day; /* year 0: not said */
    int weekday;          /* 0: not said */
} Typed;

/* "26" is the year that lies between 80 years ago and 19 years ahead: a birth date or a session. */
static bool read_year(Reader *r, Date today, int *ret) {
    int year, digits, this_year, month, day;
    if (!read_number(r, &year, &digits) || (digits != 2 && digits != 4))
        return false;
    date_split(today, &this_year, &month, &day);
    if (digits == 2) {
        year += this_year / 100 * 100;
        while (year > this_year + 19)
            year -= 100;
        while (year < this_year - 80)
            year += 100;
    }
    *ret = year;
    return year >= 1900 && year < 2200;
}

/* After the day: "/12/2026", "-12-26", ".12", " 12 2026". */
static bool read_figures(Reader *r, Date today, Typed *typed) {
    int digits;
    char sign = *r->at++;
    if (!read_number(r, &typed->month, &digits) || digits > 2)
        return false;
    if (!*r->at)
        return sign != ' ';
    return read_char(r, sign) && read_year(r, today, &typed->year);
}

static bool read_iso(Reader *r, Typed *typed) {
    int digits;
    return read_char(r, '-') && read_number(r, &typed->month, &digits) && digits == 2 && read_char(r, '-') &&
           read_number(r, &typed->day, &digits) && digits == 2;
}

static bool read_date(Reader *r, Date today, Typed *typed) {
    int digits;
    if (text_starts(r->at, "le "))
        r->at += 3;
    if (read_name(r, weekdays, 7, &typed->weekday)) {
        read_char(r, ',');
        if (!read_char(r, ' '))
            return false;
    }
    if (!read_number(r, &typed->day, &digits))
        return false;
    if (digits == 4) {
        typed->year = typed->day;
        return read_iso(r, typed) && typed->year >= 1900 && typed->year < 2200;
    }
    if (digits > 2)
        return false;
    bool is_spaced = *r->at == ' ' && r->at[1] >= '0' && r->at[1] <= '9';
    if (is_spaced || (*r->at && strchr("/.-", *r->at)))
        return read_figures(r, today, typed);
    if (typed->day == 1 && text_starts(r->at, "er"))
        r->at += 2;
    read_char(r, ' ');
    if (!read_name(r, months, 12, &typed->month))
        return false;
    return !*r->at || (read_char(r, ' ') && read_year(r, today, &typed->year));
}

/* The next such day to come, today included; 29 February may take eight years. */
static bool next_to_come(Typed *typed, Date today) {
    int year, month, day;
    date_split(today, &year, &month, &day);
    for (int ahead = 0; ahead <= 8; ahead++) {
        typed->year = year + ahead;
        if (date_exists(typed->year, typed->month, typed->day) &&
            date_diff(date_of(typed->year, typed->month, typed->day), today) >= 0)
            return true;
    }
    return false;
}

bool date_parse(const char *s, Date today, Date *ret) {
    if (!s || strlen(s) > 60)
        return false;
    AUTO_ARENA Arena *arena = arena_new();
    Reader r = { text_squeeze(arena, text_fold(arena, s)) };
    for (size_t i = 0; i < sizeof relative / sizeof *relative; i++) {
        if (strcmp(r.at, relative[i].word) == 0) {
            *ret = date_add(today, relative[i].days);
            return true;
        }
    }
    Typed typed = { 0 };
    if (!read_date(&r, today, &typed) || *r.at || (!typed.year && !next_to_come(&typed, today)))
        return false;
    if (!date_exists(typed.year, typed.month, typed.day))
        return false;
    Date d = date_of(typed.year, typed.month, typed.day);
    /* "mardi 14 décembre" when that is a Monday: one of the two is a slip, and we cannot know which. */
    if (typed.weekday && typed.weekday != date_weekday(d))
        return false;
    *ret = d;
    return true;
}
