#include "funding_words.h"

static const char *const words[] = {
#define WORD(id, text) text,
#include "funding_words.def"
};

const char *funding_word(FundingWord word) { return words[word]; }
