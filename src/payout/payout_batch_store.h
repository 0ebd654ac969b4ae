/* payout_batch_store.h - what the store and the maker of the file share. */
#pragma once
#include "payout_store.h"
#include "payout_words.h"

/* The row of a file, its number already given. */
typedef struct NewBatch {
    const char *reference, *key;
    Date        execute_on;
    Money       total;
    int64_t     count;
    Bytes       body;
} NewBatch;
BatchId payout_batch_add(Tx *tx, const NewBatch *batch, const Act *act);
bool    payout_batch_seen(Tx *tx, const char *key, BatchId *ret);
Outcome payout_into(Tx *tx, const Payout *payout, BatchId batch_id, const char *end_to_end, const Act *act);
