/* directory_store.h - which OPCO answers for a company. Owns funder and agreement.
 * Thin for now: by IDCC, from data/opco.tsv and data/idcc.tsv. */
#pragma once
#include "db.h"
#include "ids.h"

typedef struct Funder {
    const char *code, *kind, *name, *official_name, *site, *portal, *invoice_email, *siren, *source;
    int64_t     answer_day_count;
} Funder;

/* embedded data/ into the tables; the same twice changes nothing */
bool directory_load(Tx *tx, const char **ret_why);
bool directory_funder(Tx *tx, const char *code, Funder *ret);
typedef struct Funders { Funder *at; size_t count; } Funders;
Funders directory_funders(Tx *tx);
/* The OPCO of an agreement. *ret_why says how sure and from where, in French. False: shared, unknown, or
 * 9998/9999. */
bool directory_by_idcc(Tx *tx, const char *idcc, Funder *ret, const char **ret_why);
