/* dossier_words.h - the sentences of dossier_words.def. */
#pragma once

typedef enum DossierWord {
#define WORD(id, text) DOSSIER_##id,
#include "dossier_words.def"
} DossierWord;
const char *dossier_word(DossierWord word);
