/* The days of a session as people type them. Today is Tuesday 24 November 2026. */
#include "session_schedule.h"

#include <string.h>

#include "date.h"
#include "session_words.h"
#include "test.h"

#define AM                                                                                                   \
    { true, "9 h 00", "12 h 30" }
#define PM                                                                                                   \
    { true, "13 h 30", "17 h 00" }
#define OFF                                                                                                  \
    { false, "9 h 00", "12 h 30" }

typedef struct Case {
    const char *name;
    DayTyped rows[3];
    size_t half_days, faults, odd;
    DayField field; /* of the first fault */
    int64_t minutes;
} Case;

static const Case cases[] = {
    { "two whole days", { { "14/12/2026", AM, PM }, { "15 décembre", AM, PM } }, 4, 0, 0, 0, 840 },
    { "a morning", { { "14/12/26", AM, OFF } }, 1, 0, 0, 0, 210 },
    { "what is not ticked is not read", { { "14/12/26", AM, { false, "x", "" } } }, 1, 0, 0, 0, 210 },
    { "an empty row between",
      { { "14/12/26", AM, OFF }, { "", AM, PM }, { "15/12/26", OFF, PM } },
      2,
      0,
      0,
      0,
      420 },
    { "nothing", { { "", AM, PM }, { NULL, AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "a Sunday", { { "dimanche 13 décembre", AM, OFF } }, 1, 0, 1, 0, 210 },
    { "a Saturday is a working day for some", { { "12/12/2026", AM, OFF } }, 1, 0, 0, 0, 210 },
    { "Christmas", { { "25/12/2026", AM, PM } }, 2, 0, 1, 0, 420 },
    { "Easter Monday", { { "29/03/2027", AM, PM } }, 2, 0, 1, 0, 420 },
    { "today", { { "24/11/2026", AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "yesterday", { { "23/11/2026", AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "tomorrow", { { "demain", AM, PM } }, 2, 0, 0, 0, 420 },
    { "too far", { { "14/12/2226", AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "leap day", { { "29/02/2028", AM, PM } }, 2, 0, 0, 0, 420 },
    { "no leap day", { { "29/02/2027", AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "no such date", { { "31/11/2026", AM, PM } }, 0, 1, 0, DAY_DATE, 0 },
    { "no half", { { "14/12/2026", OFF, OFF } }, 0, 1, 0, DAY_AM, 0 },
    { "ends before it starts", { { "14/12/2026", { true, "12 h", "9 h" }, OFF } }, 0, 1, 0, DAY_AM_ENDS, 0 },
    { "lasts nothing", { { "14/12/2026", OFF, { true, "14h", "14:00" } } }, 0, 1, 0, DAY_PM_ENDS, 0 },
    { "no hour", { { "14/12/2026", { true, "matin", "12 h" }, OFF } }, 0, 1, 0, DAY_AM_STARTS, 0 },
    { "no hour at the end", { { "14/12/2026", OFF, { true, "14 h", "" } } }, 0, 1, 0, DAY_PM_ENDS, 0 },
    { "halves meet", { { "14/12/2026", { true, "9h", "14h" }, PM } }, 2, 1, 0, DAY_PM_STARTS, 510 },
    { "halves of two rows meet",
      { { "14/12/2026", { true, "9h", "14h" }, OFF }, { "14.12.2026", OFF, PM } },
      2,
      1,
      0,
      DAY_PM_STARTS,
      510 },
    { "halves touch", { { "14/12/2026", { true, "9h", "13h30" }, PM } }, 2, 0, 0, 0, 480 },
    { "twice the same day", { { "14/12/2026", AM, PM }, { "2026-12-14", AM, OFF } }, 2, 1, 0, DAY_AM, 420 },
};

static void rows_into_half_days(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Case *c = &cases[i];
        Schedule s = schedule_read(arena, c->rows, 3, date_of(2026, 11, 24));
        if (s.half_days.count != c->half_days || s.fault_count != c->faults || s.odd_count != c->odd ||
            s.minutes != c->minutes)
            fail_msg("%s: %zu half-days, %zu faults (%s), %zu odd, %lld minutes", c->name, s.half_days.count,
                     s.fault_count, s.fault_count ? s.faults[0].why : "", s.odd_count, (long long)s.minutes);
        if (c->faults && s.faults[0].field != c->field)
            fail_msg("%s: beside field %d", c->name, (int)s.faults[0].field);
    }
}

static void in_time_order_and_named(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const DayTyped rows[] = { { "27/12/2026", AM, PM }, { "25/12/2026", OFF, PM }, { "1/11/2026", AM, OFF } };
    Schedule s = schedule_read(arena, rows, 3, date_of(2026, 11, 24));
    assert_int_equal(s.half_days.at[0].held_on.days, date_of(2026, 12, 25).days);
    assert_string_equal(s.half_days.at[1].half, "am");
    assert_int_equal(s.odd_count, 2);
    assert_int_equal(s.odd[1].day.days, date_of(2026, 12, 25).days);
    assert_non_null(strstr(s.odd[1].why, "Noël"));
    assert_string_equal(s.odd[0].why, session_word(SESSION_sunday));
    assert_int_equal(s.fault_count, 1);
    assert_int_equal(s.faults[0].row, 2);
    assert_non_null(strstr(s.faults[0].why, "08/12/2026"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_into_half_days),
        cmocka_unit_test(in_time_order_and_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
