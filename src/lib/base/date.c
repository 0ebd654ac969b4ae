#include "date.h"

#include <stdio.h>
#include <stdlib.h>

/* The calendar is the Gregorian one, counted in eras of 400 years that begin on 1 March, so that
 * the leap day comes last. */
enum { DAYS_OF_ERA = 146097, DAYS_TO_1970 = 719468 };

bool date_exists(int year, int month, int day) {
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && is_leap);
}

Date date_of(int year, int month, int day) {
    if (!date_exists(year, month, day)) {
        fprintf(stderr, "no such day: %d-%d-%d\n", year, month, day);
        abort();
    }
    int from_march = month > 2 ? month - 3 : month + 9;
    int y = month > 2 ? year : year - 1;
    int era = y / 400, year_of_era = y % 400;
    int day_of_year = (153 * from_march + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Date){ era * DAYS_OF_ERA + day_of_era - DAYS_TO_1970 };
}

void date_split(Date d, int *ret_year, int *ret_month, int *ret_day) {
    int days = d.days + DAYS_TO_1970;
    int era = (days >= 0 ? days : days - DAYS_OF_ERA + 1) / DAYS_OF_ERA;
    int day_of_era = days - era * DAYS_OF_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *ret_day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *ret_month = from_march < 10 ? from_march + 3 : from_march - 9;
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

/* 1970-01-01 was a Thursday. */
int date_weekday(Date d) { return ((d.days % 7) + 7 + 3) % 7 + 1; }

Date date_add(Date d, int days) {
    Date sum;
    if (__builtin_add_overflow(d.days, days, &sum.days)) {
        fputs("a date does not fit\n", stderr);
        abort();
    }
    return sum;
}

int date_diff(Date a, Date b) { return a.days - b.days; }
bool date_is_none(Date d) { return d.days == 0; }
