/* instant.c - the only place that knows the hour of Paris. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "date.h"

enum { DAY = 86400 };

/* A handle of the library, loaded once per process. */
static GTimeZone *paris(void) {
    static GTimeZone *zone;
    if (!zone)
        zone = g_time_zone_new_identifier("Europe/Paris");
    if (!zone) {
        fputs("Europe/Paris is unknown here: tzdata is missing\n", stderr);
        abort();
    }
    return zone;
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Seconds that Paris is ahead of UTC at a second of UTC. */
static int64_t offset_at(int64_t utc) {
    GTimeZone *zone = paris();
    return g_time_zone_get_offset(zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, utc));
}

static int64_t local_seconds(Instant t) {
    int64_t utc = floor_div(t.ms, 1000);
    return utc + offset_at(utc);
}

Date instant_date(Instant t) { return (Date){ (int32_t)floor_div(local_seconds(t), DAY) }; }

int instant_minutes(Instant t) {
    int64_t local = local_seconds(t);
    return (int)((local - floor_div(local, DAY) * DAY) / 60);
}

Instant instant_at(Date d, int minutes) {
    int64_t local = (int64_t)d.days * DAY + (int64_t)minutes * 60;
    int64_t before = offset_at(local - DAY);
    int64_t utc = local - before;
    int64_t after = offset_at(utc);
    /* The clock was turned meanwhile. If the new offset does not lead here either, the hour was
     * skipped, and the old offset already says the hour that came instead. */
    if (after != before && offset_at(local - after) == after)
        utc = local - after;
    return (Instant){ utc * 1000 };
}

Instant instant_add(Instant t, int64_t seconds) {
    Instant sum;
    int64_t ms;
    if (__builtin_mul_overflow(seconds, (int64_t)1000, &ms) || __builtin_add_overflow(t.ms, ms, &sum.ms)) {
        fputs("an instant does not fit\n", stderr);
        abort();
    }
    return sum;
}

char *instant_text(Arena *arena, Instant t) {
    if (t.ms == 0)
        return arena_copy(arena, "");
    return arena_print(arena, "%s à %s", date_text(arena, instant_date(t)),
                       minutes_clock(arena, instant_minutes(t)));
}

char *instant_prose(Arena *arena, Instant t) {
    if (t.ms == 0)
        return arena_copy(arena, "");
    return arena_print(arena, "le %s à %s", date_day_month(arena, instant_date(t)),
                       minutes_clock(arena, instant_minutes(t)));
}

typedef struct Parts {
    int year, month, day, hour, minute, second, weekday;
} Parts;

static Parts parts_of(int64_t seconds) {
    Date d = { (int32_t)floor_div(seconds, DAY) };
    int rest = (int)(seconds - (int64_t)d.days * DAY);
    Parts p = {
        .hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60, .weekday = date_weekday(d)
    };
    date_split(d, &p.year, &p.month, &p.day);
    return p;
}

char *instant_iso(Arena *arena, Instant t) {
    if (t.ms == 0)
        return arena_copy(arena, "");
    Parts p = parts_of(floor_div(t.ms, 1000));
    return arena_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", p.year, p.month, p.day, p.hour, p.minute,
                       p.second);
}

char *instant_mail(Arena *arena, Instant t) {
    static const char *const days[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int64_t utc = floor_div(t.ms, 1000), offset = offset_at(utc) / 60;
    Parts p = parts_of(utc + offset * 60);
    return arena_print(arena, "%s, %02d %s %04d %02d:%02d:%02d +%02d%02d", days[p.weekday], p.day,
                       months[p.month], p.year, p.hour, p.minute, p.second, (int)(offset / 60),
                       (int)(offset % 60));
}
