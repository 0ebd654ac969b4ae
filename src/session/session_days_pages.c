#include "session_days_pages.h"

#include <string.h>

#include "date.h"
#include "session_words.h"

static const char *name_of(Arena *arena, DayField field, size_t row) {
    static const char *const stems[] = { "date", "am", "pm", "am_starts", "am_ends", "pm_starts", "pm_ends" };
    return arena_print(arena, "%s_%zu", stems[field], row + 1);
}

static const char *typed(Arena *arena, const Form *form, DayField field, size_t row) {
    return form_typed(form, name_of(arena, field, row));
}

static size_t row_count(const Form *form) {
    size_t count = 0;
    for (const char *s = form_typed(form, "rows"); *s >= '0' && *s <= '9' && count <= DAYS_MOST; s++)
        count = count * 10 + (size_t)(*s - '0');
    return count < 1 ? DAYS_FIRST : count > DAYS_MOST ? DAYS_MOST : count;
}

static DayTyped row_typed(Arena *arena, const Form *form, size_t row) {
    return (DayTyped){
        .date = typed(arena, form, DAY_DATE, row),
        .am = { *typed(arena, form, DAY_AM, row) != 0, typed(arena, form, DAY_AM_STARTS, row),
                typed(arena, form, DAY_AM_ENDS, row) },
        .pm = { *typed(arena, form, DAY_PM, row) != 0, typed(arena, form, DAY_PM_STARTS, row),
                typed(arena, form, DAY_PM_ENDS, row) },
    };
}

Schedule session_days_peek(Request *rq, const Form *form) {
    size_t count = row_count(form);
    DayTyped *rows = arena_zero(rq->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = row_typed(rq->arena, form, i);
    return schedule_read(rq->arena, rows, count, rq->today);
}

static const char *odd_name(Arena *arena, const OddDay *odd) {
    return arena_print(arena, "confirm_%s", date_iso(arena, odd->day));
}

Schedule session_days_read(Request *rq, Form *form) {
    Schedule schedule = session_days_peek(rq, form);
    for (size_t i = 0; i < schedule.fault_count; i++) {
        const DayFault *f = &schedule.faults[i];
        form_refuse(form, name_of(rq->arena, f->field, f->row), NULL, f->why);
    }
    for (size_t i = 0; i < schedule.odd_count; i++) {
        const char *name = odd_name(rq->arena, &schedule.odd[i]);
        if (!form_tick(form, name))
            form_refuse(form, name, NULL,
                        arena_print(rq->arena, session_word(SESSION_confirm_fault),
                                    date_prose(rq->arena, schedule.odd[i].day), schedule.odd[i].why));
    }
    return schedule;
}

static void preset_half(Arena *arena, Form *form, size_t row, bool is_am, const HalfDay *half) {
    int64_t starts = half ? half->starts_minutes : is_am ? MORNING_STARTS : AFTERNOON_STARTS;
    int64_t ends = half ? half->ends_minutes : is_am ? MORNING_ENDS : AFTERNOON_ENDS;
    form_preset(form, name_of(arena, is_am ? DAY_AM_STARTS : DAY_PM_STARTS, row),
                minutes_clock(arena, starts));
    form_preset(form, name_of(arena, is_am ? DAY_AM_ENDS : DAY_PM_ENDS, row), minutes_clock(arena, ends));
}

static void preset_empty(Arena *arena, Form *form, size_t row) {
    form_preset(form, name_of(arena, DAY_AM, row), "1");
    form_preset(form, name_of(arena, DAY_PM, row), "1");
    preset_half(arena, form, row, true, NULL);
    preset_half(arena, form, row, false, NULL);
}

void session_days_preset(Arena *arena, Form *form, const HalfDays *half_days) {
    size_t row = 0;
    for (size_t i = 0; i < half_days->count && row < DAYS_MOST; row++) {
        Date day = half_days->at[i].held_on;
        const HalfDay *halves[2] = { NULL, NULL };
        for (; i < half_days->count && half_days->at[i].held_on.days == day.days; i++)
            halves[strcmp(half_days->at[i].half, "am") != 0] = &half_days->at[i];
        form_preset(form, name_of(arena, DAY_DATE, row), date_text(arena, day));
        for (int h = 0; h < 2; h++) {
            if (halves[h])
                form_preset(form, name_of(arena, h ? DAY_PM : DAY_AM, row), "1");
            preset_half(arena, form, row, h == 0, halves[h]);
        }
    }
    for (; row < DAYS_FIRST; row++)
        preset_empty(arena, form, row);
    form_preset(form, "rows", arena_print(arena, "%zu", row));
}

Form *session_days_grow(Request *rq) {
    if (!*rq_field(rq, "add"))
        return NULL;
    Form *form = form_empty(rq->arena, rq->today);
    size_t rows = row_count(rq_form(rq));
    if (rows < DAYS_MOST)
        preset_empty(rq->arena, form, rows++);
    form_preset(form, "rows", arena_print(rq->arena, "%zu", rows));
    for (size_t i = 0; i < rq->field_count; i++)
        form_preset(form, rq->fields[i].name, rq->fields[i].value);
    return form;
}

DaysView session_days_view(Request *rq, const Form *form, const Schedule *schedule) {
    Arena *arena = rq->arena;
    size_t count = row_count(form);
    DayView *days = arena_zero(arena, count, sizeof *days);
    OddView *odd = arena_zero(arena, schedule->odd_count, sizeof *odd);
    for (size_t i = 0; i < count; i++)
        days[i] = (DayView){ .number = i + 1,
                             .form = form,
                             .date = name_of(arena, DAY_DATE, i),
                             .am = name_of(arena, DAY_AM, i),
                             .am_starts = name_of(arena, DAY_AM_STARTS, i),
                             .am_ends = name_of(arena, DAY_AM_ENDS, i),
                             .pm = name_of(arena, DAY_PM, i),
                             .pm_starts = name_of(arena, DAY_PM_STARTS, i),
                             .pm_ends = name_of(arena, DAY_PM_ENDS, i) };
    for (size_t i = 0; i < schedule->odd_count; i++)
        odd[i] = (OddView){ .name = odd_name(arena, &schedule->odd[i]),
                            .label = arena_print(arena, session_word(SESSION_confirm_label),
                                                 date_prose(arena, schedule->odd[i].day)),
                            .hint = arena_print(arena, session_word(SESSION_confirm_hint),
                                                schedule->odd[i].why) };
    return (DaysView){ .form = form,
                       .days = days,
                       .day_count = count,
                       .odd = odd,
                       .odd_count = schedule->odd_count,
                       .total = schedule->minutes ? minutes_hours(arena, schedule->minutes) : NULL };
}
