/* payout_words.h - the sentences of payout_words.def. */
#pragma once

typedef enum PayoutWord {
#define WORD(id, text) PAYOUT_##id,
#include "payout_words.def"
    PAYOUT_WORD_COUNT
} PayoutWord;

const char *payout_word(PayoutWord word);
