#include "session_words.h"

const char *session_word(SessionWord word) {
    static const char *const words[] = {
#define WORD(id, text) text,
#include "session_words.def"
    };
    return words[word];
}
