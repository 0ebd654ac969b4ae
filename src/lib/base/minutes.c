/* minutes.c - times of day and durations, both counted in minutes. */
#include <string.h>

#include "date.h"
#include "text.h"

char *minutes_clock(Arena *arena, int64_t minutes) {
    if (minutes % 60 == 0)
        return arena_print(arena, "%lld h", (long long)(minutes / 60));
    return arena_print(arena, "%lld h %02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

char *minutes_hours(Arena *arena, int64_t minutes) {
    if (minutes > 0 && minutes < 60)
        return arena_print(arena, "%lld min", (long long)minutes);
    return minutes_clock(arena, minutes);
}

char *minutes_decimal(Arena *arena, int64_t minutes) {
    int64_t hundredths = (minutes * 100 + 30) / 60;
    return arena_print(arena, "%lld,%02lld", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

enum { MOST_DIGITS = 5 };

static bool read_number(const char **s, int64_t *ret, int *ret_digits) {
    int64_t n = 0;
    int digits = 0;
    for (; **s >= '0' && **s <= '9'; (*s)++) {
        if (++digits > MOST_DIGITS)
            return false;
        n = n * 10 + (**s - '0');
    }
    *ret = n;
    *ret_digits = digits;
    return digits > 0;
}

static void skip_blanks(const char **s) { *s += strspn(*s, " "); }

/* "h", "heures" or ":"; a colon must have minutes behind it. */
static bool read_unit(const char **s, bool *ret_colon) {
    static const char *const words[] = { "heures", "heure", "h", ":" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_starts(*s, words[i])) {
            *s += strlen(words[i]);
            *ret_colon = words[i][0] == ':';
            return true;
        }
    }
    return false;
}

/* "9", "9 h", "9h30", "9:30" */
static bool read_hours_and_minutes(const char *s, int64_t *ret_hours, int64_t *ret_minutes) {
    int digits;
    bool is_colon = false;
    *ret_minutes = 0;
    if (!read_number(&s, ret_hours, &digits))
        return false;
    skip_blanks(&s);
    if (!*s)
        return true;
    if (!read_unit(&s, &is_colon))
        return false;
    skip_blanks(&s);
    if (!*s)
        return !is_colon;
    if (!read_number(&s, ret_minutes, &digits) || digits != 2 || *ret_minutes > 59)
        return false;
    skip_blanks(&s);
    if (text_starts(s, "min"))
        s += strlen("min");
    return !*s;
}

bool minutes_parse_clock(const char *typed, int64_t *ret) {
    AUTO_ARENA Arena *arena = arena_new();
    int64_t hours, minutes;
    if (!read_hours_and_minutes(text_squeeze(arena, text_fold(arena, typed)), &hours, &minutes) || hours > 23)
        return false;
    *ret = hours * 60 + minutes;
    return true;
}

/* "7,5", "7.25 h": hundredths of hours, rounded to the minute. */
static bool read_decimal(const char *s, int64_t *ret) {
    int64_t whole, part;
    int digits;
    bool is_colon = false;
    if (!read_number(&s, &whole, &digits) || (*s != ',' && *s != '.'))
        return false;
    s++;
    if (!read_number(&s, &part, &digits) || digits > 2)
        return false;
    skip_blanks(&s);
    if (*s && (!read_unit(&s, &is_colon) || is_colon || *s))
        return false;
    *ret = whole * 60 + (part * (digits == 1 ? 10 : 1) * 60 + 50) / 100;
    return true;
}

static bool read_minutes(const char *s, int64_t *ret) {
    int digits;
    if (!read_number(&s, ret, &digits))
        return false;
    skip_blanks(&s);
    return strcmp(s, "min") == 0 || strcmp(s, "minutes") == 0;
}

bool minutes_parse_hours(const char *typed, int64_t *ret) {
    AUTO_ARENA Arena *arena = arena_new();
    const char *s = text_squeeze(arena, text_fold(arena, typed));
    int64_t hours, minutes, all;
    if (read_hours_and_minutes(s, &hours, &minutes))
        all = hours * 60 + minutes;
    else if (!read_decimal(s, &all) && !read_minutes(s, &all))
        return false;
    *ret = all;
    return true;
}
