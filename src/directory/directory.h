/* directory.h - which OPCO answers for a company: the sentences of its answers. */
#pragma once

typedef enum DirectoryWord {
#define WORD(id, text) DIRECTORY_##id,
#include "directory.def"
} DirectoryWord;
const char *directory_word(DirectoryWord word);
