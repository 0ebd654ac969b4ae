/* tables.h - the tables that this program expects, and those that a store has. For migrate only. */
#pragma once
#include "db.h"

typedef struct Column {
    const char *name;
    char        type;   /* i, t or b; ? for anything else */
    bool        is_key; /* part of the primary key */
} Column;

typedef struct Table {
    const char *name;
    Column     *columns;
    size_t      count;
    bool        has_identity; /* an INTEGER PRIMARY KEY */
} Table;

typedef struct Tables {
    Table *at;
    size_t count;
} Tables;

Tables tables_expected(Arena *arena); /* in the order of creation */
Tables tables_of(Tx *tx);             /* what stands in this store; keys are not looked at on PostgreSQL */
