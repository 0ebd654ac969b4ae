#include "directory.h"

static const char *const words[] = {
#define WORD(id, text) text,
#include "directory.def"
};

const char *directory_word(DirectoryWord word) { return words[word]; }
