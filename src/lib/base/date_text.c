/* date_text.c - dates in French words and figures. A date that is none is "". */
#include "date.h"

static const char *const months[] = { "",        "janvier",  "février", "mars", "avril",
                                      "mai",     "juin",     "juillet", "août", "septembre",
                                      "octobre", "novembre", "décembre" };
static const char *const weekdays[] = { "",      "lundi",    "mardi",  "mercredi",
                                        "jeudi", "vendredi", "samedi", "dimanche" };

typedef struct Civil {
    int year, month, day;
} Civil;

static Civil split(Date d) {
    Civil c;
    date_split(d, &c.year, &c.month, &c.day);
    return c;
}

static const char *first(Civil c) { return c.day == 1 ? "er" : ""; }

char *date_text(Arena *arena, Date d) {
    Civil c = split(d);
    return date_is_none(d) ? arena_copy(arena, "")
                           : arena_print(arena, "%02d/%02d/%04d", c.day, c.month, c.year);
}

char *date_iso(Arena *arena, Date d) {
    Civil c = split(d);
    return date_is_none(d) ? arena_copy(arena, "")
                           : arena_print(arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

char *date_day_month(Arena *arena, Date d) {
    Civil c = split(d);
    return date_is_none(d) ? arena_copy(arena, "")
                           : arena_print(arena, "%d%s %s", c.day, first(c), months[c.month]);
}

char *date_prose_short(Arena *arena, Date d) {
    if (date_is_none(d))
        return arena_copy(arena, "");
    return arena_print(arena, "%s %s", weekdays[date_weekday(d)], date_day_month(arena, d));
}

char *date_prose(Arena *arena, Date d) {
    if (date_is_none(d))
        return arena_copy(arena, "");
    return arena_print(arena, "%s %d", date_prose_short(arena, d), split(d).year);
}

char *date_span(Arena *arena, Date from, Date to) {
    if (date_is_none(from))
        from = to;
    if (date_is_none(to))
        to = from;
    if (date_is_none(from))
        return arena_copy(arena, "");
    Civil a = split(from), b = split(to);
    char *last = arena_print(arena, "%s %d", date_day_month(arena, to), b.year);
    if (date_diff(to, from) == 0)
        return arena_print(arena, "le %s", last);
    if (a.year != b.year)
        return arena_print(arena, "du %s %d au %s", date_day_month(arena, from), a.year, last);
    if (date_diff(to, from) == 1) {
        if (a.month == b.month)
            return arena_print(arena, "les %d%s et %s", a.day, first(a), last);
        return arena_print(arena, "les %s et %s", date_day_month(arena, from), last);
    }
    if (a.month == b.month)
        return arena_print(arena, "du %d%s au %s", a.day, first(a), last);
    return arena_print(arena, "du %s au %s", date_day_month(arena, from), last);
}
