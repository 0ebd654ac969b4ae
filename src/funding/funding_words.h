/* funding_words.h - the sentences of funding_words.def. */
#pragma once

typedef enum FundingWord {
#define WORD(id, text) FUNDING_##id,
#include "funding_words.def"
} FundingWord;
const char *funding_word(FundingWord word);
