/* sqlgen.h - between the parts of sqlgen: what it knows (sqlgen_read.c) and what it writes (sqlgen.c). */
#pragma once
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { MOST_IDS = 256, MOST_TABLES = 512, MOST_QUERIES = 512 };

/* One named query of a .sql file. */
typedef struct Query {
    const char *name, *result, *row; /* result: one, many, id, changed; row: of one and many */
    const char *comment, *sql;       /* sql keeps one line per line of the file */
    int line;                        /* of its header */
} Query;

/* How a name is written in C, and which db_ functions carry it. */
typedef struct Type {
    const char *c, *get, *bind, *field; /* field: what a struct adds, ".value" */
    const char *declared;               /* INTEGER, TEXT or BLOB */
} Type;

/* Where the words of an error message come from. */
typedef struct Place {
    const char *file, *query;
    int line;
} Place;

/* Everything that is known while one file is turned into C. */
typedef struct House {
    const char *room;
    sqlite3 *db;
    const char *ids[MOST_IDS]; /* "DossierId" */
    size_t id_count;
    const char *owned[MOST_TABLES]; /* tables that this room may write */
    size_t owned_count;
    const char *touched, *written; /* tables of the query being prepared */
} House;

void die(Place place, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));
char *slurp(const char *path);
char *print(const char *format, ...) __attribute__((format(printf, 1, 2)));

void house_load(House *house, int count, char **paths); /* ids.h and schema.sql files */
bool house_owns(const House *house, const char *table);
size_t queries_read(const char *path, Query *queries);
Type type_of(const House *house, Place place, const char *name, const char *table);
