#include "attendance_words.h"

static const char *const words[] = {
#define WORDS(id, text) [WORD_##id] = text,
#include "attendance.def"
};

const char *attendance_word(AttendanceWord word) { return words[word]; }
