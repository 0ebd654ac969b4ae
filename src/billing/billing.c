#include "billing.h"

#include "money.h"
#include "text.h"

enum { VAT_20_BP = 2000 };

/* The share of what was attended; a plan without hours counts as attended. */
static Money attended_part(Money whole, const SplitCase *c) {
    if (c->planned_minutes <= 0 || c->attended_minutes >= c->planned_minutes)
        return whole;
    return money_share(whole, 0, c->attended_minutes > 0 ? c->attended_minutes : 0, c->planned_minutes);
}

static Money least(Money a, Money b) { return money_compare(a, b) < 0 ? a : b; }

Split billing_split(const SplitCase *c) {
    bool funder_pays = text_same(c->circuit, "direct") || text_same(c->circuit, "mixed");
    Money granted = funder_pays ? least(c->funder, c->price) : (Money){ 0 };
    if (granted.cents < 0)
        granted.cents = 0;
    /* in refund and self the hours are told apart too: the OPCO will reimburse only the attended ones */
    Money counted = funder_pays ? granted : c->price;
    Split split = { .funder_net = attended_part(granted, c),
                    .company_missed = money_sub(counted, attended_part(counted, c)) };
    split.company_net = money_sub(money_sub(c->price, split.funder_net), split.company_missed);
    int64_t vat_bp = text_same(c->vat_regime, "vat_20") ? VAT_20_BP : 0;
    Money company = money_add(split.company_net, split.company_missed);
    Money vat = money_rate(c->price, (Rate){ (int32_t)vat_bp });
    split.funder = (Bill){ .net = split.funder_net, .total = split.funder_net };
    split.company = (Bill){ .net = company, .vat = vat, .total = money_add(company, vat), .vat_bp = vat_bp };
    return split;
}

Money billing_vat_of(Money gross, Money vat, Money total) {
    return total.cents > 0 ? money_share(gross, 0, vat.cents, total.cents) : (Money){ 0 };
}
