/* trainer_words.h - the sentences of trainer_words.def. */
#pragma once

typedef enum TrainerWord {
#define WORD(id, text) TRAINER_WORD_##id,
#include "trainer_words.def"
} TrainerWord;
const char *trainer_word(TrainerWord word);
