/* dialect.h - SQL cut into pieces, and our one dialect written for PostgreSQL.
 * Shared by tools/sqlgen (queries and schemas, at build time) and migrate.c
 * (migrations, at run time); it needs nothing but the C library. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef enum PieceKind {
    PIECE_END,
    PIECE_SPACE,
    PIECE_COMMENT, /* to the end of its line */
    PIECE_WORD,
    PIECE_NUMBER,
    PIECE_QUOTED, /* 'text' or "name" */
    PIECE_PARAM,  /* :name */
    PIECE_TOKEN,  /* {for_update} */
    PIECE_OTHER   /* one character, or two in :: || <= >= <> */
} PieceKind;

typedef struct Piece {
    PieceKind kind;
    const char *p;
    size_t n;
} Piece;

Piece dialect_next(const char **at);            /* the piece at *at, which moves behind it */
bool dialect_is(Piece piece, const char *word); /* whatever the case */

/* The PostgreSQL form of CREATE and ALTER statements written for SQLite STRICT: bigint, bytea, text in
 * collation C, identity, no STRICT; everything else stays. NULL with *ret_why at a word that has no such
 * form (AUTOINCREMENT, ROWID, TRIGGER ...). The caller frees the result. */
char *dialect_postgres(const char *sql, const char **ret_why);
