/* billing_store.h - who is invoiced for what, and who has paid. Owns invoice, invoice_line, payment,
 * allocation; moves the machines `invoice` and `payment`. */
#pragma once
#include "db.h"
#include "dossier_store.h"
#include "funding_store.h"
#include "ids.h"
#include "story_store.h"

typedef struct Invoice {
    InvoiceId   id, cancels_invoice_id;
    DossierId   dossier_id;
    const char *kind, *reference, *payer_kind, *funder_code, *payer_name, *payer_address, *payer_siren,
        *payer_email, *funder_ref, *vat_regime, *state;
    int64_t     number, vat_bp;
    Money       net_cents, vat_cents, total_cents, settled_cents;
    Date        issued_on, due_on;
} Invoice;
typedef struct Invoices { Invoice *at; size_t count; } Invoices;
typedef struct InvoiceLine {
    const char *label, *quantity_text, *unit_price_text;
    Money       net_cents;
} InvoiceLine;
typedef struct InvoiceLines { InvoiceLine *at; size_t count; } InvoiceLines;

bool         billing_invoice(Tx *tx, InvoiceId invoice_id, Invoice *ret);
/* Staff all, the company those sent to it. */
bool         billing_seen(Tx *tx, const Viewer *viewer, InvoiceId invoice_id, Invoice *ret);
/* The same by what stands in an address: its id or its reference. */
bool         billing_seen_named(Tx *tx, const Viewer *viewer, const char *name, Invoice *ret);
Invoices     billing_of_dossier(Tx *tx, DossierId dossier_id);
/* The newest first, those older than `before` (0: from the newest); state "" all. */
Invoices     billing_list(Tx *tx, const char *state, InvoiceId before, int64_t most);
/* not settled: to match a payment with */
Invoices     billing_open_invoices(Tx *tx, const char *search, int64_t most);
InvoiceLines billing_lines(Tx *tx, InvoiceId invoice_id);

/* Records money that came in and allocates it: to the named invoices with amounts, what is left stays free
 * (to_review). */
typedef struct Part { InvoiceId invoice_id; Money amount; } Part;
typedef struct NewPayment {
    const char *payer_name, *bank_ref;
    Date received_on;
    Money amount;
    const Part *parts;
    size_t part_count;
} NewPayment;
PaymentId billing_record(Tx *tx, const NewPayment *payment, const Act *act, const char **ret_why);
Outcome   billing_allocate(Tx *tx, PaymentId payment_id, const Part *parts, size_t count, const Act *act);
typedef struct Payment {
    PaymentId id;
    const char *payer_name, *bank_ref, *recorded_by, *state;
    Date received_on;
    Money amount_cents, free_cents;
    Instant recorded_at;
} Payment;
typedef struct Payments { Payment *at; size_t count; } Payments;
bool      billing_payment(Tx *tx, PaymentId payment_id, Payment *ret);
Payments  billing_payments(Tx *tx, const char *state, int64_t most);
/* What was paid on an invoice, or with a payment; negative when the bank took it back. */
typedef struct Allocation {
    PaymentId   payment_id;
    InvoiceId   invoice_id;
    Money       amount_cents;
    const char *payer_name, *bank_ref, *reference; /* of the payment; of the invoice */
    Date        received_on;
} Allocation;
typedef struct Allocations { Allocation *at; size_t count; } Allocations;
/* one of them, not both */
Allocations billing_allocations(Tx *tx, InvoiceId invoice_id, PaymentId payment_id);
/* Ticks INVOICES_ARE_READY on the dossier and CIRCUIT_ALLOWS_PAYER on its drafts. INVOICE_IS_COMPLETE comes
 * with the number, in the transaction that issues: no invoice leaves without one. */
void      billing_check(Tx *tx, DossierId dossier_id, Instant now);

/* Reactions. */
const char *billing_draft(Tx *tx, const Cause *cause);        /* draft_invoices */
/* issue_invoices: number, issue, send, overdue planned */
const char *billing_issue(Tx *tx, const Cause *cause);
const char *billing_rebill(Tx *tx, const Cause *cause);       /* rebill_company */
const char *billing_credit(Tx *tx, const Cause *cause);       /* issue_credit_note: the whole, or the gap */
const char *billing_settle(Tx *tx, const Cause *cause);       /* settle_dossier */
const char *billing_reverse(Tx *tx, const Cause *cause);      /* reverse_payment */
