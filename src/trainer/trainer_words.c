#include "trainer_words.h"

const char *trainer_word(TrainerWord word) {
    static const char *const words[] = {
#define WORD(id, text) text,
#include "trainer_words.def"
    };
    return words[word];
}
