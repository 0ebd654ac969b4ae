/* billing_weigh_store.h - what the two stores of this room share. */
#pragma once
#include "billing.h"
#include "billing_store.h"
#include "billing_words.h"

/* What stands on a bill besides its amounts. */
typedef struct Payer {
    const char *kind, *funder_code, *name, *address, *siren, *email, *funder_ref;
} Payer;
Payer billing_payer(Tx *tx, const Dossier *dossier, const char *kind, const Plan *plan);
/* Sums what was paid and credited, ticks what follows, and moves the invoice. NULL, or why not. */
const char *billing_weigh(Tx *tx, InvoiceId invoice_id, const Act *act);
/* A reaction that only tries: what the story does not allow now is no refusal of what caused it. */
const char *billing_try(Tx *tx, Thing thing, Event event, const Act *because);
