/* attendance_words.h - the sentences of attendance.def, for this room only. */
#pragma once

typedef enum AttendanceWord {
#define WORDS(id, text) WORD_##id,
#include "attendance.def"
    WORD_COUNT
} AttendanceWord;

const char *attendance_word(AttendanceWord word);
enum { OPENS_BEFORE_MINUTES = 15, CLOSES_AT_MINUTES = 24 * 60 - 1 }; /* of the signature, on the day */
