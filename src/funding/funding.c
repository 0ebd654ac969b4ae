#include "funding.h"

#include <string.h>

#include "date.h"
#include "ident.h"
#include "money.h"
#include "text.h"

static const struct {
    const char *label, *consequence;
} points[] = {
#define POINT(id, label, consequence) { label, consequence },
#include "points.def"
};
typedef enum Point {
#define POINT(id, label, consequence) POINT_##id,
#include "points.def"
} Point;

/* Days between the end of the training and the last day for the invoice under which one must hurry. */
enum { INVOICE_MARGIN_DAYS = 5 };

typedef struct Comparison {
    Arena *arena;
    Differences all;
} Comparison;

static const char *or_dash(const char *s) { return text_is_empty(s) ? "–" : s; }

static void put(Comparison *c, Point point, const char *asked, const char *read, bool conform, bool blocks) {
    Difference *d = arena_grow(c->arena, (void **)&c->all.at, &c->all.count, sizeof *d);
    *d = (Difference){ .point = points[point].label,
                       .asked = or_dash(asked),
                       .read = or_dash(read),
                       .consequence = conform ? "" : points[point].consequence,
                       .is_conform = conform,
                       .blocks = !conform && blocks };
    c->all.differing += !conform;
    c->all.blocking += !conform && blocks;
}

static const char *day(Arena *arena, Date d) { return date_is_none(d) ? "" : date_text(arena, d); }

static const char *circuit_words(const char *circuit) {
    static const struct {
        const char *word, *label;
    } circuits[] = {
#define CIRCUIT(word, label) { #word, label },
#include "circuits.def"
    };
    for (size_t i = 0; i < sizeof circuits / sizeof circuits[0]; i++)
        if (text_same(circuits[i].word, circuit))
            return circuits[i].label;
    return "";
}

const char *funding_circuit_label(const char *circuit) { return circuit_words(circuit); }

static void compare_identity(Comparison *c, const Asked *a, const Granted *g) {
    put(c, POINT_FUNDER, a->funder_code, g->funder_code, text_same(a->funder_code, g->funder_code), true);
    put(c, POINT_COMPANY, siret_text(c->arena, a->company_siret),
        text_is_empty(g->company_siret) ? "" : siret_text(c->arena, g->company_siret),
        text_same(a->company_siret, g->company_siret), true);
    put(c, POINT_FILE_NUMBER, "", g->file_number, !text_is_empty(g->file_number), false);
}

static void compare_period(Comparison *c, const Asked *a, const Granted *g) {
    put(c, POINT_STARTS, day(c->arena, a->starts_on), day(c->arena, g->starts_on),
        !date_is_none(g->starts_on) && g->starts_on.days <= a->starts_on.days, true);
    put(c, POINT_ENDS, day(c->arena, a->ends_on), day(c->arena, g->ends_on),
        !date_is_none(g->ends_on) && g->ends_on.days >= a->ends_on.days, true);
    put(c, POINT_MINUTES, minutes_hours(c->arena, a->minutes), minutes_hours(c->arena, g->minutes),
        g->minutes >= a->minutes, true);
    put(c, POINT_PEOPLE, arena_print(c->arena, "%lld", (long long)a->participants),
        arena_print(c->arena, "%lld", (long long)g->participants), g->participants >= a->participants, true);
}

static void compare_money(Comparison *c, const Asked *a, const Granted *g) {
    put(c, POINT_AMOUNT, money_text(c->arena, a->requested), money_text(c->arena, g->granted),
        money_compare(g->granted, a->requested) >= 0, false);
    put(c, POINT_CIRCUIT, circuit_words(a->circuit_wished), circuit_words(g->circuit),
        text_same(a->circuit_wished, g->circuit) ||
            (text_same(a->circuit_wished, "direct") && text_same(g->circuit, "mixed")),
        false);
}

Differences funding_compare(Arena *arena, const Asked *a, const Granted *g, Date today) {
    Comparison c = { .arena = arena };
    (void)today;
    compare_identity(&c, a, g);
    compare_period(&c, a, g);
    compare_money(&c, a, g);
    put(&c, POINT_LETTER_DATE, "", day(arena, g->letter_on),
        !date_is_none(g->letter_on) && g->letter_on.days <= a->starts_on.days, false);
    bool in_time = date_is_none(g->invoice_by_on) ||
                   date_diff(g->invoice_by_on, a->ends_on) >= INVOICE_MARGIN_DAYS;
    bool past = !date_is_none(g->invoice_by_on) && g->invoice_by_on.days < a->ends_on.days;
    put(&c, POINT_INVOICE_DATE, "", day(arena, g->invoice_by_on), in_time, past);
    return c.all;
}

const char *funding_circuit(Money price, Money direct) {
    if (direct.cents <= 0)
        return "refund";
    return money_compare(direct, price) >= 0 ? "direct" : "mixed";
}

Shares funding_shares(Money price, Money granted, Money direct, const char *circuit) {
    Money funder = { 0 };
    if (text_same(circuit, "direct") || text_same(circuit, "mixed")) {
        funder = money_compare(direct, granted) < 0 && direct.cents > 0 ? direct : granted;
        if (money_compare(funder, price) > 0)
            funder = price;
    }
    return (Shares){ funder, money_sub(price, funder) };
}
