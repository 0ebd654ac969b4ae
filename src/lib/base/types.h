/* types.h - the values that everybody speaks of, each a type of its own. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct { int64_t cents; } Money;
typedef struct { int32_t bp; } Rate;    /* basis points: 5.5 % is 550 */
typedef struct { int32_t days; } Date;  /* days since 1970-01-01, civil, no time zone; 0 is none */
typedef struct { int64_t ms; } Instant; /* UTC, milliseconds since 1970; 0 is none */

/* Bytes that somebody else owns. */
typedef struct Bytes {
    const void *p;
    size_t      n;
} Bytes;

typedef struct Db Db; /* known here by name only: see lib/db/db.h */
typedef struct Tx Tx;
typedef struct Request Request; /* see lib/http/request.h */
typedef struct Viewer Viewer;   /* see people/viewer.h */
