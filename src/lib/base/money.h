/* money.h - cents that add up. Overflow ends the process (it would be a bug). */
#pragma once
#include "arena.h"
#include "types.h"

Money money_add(Money a, Money b);
Money money_sub(Money a, Money b);
Money money_times(Money a, int64_t n);
int   money_compare(Money a, Money b); /* <0, 0, >0 */
bool  money_is_zero(Money a);
/* base × rate, half up, away from zero: the rounding of VAT, once per rate. */
Money money_rate(Money base, Rate rate);
/* The share number `index` of `count` equal parts: the remainder goes to the last.
 * All shares add up to `whole`. */
Money money_part(Money whole, int64_t index, int64_t count);
/* whole × weight / weights, so that shares taken in order 0..n-1 with `before` (sum of the
 * former weights) add up to `whole` to the cent. */
Money money_share(Money whole, int64_t before, int64_t weight, int64_t weights);

/* "1 234,05 €" with U+00A0, minus U+2212. */
char *money_text(Arena *arena, Money m);
/* "1234,05" for form fields. */
char *money_field(Arena *arena, Money m);
/* "1234.05": machines (XML). */
char *money_plain(Arena *arena, Money m);
/* Reads "1 234,05 €", "1.234,05", "1234.5", "12". Refuses negatives, three decimals, words. */
bool money_parse(const char *typed, Money *ret);
/* "mille deux cent trente-quatre euros et cinq centimes" */
char *money_words(Arena *arena, Money m);
