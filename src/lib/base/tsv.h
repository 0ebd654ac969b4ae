/* tsv.h - reads a table file: "# key: value" lines, a header row, rows of tab-separated fields. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct TsvRow { const char **fields; } TsvRow;
typedef struct Tsv {
    const char **columns;
    size_t       column_count;
    TsvRow      *rows;
    size_t       row_count;
    const char  *source, *published; /* from the # lines, "" when absent */
} Tsv;

/* Refuses (false, *ret_why in French with the line number) a row with another number of fields. */
bool tsv_parse(Arena *arena, Bytes file, Tsv *ret, const char **ret_why);
/* The field of a named column; the process ends when there is no such column (a bug in our data). */
const char *tsv_field(const Tsv *tsv, size_t row, const char *column);
