/* session_words.h - the sentences of session_words.def. */
#pragma once

typedef enum SessionWord {
#define WORD(id, text) SESSION_##id,
#include "session_words.def"
} SessionWord;
const char *session_word(SessionWord word);
