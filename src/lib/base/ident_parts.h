/* ident_parts.h - what the parsers of ident.h share. For those files only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef enum Why {
#define WHY(name, sentence) WHY_##name,
#define COUNT(kind, typed, sentence)
#include "ident.def"
#undef WHY
#undef COUNT
    WHY_COUNT
} Why;

typedef enum Kind { KIND_siret, KIND_siren, KIND_nda, KIND_iban } Kind;

enum { COMPACT_SIZE = 64 };

/* What people type, without blanks, dots, dashes and slashes, in upper case. The result is the true
 * length: above COMPACT_SIZE - 1 the rest is cut. */
size_t ident_compact(const char *typed, char compact[COMPACT_SIZE]);
bool ident_is_digits(const char *s);
bool ident_luhn(const char *digits, size_t n);
/* Both write *ret_why and give false. */
bool ident_refuse(Why why, const char **ret_why);
bool ident_refuse_count(Kind kind, size_t typed, Why otherwise, const char **ret_why);
