/* holiday.c - French public holidays and working days. */
#include "date.h"

/* Easter Sunday, by the Gregorian computation of Meeus ("Astronomical Algorithms", chapter 8). */
static Date easter(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return date_of(year, n / 31, n % 31 + 1);
}

/* Code du travail, article L3133-1 (version in force since 2016). */
static const struct {
    int month, day;
    const char *name;
} fixed[] = {
    { 1, 1, "Jour de l’an" },     { 5, 1, "Fête du Travail" }, { 5, 8, "Victoire 1945" },
    { 7, 14, "Fête nationale" },  { 8, 15, "Assomption" },     { 11, 1, "Toussaint" },
    { 11, 11, "Armistice 1918" }, { 12, 25, "Noël" },
};
static const struct {
    int after_easter;
    const char *name;
} moving[] = { { 1, "Lundi de Pâques" }, { 39, "Ascension" }, { 50, "Lundi de Pentecôte" } };

const char *date_holiday_name(Date d) {
    int year, month, day;
    date_split(d, &year, &month, &day);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (fixed[i].month == month && fixed[i].day == day)
            return fixed[i].name;
    int since = date_diff(d, easter(year));
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        if (moving[i].after_easter == since)
            return moving[i].name;
    return NULL;
}

bool date_is_holiday(Date d) { return date_holiday_name(d) != NULL; }
bool date_is_working(Date d) { return date_weekday(d) <= 5 && !date_is_holiday(d); }

Date date_next_working(Date d) {
    while (!date_is_working(d))
        d = date_add(d, 1);
    return d;
}

Date date_add_working(Date d, int days) {
    int step = days < 0 ? -1 : 1;
    while (days != 0) {
        d = date_add(d, step);
        if (date_is_working(d))
            days -= step;
    }
    return d;
}
