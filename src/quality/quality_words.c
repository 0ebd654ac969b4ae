#include "quality_words.h"

const char *quality_word(QualityWord word) {
    static const char *const words[] = {
#define WORD(id, text) [QUALITY_##id] = (text),
#include "quality.def"
    };
    return words[word];
}
