/* billing_words.h - the sentences of billing.def. */
#pragma once

typedef enum BillingWord {
#define WORD(id, text) BILLING_##id,
#include "billing.def"
    BILLING_WORD_COUNT
} BillingWord;

const char *billing_word(BillingWord word);
