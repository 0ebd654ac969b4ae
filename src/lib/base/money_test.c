#include "money.h"

#include "test.h"

static const struct {
    const char *typed;
    int64_t cents;
} good[] = {
    { "12", 1200 },
    { "0", 0 },
    { "1234.5", 123450 },
    { "1234,05", 123405 },
    { "1 234", 123400 },
    { "1 234,05 €", 123405 },
    { "1\u00a0234,05\u00a0€", 123405 },
    { "1\u202f234,05€", 123405 },
    { " 1.234,05 ", 123405 },
    { "1.234.567", 123456700 },
    { "1 234.50 EUR", 123450 },
    { "12 345 678,9", 1234567890 },
    { "10000000000", 1000000000000 },
    { "007", 700 },
};
static const char *const bad[] = {
    NULL,
    "",
    " ",
    "€",
    "-5",
    "\u22125",
    "+5",
    "1,234.05",
    "1.234",
    "1,234",
    "1,234,567",
    "12,345",
    "1 23",
    "12 34,5",
    "1.23.456",
    "1 234.567",
    "1.234 567",
    "12,",
    ",5",
    "1,2,3",
    "1..2",
    "12 € 50",
    "douze",
    "12 euros",
    "1e3",
    "0x10",
    "10000000000,01",
    "99999999999999999999",
    "1234 567",
    "1.234.567.89",
    "12 345 678 901 234 567 890 123 456 789 012 345",
    "١٢",
};

static void amounts_are_read(void **state) {
    (void)state;
    Money m = { -1 };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!money_parse(good[i].typed, &m))
            fail_msg("refused: %s", good[i].typed);
        assert_int_equal(m.cents, good[i].cents);
    }
    m.cents = -1;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (money_parse(bad[i], &m) || m.cents != -1)
            fail_msg("accepted: %s", bad[i]);
}

static void amounts_are_written(void **state) {
    (void)state;
    static const struct {
        int64_t cents;
        const char *text, *field, *plain;
    } cases[] = {
        { 0, "0,00\u00a0€", "0,00", "0.00" },
        { 5, "0,05\u00a0€", "0,05", "0.05" },
        { 123405, "1\u00a0234,05\u00a0€", "1234,05", "1234.05" },
        { 123456789, "1\u00a0234\u00a0567,89\u00a0€", "1234567,89", "1234567.89" },
        { -14000, "\u2212140,00\u00a0€", "-140,00", "-140.00" },
        { INT64_MIN, "\u221292\u00a0233\u00a0720\u00a0368\u00a0547\u00a0758,08\u00a0€",
          "-92233720368547758,08", "-92233720368547758.08" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Money m = { cases[i].cents }, back;
        assert_string_equal(money_text(arena, m), cases[i].text);
        assert_string_equal(money_field(arena, m), cases[i].field);
        assert_string_equal(money_plain(arena, m), cases[i].plain);
        if (m.cents >= 0) {
            assert_true(money_parse(cases[i].text, &back));
            assert_int_equal(back.cents, m.cents);
        }
    }
}

static void amounts_are_spelled(void **state) {
    (void)state;
    static const struct {
        int64_t cents;
        const char *words;
    } cases[] = {
        { 0, "zéro euro" },
        { 1, "un centime" },
        { 100, "un euro" },
        { 123405, "mille deux cent trente-quatre euros et cinq centimes" },
        { 2100, "vingt et un euros" },
        { 7100, "soixante et onze euros" },
        { 7700, "soixante-dix-sept euros" },
        { 8000, "quatre-vingts euros" },
        { 8100, "quatre-vingt-un euros" },
        { 9180, "quatre-vingt-onze euros et quatre-vingts centimes" },
        { 20000, "deux cents euros" },
        { 20100, "deux cent un euros" },
        { 140000, "mille quatre cents euros" },
        { 8000000, "quatre-vingt mille euros" },
        { 20000000, "deux cent mille euros" },
        { 100000000, "un million d’euros" },
        { 200000001, "deux millions d’euros et un centime" },
        { 8000000000, "quatre-vingts millions d’euros" },
        { 210000100, "deux millions cent mille un euros" },
        { 100000000000, "un milliard d’euros" },
        { -1600, "moins seize euros" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(money_words(arena, (Money){ cases[i].cents }), cases[i].words);
    assert_non_null(money_words(arena, (Money){ INT64_MIN }));
}

static void rates_round_half_away_from_zero(void **state) {
    (void)state;
    static const struct {
        int64_t base;
        int32_t bp;
        int64_t wanted;
    } cases[] = {
        { 140000, 2000, 28000 }, { 10, 550, 1 },          { 9, 550, 0 },    { 1000, 550, 55 },
        { 25, 2000, 5 },         { 3, 5000, 2 },          { -3, 5000, -2 }, { 100, -2000, -20 },
        { 0, 2000, 0 },          { 12345, 0, 0 },         { 2, 2000, 0 },   { 12, 2000, 2 },
        { 13, 2000, 3 },         { 12345, 10000, 12345 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(money_rate((Money){ cases[i].base }, (Rate){ cases[i].bp }).cents, cases[i].wanted);
}

static void shares_add_up_to_the_cent(void **state) {
    (void)state;
    static const int64_t wholes[] = { 0, 1, 99, 10000, 140001, -10000, -7 };
    static const int64_t weights[] = { 3, 0, 1, 7, 1000003 };
    for (size_t w = 0; w < sizeof wholes / sizeof *wholes; w++) {
        Money whole = { wholes[w] };
        for (int64_t count = 1; count < 8; count++) {
            Money sum = { 0 };
            for (int64_t i = 0; i < count; i++)
                sum = money_add(sum, money_part(whole, i, count));
            assert_int_equal(sum.cents, whole.cents);
        }
        Money sum = { 0 };
        int64_t all = 1000014, before = 0;
        for (size_t i = 0; i < 5; before += weights[i++])
            sum = money_add(sum, money_share(whole, before, weights[i], all));
        assert_int_equal(sum.cents, whole.cents);
    }
    assert_int_equal(money_part((Money){ 10000 }, 0, 3).cents, 3333);
    assert_int_equal(money_part((Money){ 10000 }, 2, 3).cents, 3334);
    assert_int_equal(money_share((Money){ 10000 }, 1, 1, 3).cents, 3334);
    assert_int_equal(money_share((Money){ 10000 }, 0, 0, 3).cents, 0);
}

static void sums(void **state) {
    (void)state;
    assert_int_equal(money_add((Money){ 5 }, (Money){ 7 }).cents, 12);
    assert_int_equal(money_sub((Money){ 5 }, (Money){ 7 }).cents, -2);
    assert_int_equal(money_times((Money){ 5 }, -3).cents, -15);
    assert_true(money_compare((Money){ 5 }, (Money){ 7 }) < 0);
    assert_true(money_compare((Money){ 7 }, (Money){ 5 }) > 0);
    assert_int_equal(money_compare((Money){ 5 }, (Money){ 5 }), 0);
    assert_true(money_is_zero((Money){ 0 }));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read),          cmocka_unit_test(amounts_are_written),
        cmocka_unit_test(amounts_are_spelled),       cmocka_unit_test(rates_round_half_away_from_zero),
        cmocka_unit_test(shares_add_up_to_the_cent), cmocka_unit_test(sums),
    };
    return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
