/* What was asked against what the letter says; who pays what. */
#include "funding.h"

#include "date.h"
#include "money.h"
#include "test.h"
#include "text.h"

static Date day(int d) { return date_of(2026, 12, d); }

static Asked asked(void) {
    return (Asked){ .funder_code = "OPCO_EP",
                    .company_siret = "98765432400017",
                    .circuit_wished = "direct",
                    .requested = { 140000 },
                    .minutes = 840,
                    .participants = 2,
                    .starts_on = day(14),
                    .ends_on = day(15) };
}

static Granted granted(void) {
    return (Granted){ .funder_code = "OPCO_EP",
                      .company_siret = "98765432400017",
                      .circuit = "direct",
                      .file_number = "EP-26-1",
                      .granted = { 140000 },
                      .direct = { 140000 },
                      .minutes = 840,
                      .participants = 2,
                      .letter_on = day(1),
                      .starts_on = day(14),
                      .ends_on = day(15),
                      .invoice_by_on = date_of(2027, 3, 15) };
}

static Differences compare(Arena *arena, const Granted *g) {
    Asked a = asked();
    return funding_compare(arena, &a, g, day(2));
}

static void the_same_is_conform(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Granted g = granted();
    Differences all = compare(arena, &g);
    assert_int_equal(all.count, 11);
    assert_int_equal(all.differing, 0);
    assert_int_equal(all.blocking, 0);
    for (size_t i = 0; i < all.count; i++)
        assert_string_equal(all.at[i].consequence, "");
}

/* Each letter differs in one point only. */
static void each_point_is_seen(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    struct {
        const char *point;
        bool blocks;
        Granted g;
    } cases[11];
    for (int i = 0; i < 11; i++)
        cases[i].g = granted();
    cases[0].point = "Financeur", cases[0].blocks = true, cases[0].g.funder_code = "AKTO";
    cases[1].point = "Entreprise (SIRET)", cases[1].blocks = true,
    cases[1].g.company_siret = "73282932000074";
    cases[2].point = "Numéro de dossier", cases[2].blocks = false, cases[2].g.file_number = "";
    cases[3].point = "Premier jour", cases[3].blocks = true, cases[3].g.starts_on = day(15);
    cases[4].point = "Dernier jour", cases[4].blocks = true, cases[4].g.ends_on = day(14);
    cases[5].point = "Heures par personne", cases[5].blocks = true, cases[5].g.minutes = 420;
    cases[6].point = "Participants", cases[6].blocks = true, cases[6].g.participants = 1;
    cases[7].point = "Montant accordé", cases[7].blocks = false, cases[7].g.granted = (Money){ 139999 };
    cases[8].point = "Qui est payé", cases[8].blocks = false, cases[8].g.circuit = "refund";
    cases[9].point = "Date de la lettre", cases[9].blocks = false, cases[9].g.letter_on = day(16);
    cases[10].point = "Facture à envoyer avant", cases[10].blocks = true, cases[10].g.invoice_by_on = day(10);
    for (size_t i = 0; i < 11; i++) {
        Differences all = compare(arena, &cases[i].g);
        if (all.differing != 1 || all.at[i].is_conform)
            fail_msg("%s: %zu differences", cases[i].point, all.differing);
        assert_string_equal(all.at[i].point, cases[i].point);
        assert_true(*all.at[i].consequence);
        assert_int_equal(all.at[i].blocks, cases[i].blocks);
        assert_int_equal(all.blocking, cases[i].blocks);
    }
}

/* More than asked, a wider period, mixed where direct was wished: all of it covers. */
static void what_covers_is_conform(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Granted g = granted();
    g.granted = (Money){ 150000 };
    g.starts_on = day(1);
    g.ends_on = day(31);
    g.minutes = 900;
    g.participants = 5;
    g.circuit = "mixed";
    g.invoice_by_on = (Date){ 0 };
    assert_int_equal(compare(arena, &g).differing, 0);
    g.invoice_by_on = day(17); /* soon after the end: hurry, but no obstacle */
    Differences all = compare(arena, &g);
    assert_int_equal(all.differing, 1);
    assert_int_equal(all.blocking, 0);
}

static void circuits_follow_the_money(void **state) {
    (void)state;
    const struct {
        int64_t price, direct;
        const char *circuit;
    } cases[] = { { 140000, 0, "refund" },     { 140000, 140000, "direct" }, { 140000, 150000, "direct" },
                  { 140000, 139999, "mixed" }, { 140000, 1, "mixed" },       { 140000, -1, "refund" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(funding_circuit((Money){ cases[i].price }, (Money){ cases[i].direct }),
                            cases[i].circuit);
    assert_string_not_equal(funding_circuit_label("self"), "");
    assert_string_equal(funding_circuit_label("nothing"), "");
}

static void shares_always_add_up(void **state) {
    (void)state;
    const struct {
        int64_t price, granted, direct;
        const char *circuit;
        int64_t funder;
    } cases[] = { { 140000, 140000, 140000, "direct", 140000 },
                  { 140000, 98000, 98000, "mixed", 98000 },
                  { 140000, 98000, 50000, "mixed", 50000 },
                  { 140000, 98000, 0, "refund", 0 },
                  { 140000, 0, 0, "self", 0 },
                  { 140000, 200000, 200000, "direct", 140000 },
                  { 1, 1, 1, "direct", 1 },
                  { 0, 0, 0, "refund", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Shares s = funding_shares((Money){ cases[i].price }, (Money){ cases[i].granted },
                                  (Money){ cases[i].direct }, cases[i].circuit);
        assert_int_equal(s.funder.cents, cases[i].funder);
        assert_int_equal(money_add(s.funder, s.company).cents, cases[i].price);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_same_is_conform),
                                        cmocka_unit_test(each_point_is_seen),
                                        cmocka_unit_test(what_covers_is_conform),
                                        cmocka_unit_test(circuits_follow_the_money),
                                        cmocka_unit_test(shares_always_add_up) };
    return cmocka_run_group_tests_name("funding", tests, NULL, NULL);
}
