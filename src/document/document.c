#include "document.h"

#include <string.h>

static const Catalogue catalogue[] = {
#define DOCUMENT(id, title, stem, machine, keep_years) { #id, title, stem, keep_years },
#include "catalogue.def"
#undef DOCUMENT
};

const Catalogue *document_catalogue(const char *id) {
    for (size_t i = 0; i < sizeof catalogue / sizeof *catalogue; i++)
        if (!strcmp(catalogue[i].id, id))
            return &catalogue[i];
    return NULL;
}
