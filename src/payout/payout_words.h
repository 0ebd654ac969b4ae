/* payout_words.h - the sentences of payout.def. */
#pragma once

typedef enum PayoutWord {
#define WORD(id, text) PAYOUT_##id,
#include "payout.def"
    PAYOUT_WORD_COUNT
} PayoutWord;

const char *payout_word(PayoutWord word);
