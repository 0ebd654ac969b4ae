#include "dossier_words.h"

static const char *const words[] = {
#define WORD(id, text) text,
#include "dossier_words.def"
};

const char *dossier_word(DossierWord word) { return words[word]; }
