/* multipart.h - multipart/form-data taken apart as it arrives, in pieces of any size. Private to lib/http.
 * Ours, because the post-processor of libmicrohttpd tells an empty value and one that has not come yet in the
 * same way: fields that bear the same name could then be shifted by where the network cut the body. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Multipart Multipart;

typedef struct PartReader {
    void *to;
    /* `file_name` is NULL for a field. False ends the reading. */
    bool (*begin)(void *to, const char *name, const char *file_name);
    bool (*bytes)(void *to, const char *p, size_t n);
    bool (*end)(void *to);
} PartReader;

Multipart *multipart_new(Arena *arena, const char *content_type, PartReader reader); /* NULL: no boundary */
bool multipart_add(Multipart *m, const char *p,
                   size_t n);                   /* false: malformed, or the reader has had enough */
bool multipart_is_complete(const Multipart *m); /* the last boundary has come */
