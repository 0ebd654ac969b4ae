/* payout_store.h - what the trainer is owed, the transfer file, its confirmation. Owns payout, batch; moves
 * the machine `payout`. Building the file itself (lib/bank) is payout_work.c. */
#pragma once
#include "billing_store.h"
#include "db.h"
#include "ids.h"
#include "story_store.h"

typedef struct Payout {
    PayoutId    id;
    DossierId   dossier_id;
    TrainerId   trainer_id;
    Money       amount_cents;
    const char *trainer_invoice_ref, *end_to_end, *state;
    AccountId   approved_by_account_id;
    BatchId     batch_id;
} Payout;
typedef struct Payouts { Payout *at; size_t count; } Payouts;
bool    payout_get(Tx *tx, PayoutId payout_id, Payout *ret);
Payouts payout_of_batch(Tx *tx, BatchId batch_id);
bool    payout_of_dossier(Tx *tx, DossierId dossier_id, Payout *ret);
Payouts payout_of_trainer(Tx *tx, TrainerId trainer_id);
/* by state; "" all */
Payouts payout_list(Tx *tx, const char *state, int64_t most);

Outcome payout_approve(Tx *tx, PayoutId payout_id, const char *invoice_ref, Money invoice_amount,
                       const Act *act);
/* The file for the chosen payouts, all approved: rows, numbers and bytes in one transaction (payout_work.c).
 * Refusal in *ret_why. */
BatchId payout_batch(Tx *tx, const PayoutId *ids, size_t count, Date execute_on, const Act *act,
                     const char **ret_why);
typedef struct Batch {
    BatchId id;
    const char *reference, *sha256, *made_by;
    Date execute_on;
    Money total_cents;
    int64_t payout_count;
    Instant made_at;
} Batch;
typedef struct Batches { Batch *at; size_t count; } Batches;
Batches payout_batches(Tx *tx, int64_t most);
bool    payout_batch_get(Tx *tx, BatchId batch_id, Batch *ret, Bytes *ret_body);
bool    payout_batch_by_reference(Tx *tx, const char *reference, BatchId *ret);
Outcome payout_executed(Tx *tx, PayoutId payout_id, const Act *act);
/* May this account order the transfer now? NULL, or the sentence why not. */
const char *payout_why_not(Tx *tx, const Payout *payout, AccountId account_id);
/* Ticks TRAINER_PAPERS_ARE_VALID, IBAN_IS_VERIFIED; payout_approve and payout_batch add
 * TRAINER_INVOICE_MATCHES and SECOND_PERSON_ACTS for their own act alone, so that no other way goes round
 * them. */
void    payout_check(Tx *tx, PayoutId payout_id, const Act *act);

/* Reactions. */
const char *payout_expect(Tx *tx, const Cause *cause);  /* expect_payout */
const char *payout_release(Tx *tx, const Cause *cause); /* release_payout */
const char *payout_drop(Tx *tx, const Cause *cause);    /* drop_payout */
