#include "date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static void every_day_of_four_centuries_comes_once(void **state) {
    (void)state;
    assert_int_equal(date_of(1970, 1, 1).days, 0);
    assert_int_equal(date_of(2026, 12, 14).days, 20801);
    assert_int_equal(date_of(1969, 12, 31).days, -1);
    Date d = date_of(1800, 1, 1);
    int count = 0;
    for (int year = 1800; year < 2200; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 31; day++) {
                int y, m, n;
                if (!date_exists(year, month, day))
                    continue;
                date_split(d, &y, &m, &n);
                assert_true(y == year && m == month && n == day);
                assert_int_equal(date_of(year, month, day).days, d.days);
                assert_int_equal(date_weekday(d), (count + 2) % 7 + 1); /* 1 January 1800: Wednesday */
                d = date_add(d, 1);
                count++;
            }
        }
    }
    assert_int_equal(count, 146097);
    assert_int_equal(date_diff(date_of(2027, 1, 1), date_of(2026, 1, 1)), 365);
    assert_false(date_exists(2026, 2, 29));
    assert_false(date_exists(1900, 2, 29));
    assert_false(date_exists(2026, 13, 1));
    assert_false(date_exists(2026, 4, 31));
    assert_false(date_exists(2026, 1, 0));
}

/* The judge: 27 years computed by somebody else. */
static void holidays_are_those_of_the_judge(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = test_shared(arena, "judges/data/holidays/jours-feries-2019-2045.tsv");
    if (!path)
        skip();
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[200];
    int theirs = 0, ours = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] < '0' || line[0] > '9' || strstr(line, "\t1"))
            continue; /* the head, and the days of Alsace-Moselle only */
        line[10] = 0;
        Date d = { 0 };
        assert_true(date_parse(line, date_of(2026, 1, 1), &d));
        if (!date_is_holiday(d))
            fail_msg("not a holiday here: %s", line);
        theirs++;
    }
    fclose(file);
    for (Date d = date_of(2019, 1, 1); d.days <= date_of(2045, 12, 31).days; d = date_add(d, 1))
        ours += date_is_holiday(d);
    assert_int_equal(theirs, 297); /* eleven a year */
    assert_int_equal(ours, 297);
    assert_string_equal(date_holiday_name(date_of(2026, 4, 6)), "Lundi de Pâques");
    assert_string_equal(date_holiday_name(date_of(2026, 5, 14)), "Ascension");
    assert_string_equal(date_holiday_name(date_of(2026, 5, 25)), "Lundi de Pentecôte");
    assert_null(date_holiday_name(date_of(2026, 4, 5)));
}

static void working_days_skip_weekends_and_holidays(void **state) {
    (void)state;
    static const struct {
        int month, day, add, to_month, to_day;
    } cases[] = {
        { 5, 13, 0, 5, 13 },                        /* nothing to add */
        { 5, 13, 1, 5, 15 },                        /* Ascension on the 14th */
        { 5, 13, 2, 5, 18 },   { 5, 22, 1, 5, 26 }, /* Pentecost Monday */
        { 12, 24, 1, 12, 28 }, { 5, 15, -1, 5, 13 }, { 5, 17, -1, 5, 15 }, { 1, 2, 250, 12, 30 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(date_add_working(date_of(2026, cases[i].month, cases[i].day), cases[i].add).days,
                         date_of(2026, cases[i].to_month, cases[i].to_day).days);
    assert_int_equal(date_next_working(date_of(2026, 5, 14)).days, date_of(2026, 5, 15).days);
    assert_int_equal(date_next_working(date_of(2026, 5, 15)).days, date_of(2026, 5, 15).days);
    assert_int_equal(date_next_working(date_of(2026, 5, 16)).days, date_of(2026, 5, 18).days);
}

static void dates_are_written(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Date d = date_of(2026, 12, 14), first = date_of(2027, 3, 1), none = { 0 };
    assert_string_equal(date_text(arena, d), "14/12/2026");
    assert_string_equal(date_text(arena, first), "01/03/2027");
    assert_string_equal(date_prose(arena, d), "lundi 14 décembre 2026");
    assert_string_equal(date_prose(arena, first), "lundi 1er mars 2027");
    assert_string_equal(date_prose_short(arena, d), "lundi 14 décembre");
    assert_string_equal(date_day_month(arena, d), "14 décembre");
    assert_string_equal(date_iso(arena, d), "2026-12-14");
    assert_string_equal(date_text(arena, none), "");
    assert_string_equal(date_prose(arena, none), "");
    assert_string_equal(date_prose_short(arena, none), "");
    assert_string_equal(date_day_month(arena, none), "");
    assert_string_equal(date_iso(arena, none), "");
}

static void spans_are_written(void **state) {
    (void)state;
    static const struct {
        int from[3], to[3];
        const char *wanted;
    } cases[] = {
        { { 2026, 12, 14 }, { 2026, 12, 14 }, "le 14 décembre 2026" },
        { { 2026, 12, 14 }, { 2026, 12, 15 }, "les 14 et 15 décembre 2026" },
        { { 2026, 9, 30 }, { 2026, 10, 1 }, "les 30 septembre et 1er octobre 2026" },
        { { 2026, 12, 1 }, { 2026, 12, 4 }, "du 1er au 4 décembre 2026" },
        { { 2026, 11, 30 }, { 2026, 12, 4 }, "du 30 novembre au 4 décembre 2026" },
        { { 2026, 12, 14 }, { 2027, 1, 8 }, "du 14 décembre 2026 au 8 janvier 2027" },
        { { 2026, 12, 31 }, { 2027, 1, 1 }, "du 31 décembre 2026 au 1er janvier 2027" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int *a = cases[i].from, *b = cases[i].to;
        assert_string_equal(date_span(arena, date_of(a[0], a[1], a[2]), date_of(b[0], b[1], b[2])),
                            cases[i].wanted);
    }
    assert_string_equal(date_span(arena, (Date){ 0 }, (Date){ 0 }), "");
    assert_string_equal(date_span(arena, (Date){ 0 }, date_of(2026, 12, 14)), "le 14 décembre 2026");
}

static const struct {
    const char *typed, *iso;
} typed_dates[] = {
    { "14/12/2026", "2026-12-14" },
    { "14/12/26", "2026-12-14" },
    { " 1/2/2027 ", "2027-02-01" },
    { "14.12.2026", "2026-12-14" },
    { "14-12-2026", "2026-12-14" },
    { "14 12 2026", "2026-12-14" },
    { "2026-12-14", "2026-12-14" },
    { "14 décembre 2026", "2026-12-14" },
    { "14\u00a0DÉCEMBRE\u00a02026", "2026-12-14" },
    { "14 decembre 26", "2026-12-14" },
    { "14 dec", "2026-12-14" },
    { "14 déc.", "2026-12-14" },
    { "14 déc. 2027", "2027-12-14" },
    { "1er mars", "2027-03-01" },
    { "1 mars", "2027-03-01" },
    { "lundi 14 décembre", "2026-12-14" },
    { "Lundi, 14 décembre 2026", "2026-12-14" },
    { "lun. 14/12", "2026-12-14" },
    { "le 14 décembre", "2026-12-14" },
    { "14/12", "2026-12-14" },
    { "10/06", "2026-06-10" }, /* today */
    { "9 juin", "2027-06-09" },
    { "3 sept", "2026-09-03" },
    { "15 août", "2026-08-15" },
    { "29 février", "2028-02-29" },
    { "29/02/2028", "2028-02-29" },
    { "12/05/78", "1978-05-12" },
    { "12/05/45", "2045-05-12" },
    { "12/05/46", "1946-05-12" },
    { "aujourd'hui", "2026-06-10" },
    { "Aujourd’hui", "2026-06-10" },
    { "demain", "2026-06-11" },
    { "après-demain", "2026-06-12" },
    { "hier", "2026-06-09" },
    { NULL, NULL },
    { "", NULL },
    { "30/02", NULL },
    { "30/02/2026", NULL },
    { "31 avril", NULL },
    { "32/01/2026", NULL },
    { "14/13/2026", NULL },
    { "12/14/2026", NULL },
    { "0/1/2026", NULL },
    { "14", NULL },
    { "14 12", NULL },
    { "14/12-2026", NULL },
    { "14/12/202", NULL },
    { "14/12/20260", NULL },
    { "14/12/0026", NULL },
    { "14/12/2026 9h", NULL },
    { "14 jui", NULL },
    { "14 xyz 2026", NULL },
    { "mardi 14 décembre", NULL },
    { "lundi", NULL },
    { "2026-2-1", NULL },
    { "2026-12-14T09:00", NULL },
    { "bientôt", NULL },
    { "99999999999/12/2026", NULL },
};

static void typed_dates_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Date today = date_of(2026, 6, 10);
    for (size_t i = 0; i < sizeof typed_dates / sizeof *typed_dates; i++) {
        Date d = { -1 };
        bool is_read = date_parse(typed_dates[i].typed, today, &d);
        const char *got = is_read ? date_iso(arena, d) : "refused",
                   *wanted = typed_dates[i].iso ? typed_dates[i].iso : "refused";
        if (strcmp(got, wanted) != 0)
            fail_msg("%s: %s, not %s", typed_dates[i].typed, got, wanted);
        if (!is_read)
            assert_int_equal(d.days, -1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries_comes_once),
        cmocka_unit_test(holidays_are_those_of_the_judge),
        cmocka_unit_test(working_days_skip_weekends_and_holidays),
        cmocka_unit_test(dates_are_written),
        cmocka_unit_test(spans_are_written),
        cmocka_unit_test(typed_dates_are_read),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
