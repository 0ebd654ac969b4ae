/* session_schedule.h - the days of a session as people type them, read into half-days. Pure: no clock, no
 * database. */
#pragma once
#include "arena.h"
#include "ids.h"
#include "types.h"

typedef struct HalfDay {
    HalfDayId   id;
    SessionId   session_id;
    Date        held_on;
    const char *half; /* am, pm */
    int64_t     starts_minutes, ends_minutes; /* since midnight, Paris */
} HalfDay;
typedef struct HalfDays { HalfDay *at; size_t count; } HalfDays;

/* What a half-day lasts when nobody says otherwise. */
enum {
    MORNING_STARTS = 9 * 60, MORNING_ENDS = 12 * 60 + 30,
    AFTERNOON_STARTS = 13 * 60 + 30, AFTERNOON_ENDS = 17 * 60
};
enum { DAYS_MOST = 40 }; /* rows of the form */

/* One row as typed. NULL is "". */
typedef struct HalfTyped { bool is_ticked; const char *starts, *ends; } HalfTyped;
typedef struct DayTyped { const char *date; HalfTyped am, pm; } DayTyped;

/* Which field of the row a sentence stands beside. */
typedef enum DayField {
    DAY_DATE, DAY_AM, DAY_PM, DAY_AM_STARTS, DAY_AM_ENDS, DAY_PM_STARTS, DAY_PM_ENDS
} DayField;
typedef struct DayFault { size_t row; DayField field; const char *why; } DayFault;
/* A day on which one does not work as a rule: a Sunday, a public holiday. Somebody must say that it is
 * meant. */
typedef struct OddDay { size_t row; Date day; const char *why; } OddDay;

typedef struct Schedule {
    HalfDays  half_days; /* in time order */
    DayFault *faults;
    OddDay   *odd;
    size_t    fault_count, odd_count;
    int64_t   minutes; /* altogether */
} Schedule;

/* Reads the rows; empty ones are passed over. Dates lie after `today`. */
Schedule schedule_read(Arena *arena, const DayTyped *rows, size_t count, Date today);
