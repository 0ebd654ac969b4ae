/* date.h - civil dates, instants, half-days, French working days. Time itself
 * comes from clock.h only; Europe/Paris is applied at the edges, here. */
#pragma once
#include "arena.h"
#include "types.h"

Date date_of(int year, int month, int day); /* must exist */
bool date_exists(int year, int month, int day);
void date_split(Date d, int *ret_year, int *ret_month, int *ret_day);
int  date_weekday(Date d); /* 1 Monday .. 7 Sunday */
Date date_add(Date d, int days);
int  date_diff(Date a, Date b); /* a - b in days */
bool date_is_none(Date d);
/* French public holidays (metropolitan), Code du travail L3133-1; Easter by computation. */
bool        date_is_holiday(Date d);
const char *date_holiday_name(Date d); /* NULL: none */
bool        date_is_working(Date d);   /* neither weekend nor holiday */
Date        date_next_working(Date d); /* d itself if it is one */
Date        date_add_working(Date d, int days);

char *date_text(Arena *arena, Date d);      /* 14/12/2026 */
char *date_prose(Arena *arena, Date d);     /* lundi 14 décembre 2026 */
char *date_prose_short(Arena *arena, Date d); /* lundi 14 décembre */
char *date_day_month(Arena *arena, Date d); /* 14 décembre */
char *date_iso(Arena *arena, Date d);       /* 2026-12-14 */
/* "le 14 décembre 2026", "les 14 et 15 décembre 2026", "du 14 décembre 2026 au 8 janvier 2027" */
char *date_span(Arena *arena, Date from, Date to);
/* Reads what people type: 14/12/2026, 14/12/26, 14.12.2026, 14-12-2026, 2026-12-14,
 * "14 décembre 2026", "14 dec", "1er mars", "lundi 14 décembre", "aujourd'hui", "demain".
 * Without a year: the next one to come from `today`. Refuses 30/02. */
bool date_parse(const char *typed, Date today, Date *ret);

/* Paris time, summer time included. `minutes` since midnight. */
Date    instant_date(Instant t);
int     instant_minutes(Instant t);
Instant instant_at(Date d, int minutes); /* Paris wall clock; a skipped hour moves forward */
Instant instant_add(Instant t, int64_t seconds);
char   *instant_text(Arena *arena, Instant t);  /* 14/12/2026 à 9 h 02 */
char   *instant_prose(Arena *arena, Instant t); /* le 14 décembre à 9 h 02 */
char   *instant_iso(Arena *arena, Instant t);   /* 2026-12-14T08:02:00Z */
char   *instant_mail(Arena *arena, Instant t);  /* RFC 5322 Date */
char   *minutes_clock(Arena *arena, int64_t minutes); /* 9 h 05 (time of day) */
char   *minutes_hours(Arena *arena, int64_t minutes); /* 7 h, 3 h 30 (duration) */
char   *minutes_decimal(Arena *arena, int64_t minutes); /* 7,50 (hundredths, for certificates) */
/* Reads "9h", "9 h 30", "9:30", "09h30", "14" as minutes since midnight. */
bool minutes_parse_clock(const char *typed, int64_t *ret);
/* Reads a duration: "14 h", "3h30", "7,5". */
bool minutes_parse_hours(const char *typed, int64_t *ret);
