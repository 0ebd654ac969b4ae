/* parse.h - the texts of a request taken apart: query, cookies, path, addresses, names and kinds of files.
 * Private to lib/http. Pure: everything here is tested by table. */
#pragma once
#include "form.h"

enum { FIELDS_MAX = 200, FIELD_BYTES_MAX = 65536 };

/* "a=b&c=d" percent-decoded and cleaned, added to *ret. 0, or the status of the refusal: 400 too many,
 * 413 too long. */
int parse_pairs(Arena *arena, const char *s, size_t n, FieldValue **ret, size_t *ret_count);
/* The decoded path of a raw target ("/a%20b?c" gives "/a b"); NULL when it is malformed. */
const char *parse_path(Arena *arena, const char *target);
const char *parse_query_part(const char *target); /* what stands behind the "?", or "" */
void parse_cookies(Arena *arena, const char *header, FieldValue **ret, size_t *ret_count);

/* For the log: no query, nothing unprintable, and *** for segments so long that they may be a token. */
char *parse_masked(Arena *arena, const char *target);

/* Is `address` in the list "127.0.0.1,::1"? Both forms of an address are the same address. */
bool parse_is_trusted(const char *address, const char *trusted);
/* Who speaks: `peer`, or the nearest address of X-Forwarded-For that is not a trusted proxy itself. */
const char *parse_client(Arena *arena, const char *peer, const char *forwarded, const char *trusted);

/* A file name as people see it: no folder, no control characters, at most 150 bytes, never empty. */
char *parse_file_name(Arena *arena, const char *sent);
const char *parse_mime(const void *head, size_t n); /* "" when unknown */
