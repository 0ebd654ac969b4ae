#include "session_schedule.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "session_words.h"
#include "text.h"

enum { FAR_DAYS = 3 * 366 };

typedef struct Reading {
    Arena *arena;
    Schedule *schedule;
    size_t row;
    Date day, today;
} Reading;

static void refuse(const Reading *r, DayField field, const char *why) {
    Schedule *s = r->schedule;
    DayFault *fault = arena_grow(r->arena, (void **)&s->faults, &s->fault_count, sizeof *fault);
    *fault = (DayFault){ r->row, field, why };
}

/* A sentence that names the row. */
static void refuse_row(const Reading *r, DayField field, SessionWord word) {
    refuse(r, field, arena_print(r->arena, session_word(word), r->row + 1));
}

static const char *or_empty(const char *s) { return s ? s : ""; }

static bool read_date(Reading *r, const char *typed) {
    if (text_is_empty(typed))
        refuse_row(r, DAY_DATE, SESSION_date_missing);
    else if (!date_parse(typed, r->today, &r->day))
        refuse_row(r, DAY_DATE, SESSION_date_unread);
    else if (r->day.days <= r->today.days)
        refuse(r, DAY_DATE,
               arena_print(r->arena, session_word(SESSION_date_past),
                           date_text(r->arena, date_next_working(date_add(r->today, 14)))));
    else if (r->day.days - r->today.days > FAR_DAYS)
        refuse_row(r, DAY_DATE, SESSION_date_far);
    else
        return true;
    return false;
}

static bool is_given(const Schedule *s, Date day, const char *half) {
    for (size_t i = 0; i < s->half_days.count; i++)
        if (s->half_days.at[i].held_on.days == day.days && !strcmp(s->half_days.at[i].half, half))
            return true;
    return false;
}

static void read_half(const Reading *r, const HalfTyped *typed, const char *half) {
    bool is_am = !strcmp(half, "am");
    DayField starts_field = is_am ? DAY_AM_STARTS : DAY_PM_STARTS;
    DayField ends_field = is_am ? DAY_AM_ENDS : DAY_PM_ENDS;
    Schedule *s = r->schedule;
    int64_t starts, ends;
    if (!typed->is_ticked)
        return;
    if (!minutes_parse_clock(or_empty(typed->starts), &starts)) {
        refuse_row(r, starts_field, SESSION_clock_unread);
        return;
    }
    if (!minutes_parse_clock(or_empty(typed->ends), &ends)) {
        refuse_row(r, ends_field, SESSION_clock_unread);
        return;
    }
    if (ends <= starts) {
        refuse_row(r, ends_field, SESSION_ends_early);
        return;
    }
    if (is_given(s, r->day, half)) {
        refuse_row(r, is_am ? DAY_AM : DAY_PM, SESSION_day_twice);
        return;
    }
    HalfDay *h = arena_grow(r->arena, (void **)&s->half_days.at, &s->half_days.count, sizeof *h);
    *h = (HalfDay){ .held_on = r->day, .half = half, .starts_minutes = starts, .ends_minutes = ends };
    s->minutes += ends - starts;
}

/* The two halves of one day, whichever rows they came from, stand one after the other. */
static void refuse_meeting(const Reading *r) {
    const HalfDay *am = NULL, *pm = NULL;
    for (size_t i = 0; i < r->schedule->half_days.count; i++) {
        const HalfDay *h = &r->schedule->half_days.at[i];
        if (h->held_on.days != r->day.days)
            continue;
        if (!strcmp(h->half, "am"))
            am = h;
        else
            pm = h;
    }
    if (am && pm && am->ends_minutes > pm->starts_minutes)
        refuse_row(r, DAY_PM_STARTS, SESSION_halves_meet);
}

static void notice_odd(const Reading *r) {
    Schedule *s = r->schedule;
    const char *holiday = date_holiday_name(r->day);
    if (!holiday && date_weekday(r->day) != 7)
        return;
    for (size_t i = 0; i < s->odd_count; i++)
        if (s->odd[i].day.days == r->day.days)
            return;
    OddDay *odd = arena_grow(r->arena, (void **)&s->odd, &s->odd_count, sizeof *odd);
    *odd = (OddDay){ .row = r->row,
                     .day = r->day,
                     .why = holiday ? arena_print(r->arena, session_word(SESSION_holiday), holiday)
                                    : session_word(SESSION_sunday) };
}

static void read_row(Reading *r, const DayTyped *typed) {
    if (!read_date(r, typed->date))
        return;
    if (!typed->am.is_ticked && !typed->pm.is_ticked) {
        refuse_row(r, DAY_AM, SESSION_no_half);
        return;
    }
    read_half(r, &typed->am, "am");
    read_half(r, &typed->pm, "pm");
    refuse_meeting(r);
    notice_odd(r);
}

static int by_time(const void *a, const void *b) {
    const HalfDay *x = a, *y = b;
    if (x->held_on.days != y->held_on.days)
        return x->held_on.days < y->held_on.days ? -1 : 1;
    return (x->starts_minutes > y->starts_minutes) - (x->starts_minutes < y->starts_minutes);
}

Schedule schedule_read(Arena *arena, const DayTyped *rows, size_t count, Date today) {
    Schedule schedule = { 0 };
    Reading r = { .arena = arena, .schedule = &schedule, .today = today };
    for (r.row = 0; r.row < count; r.row++)
        if (!text_is_empty(rows[r.row].date))
            read_row(&r, &rows[r.row]);
    r.row = 0;
    if (!schedule.half_days.count && !schedule.fault_count)
        refuse(&r, DAY_DATE, session_word(SESSION_no_day));
    if (schedule.half_days.count)
        qsort(schedule.half_days.at, schedule.half_days.count, sizeof(HalfDay), by_time);
    return schedule;
}
