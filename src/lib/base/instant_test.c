#include <string.h>

#include "date.h"
#include "test.h"

static const int64_t noon_utc = 1797249720000; /* 2026-12-14 12:02 UTC */

static void paris_has_its_hour(void **state) {
    (void)state;
    static const struct {
        int year, month, day, minutes;
        const char *iso;
        int back; /* minutes read back */
    } cases[] = {
        { 2026, 12, 14, 9 * 60 + 2, "2026-12-14T08:02:00Z", 542 },
        { 2026, 7, 14, 0, "2026-07-13T22:00:00Z", 0 },
        { 2026, 7, 14, 1439, "2026-07-14T21:59:00Z", 1439 },
        { 2026, 3, 29, 90, "2026-03-29T00:30:00Z", 90 },
        { 2026, 3, 29, 150, "2026-03-29T01:30:00Z", 210 }, /* 2:30 does not exist: 3:30 */
        { 2026, 3, 29, 180, "2026-03-29T01:00:00Z", 180 },
        { 2026, 10, 25, 119, "2026-10-24T23:59:00Z", 119 },
        { 2026, 10, 25, 150, "2026-10-25T00:30:00Z", 150 }, /* twice: the first */
        { 2026, 10, 25, 180, "2026-10-25T02:00:00Z", 180 },
        { 2045, 7, 1, 600, "2045-07-01T08:00:00Z", 600 },
        { 1969, 12, 31, 600, "1969-12-31T09:00:00Z", 600 },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date d = date_of(cases[i].year, cases[i].month, cases[i].day);
        Instant t = instant_at(d, cases[i].minutes);
        assert_string_equal(instant_iso(arena, t), cases[i].iso);
        assert_int_equal(instant_date(t).days, d.days);
        assert_int_equal(instant_minutes(t), cases[i].back);
    }
}

static void instants_are_written(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Instant t = { noon_utc + 999 }, summer = instant_at(date_of(2026, 7, 1), 540), none = { 0 };
    assert_string_equal(instant_iso(arena, t), "2026-12-14T12:02:00Z");
    assert_string_equal(instant_text(arena, t), "14/12/2026 à 13 h 02");
    assert_string_equal(instant_prose(arena, t), "le 14 décembre à 13 h 02");
    assert_string_equal(instant_mail(arena, t), "Mon, 14 Dec 2026 13:02:00 +0100");
    assert_string_equal(instant_mail(arena, summer), "Wed, 01 Jul 2026 09:00:00 +0200");
    assert_string_equal(instant_prose(arena, summer), "le 1er juillet à 9 h");
    assert_string_equal(instant_text(arena, none), "");
    assert_string_equal(instant_prose(arena, none), "");
    assert_string_equal(instant_iso(arena, none), "");
    assert_int_equal(instant_add(t, -60).ms, noon_utc + 999 - 60000);
    assert_int_equal(instant_date((Instant){ -3600001 }).days, -1);
}

static void minutes_are_written(void **state) {
    (void)state;
    static const struct {
        int64_t minutes;
        const char *clock, *hours, *decimal;
    } cases[] = {
        { 545, "9 h 05", "9 h 05", "9,08" }, { 540, "9 h", "9 h", "9,00" },
        { 0, "0 h", "0 h", "0,00" },         { 45, "0 h 45", "45 min", "0,75" },
        { 210, "3 h 30", "3 h 30", "3,50" }, { 840, "14 h", "14 h", "14,00" },
        { 450, "7 h 30", "7 h 30", "7,50" }, { 20, "0 h 20", "20 min", "0,33" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(minutes_clock(arena, cases[i].minutes), cases[i].clock);
        assert_string_equal(minutes_hours(arena, cases[i].minutes), cases[i].hours);
        assert_string_equal(minutes_decimal(arena, cases[i].minutes), cases[i].decimal);
    }
}

static void typed_minutes_are_read(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        int64_t clock, hours; /* -1: refused */
    } cases[] = {
        { "9h", 540, 540 },
        { "9 h 30", 570, 570 },
        { "9:30", 570, 570 },
        { "09h30", 570, 570 },
        { "14", 840, 840 },
        { "14 H", 840, 840 },
        { "3h30", 210, 210 },
        { "9\u00a0h\u00a030", 570, 570 },
        { "7,5", -1, 450 },
        { "7.25 h", -1, 435 },
        { "7,33", -1, 440 },
        { "35 h", -1, 2100 },
        { "2 heures", 120, 120 },
        { "45 min", -1, 45 },
        { "1 h 15 min", 75, 75 },
        { "23:59", 1439, 1439 },
        { "24h", -1, 1440 },
        { "9h60", -1, -1 },
        { "9h5", -1, -1 },
        { "9:", -1, -1 },
        { "", -1, -1 },
        { NULL, -1, -1 },
        { "h30", -1, -1 },
        { "-1", -1, -1 },
        { "9h30x", -1, -1 },
        { "7,555", -1, -1 },
        { "neuf heures", -1, -1 },
        { "123456789 h", -1, -1 },
        { "7,5:", -1, -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t clock = -1, hours = -1;
        assert_int_equal(minutes_parse_clock(cases[i].typed, &clock), cases[i].clock >= 0);
        assert_int_equal(minutes_parse_hours(cases[i].typed, &hours), cases[i].hours >= 0);
        assert_int_equal(clock, cases[i].clock);
        assert_int_equal(hours, cases[i].hours);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(paris_has_its_hour),
                                        cmocka_unit_test(instants_are_written),
                                        cmocka_unit_test(minutes_are_written),
                                        cmocka_unit_test(typed_minutes_are_read) };
    return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
