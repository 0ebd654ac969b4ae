/* session_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "form.h"

enum { DAYS_FIRST = 2 };

/* The fields of one day; names are arena strings. */
typedef struct DayView {
    size_t      number;
    const Form *form;
    const char *date, *am, *am_starts, *am_ends, *pm, *pm_starts, *pm_ends;
} DayView;

typedef struct OddView { const char *name, *label, *hint; } OddView;

typedef struct DaysView {
    const Form    *form;
    const DayView *days;
    size_t         day_count;
    const OddView *odd; /* days to confirm */
    size_t         odd_count;
    const char    *total; /* "14 h"; NULL: not known yet */
} DaysView;

typedef struct SessionFormView {
    const Form   *form;
    Url           action, back, courses;
    const char   *title, *refusal;
    int64_t       version; /* 0: new */
    const Option *courses_at, *trainers_at, *places_at;
    size_t        course_count, trainer_count, place_count;
    bool          is_staff;
    DaysView      days;
} SessionFormView;

typedef struct MoveView {
    const Form *form;
    Url         action, back;
    const char *title, *refusal, *dates, *reason_label;
    int64_t     version;
    DaysView    days;
} MoveView;

typedef struct CourseLine {
    const char *title, *duration, *whose;
    Money       price;
    bool        is_published;
    Url         url, session;
} CourseLine;
typedef struct CoursesView {
    const CourseLine *at;
    size_t            count;
    Url               add;
} CoursesView;

typedef struct CourseView {
    const Form    *form;
    Url            action, back, session;
    const char    *title, *refusal;
    int64_t        version;
    bool           may_change;
    const SumLine *lines; /* when it may not */
    size_t         line_count;
} CourseView;
