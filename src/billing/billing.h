/* billing.h - who owes what for one dossier: shares, hours really attended, VAT. Pure. */
#pragma once
#include "types.h"

typedef struct SplitCase {
    const char *circuit;    /* direct, mixed, refund, self */
    const char *vat_regime; /* exempt_training, vat_20, franchise_293b */
    Money       price;      /* whole price, before tax */
    Money       funder;     /* of it, what the OPCO granted and pays itself */
    int64_t     planned_minutes, attended_minutes; /* all participants */
} SplitCase;
typedef struct Bill {
    Money   net, vat, total;
    int64_t vat_bp;
} Bill;
typedef struct Split {
    Money funder_net;     /* of the price: what the OPCO pays, for the hours really attended */
    Money company_net;    /* the company's own share */
    Money company_missed; /* hours not attended: the convention charges them to the company */
    Bill  funder, company;
} Split;

/* The three nets always add up to `price`, to the cent. The OPCO pays before tax only: where the body is
 * taxable the company owes the VAT on the whole price, in one rounding. */
Split billing_split(const SplitCase *c);
/* The part of a gross amount that is tax, in the proportion of the whole bill. */
Money billing_vat_of(Money gross, Money vat, Money total);
