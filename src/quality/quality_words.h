/* quality_words.h - the French words of the quality pages (quality.def). */
#pragma once

typedef enum QualityWord {
#define WORD(id, text) QUALITY_##id,
#include "quality.def"
    QUALITY_WORD_COUNT
} QualityWord;

const char *quality_word(QualityWord word);
