/* Who owes what: circuits by VAT regimes by hours. */
#include "billing.h"

#include "money.h"
#include "test.h"

typedef struct Expectation {
    const char *circuit, *regime;
    int64_t price, funder, planned, attended;
    int64_t funder_total, company_net, company_missed, company_vat, company_total;
} Expectation;

static const Expectation table[] = {
    /* whole attendance */
    { "direct", "exempt_training", 210000, 210000, 2520, 2520, 210000, 0, 0, 0, 0 },
    { "direct", "franchise_293b", 210000, 210000, 2520, 2520, 210000, 0, 0, 0, 0 },
    { "direct", "vat_20", 210000, 210000, 2520, 2520, 210000, 0, 0, 42000, 42000 },
    { "mixed", "exempt_training", 210000, 168000, 2520, 2520, 168000, 42000, 0, 0, 42000 },
    { "mixed", "franchise_293b", 210000, 168000, 2520, 2520, 168000, 42000, 0, 0, 42000 },
    { "mixed", "vat_20", 210000, 168000, 2520, 2520, 168000, 42000, 0, 42000, 84000 },
    { "refund", "exempt_training", 210000, 0, 2520, 2520, 0, 210000, 0, 0, 210000 },
    { "refund", "franchise_293b", 210000, 0, 2520, 2520, 0, 210000, 0, 0, 210000 },
    { "refund", "vat_20", 210000, 0, 2520, 2520, 0, 210000, 0, 42000, 252000 },
    { "self", "exempt_training", 210000, 0, 2520, 2520, 0, 210000, 0, 0, 210000 },
    { "self", "franchise_293b", 210000, 0, 2520, 2520, 0, 210000, 0, 0, 210000 },
    { "self", "vat_20", 210000, 0, 2520, 2520, 0, 210000, 0, 42000, 252000 },
    /* a grant has no place in a circuit where the OPCO does not pay us */
    { "refund", "exempt_training", 210000, 168000, 2520, 2520, 0, 210000, 0, 0, 210000 },
    { "self", "vat_20", 210000, 168000, 2520, 2520, 0, 210000, 0, 42000, 252000 },
    /* hours not attended are charged to the company */
    { "direct", "exempt_training", 210000, 210000, 2520, 2310, 192500, 0, 17500, 0, 17500 },
    { "direct", "vat_20", 210000, 210000, 2520, 2310, 192500, 0, 17500, 42000, 59500 },
    { "mixed", "exempt_training", 210000, 168000, 2520, 2310, 154000, 42000, 14000, 0, 56000 },
    { "mixed", "vat_20", 210000, 168000, 2520, 2310, 154000, 42000, 14000, 42000, 98000 },
    { "refund", "exempt_training", 210000, 0, 2520, 2310, 0, 192500, 17500, 0, 210000 },
    { "self", "vat_20", 210000, 0, 2520, 2310, 0, 192500, 17500, 42000, 252000 },
    { "direct", "exempt_training", 100001, 100001, 2520, 1, 40, 0, 99961, 0, 99961 },
    { "direct", "exempt_training", 210000, 210000, 2520, 0, 0, 0, 210000, 0, 210000 },
    /* more than planned earns nothing more; a plan without hours is whole */
    { "direct", "exempt_training", 210000, 210000, 2520, 3000, 210000, 0, 0, 0, 0 },
    { "direct", "exempt_training", 210000, 210000, 0, 0, 210000, 0, 0, 0, 0 },
    /* the grant never passes the price; the odd cent goes nowhere */
    { "mixed", "exempt_training", 100001, 200000, 10, 10, 100001, 0, 0, 0, 0 },
    { "mixed", "vat_20", 100003, 33334, 3, 2, 22223, 66669, 11111, 20001, 97781 },
    { "direct", "vat_20", 0, 0, 10, 10, 0, 0, 0, 0, 0 },
};

static void shares_add_up(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const Expectation *e = &table[i];
        Split s = billing_split(
            &(SplitCase){ e->circuit, e->regime, { e->price }, { e->funder }, e->planned, e->attended });
        if (s.funder.total.cents != e->funder_total || s.company_net.cents != e->company_net ||
            s.company_missed.cents != e->company_missed || s.company.vat.cents != e->company_vat ||
            s.company.total.cents != e->company_total)
            fail_msg("row %zu: funder %lld, company %lld + %lld, vat %lld, total %lld", i,
                     (long long)s.funder.total.cents, (long long)s.company_net.cents,
                     (long long)s.company_missed.cents, (long long)s.company.vat.cents,
                     (long long)s.company.total.cents);
        assert_int_equal(s.funder_net.cents + s.company_net.cents + s.company_missed.cents, e->price);
        assert_int_equal(s.funder.total.cents + s.company.total.cents, e->price + s.company.vat.cents);
    }
}

/* Every attendance of an awkward price: nothing is lost, the OPCO never pays more for less. */
static void every_minute_adds_up(void **state) {
    (void)state;
    int64_t last = 0;
    for (int64_t attended = 0; attended <= 1260; attended++) {
        Split s = billing_split(
            &(SplitCase){ "mixed", "exempt_training", { 123457 }, { 77777 }, 1260, attended });
        assert_int_equal(s.funder_net.cents + s.company_net.cents + s.company_missed.cents, 123457);
        assert_true(s.funder_net.cents >= last && s.funder_net.cents <= 77777);
        last = s.funder_net.cents;
    }
    assert_int_equal(last, 77777);
}

static void tax_of_a_part_is_in_proportion(void **state) {
    (void)state;
    assert_int_equal(billing_vat_of((Money){ 12000 }, (Money){ 42000 }, (Money){ 252000 }).cents, 2000);
    assert_int_equal(billing_vat_of((Money){ 252000 }, (Money){ 42000 }, (Money){ 252000 }).cents, 42000);
    assert_int_equal(billing_vat_of((Money){ 100 }, (Money){ 0 }, (Money){ 0 }).cents, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(every_minute_adds_up),
        cmocka_unit_test(tax_of_a_part_is_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
