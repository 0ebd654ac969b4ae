/* people_words.h - the sentences of people.def. */
#pragma once

typedef enum PeopleWord {
#define WORD(id, text) PEOPLE_##id,
#include "people.def"
} PeopleWord;
const char *people_word(PeopleWord word);
