#include "people_words.h"

const char *people_word(PeopleWord word) {
    static const char *const words[] = {
#define WORD(id, text) text,
#include "people.def"
    };
    return words[word];
}
