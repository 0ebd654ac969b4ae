/* migrate.h - brings a store to this program's schema, checks it, and moves it to the other engine. */
#pragma once
#include "db.h"

/* Creates the schema in an empty store, or runs the migrations that are missing (migrations/NNNN-*.sql,
 * embedded). Refuses (false, *ret_why) a store of a newer program. Each migration is one transaction. */
bool migrate_up(Db *db, Arena *arena, const char **ret_why);
int migrate_version(void); /* of this program */
/* Pragmas, foreign keys, STRICT tables, version: what `serve` and `doctor` check at start. */
bool migrate_check(Db *db, Arena *arena, const char **ret_why);
/* Copies every table from A to an empty B (any engines), then compares row counts and a hash of each table.
 * Writes one line per table to stdout. */
bool migrate_copy(Db *from, Db *to, Arena *arena, const char **ret_why);
