/* embed.h - the files that live inside the program: texts/, data/, assets/, migrations/.
 * With QUITUS_FILES=DIR (development, tests) texts/, data/ and migrations/ are read from
 * there instead, once per process; assets are made by the build and always come from within. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Embedded {
    const char *path;   /* "texts/mails/green_light.fr.md" */
    Bytes       body;   /* a NUL follows it: a text may be read as a string */
    Bytes       gzip;   /* empty when it does not pay */
    const char *sha256; /* hex; the first 12 make the hashed URL */
} Embedded;

const Embedded *embed_find(const char *path); /* NULL: none */
size_t          embed_list(const Embedded **ret_all); /* sorted by path */
