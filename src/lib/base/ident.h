/* ident.h - the identifiers of French administrative life, parsed at the border.
 * Each parser takes what people type (spaces, dots, lower case), writes the
 * compact form, and on refusal says why in French (sentences of ident.def: they live for ever). */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct { char digits[15]; } Siret; /* 14 digits */
typedef struct { char digits[10]; } Siren; /* 9 digits */
typedef struct { char digits[12]; } Nda;   /* 11 digits */
typedef struct { char text[35]; } Iban;    /* compact, upper case */
typedef struct { char text[12]; } Bic;     /* 8 or 11 */
typedef struct { char text[255]; } Email;
typedef struct { char text[17]; } Phone;   /* E.164: +33612345678 */
typedef struct { char digits[5]; } Idcc;   /* 4 digits, zero-padded */
typedef struct { char text[14]; } Vat;     /* French: FR, key, SIREN */

/* On false *ret_why is a French sentence
 * ("Il manque un chiffre au SIRET : 13 saisis, 14 attendus"). */
bool siret_parse(const char *typed, Siret *ret, const char **ret_why); /* Luhn; La Poste also: sum mod 5 */
bool siren_parse(const char *typed, Siren *ret, const char **ret_why);
bool nda_parse(const char *typed, Nda *ret, const char **ret_why);
/* Country, length, shape, mod 97; French and Spanish account keys. */
bool iban_parse(const char *typed, Iban *ret, const char **ret_why);
bool bic_parse(const char *typed, Bic *ret, const char **ret_why);
bool email_parse(const char *typed, Email *ret, const char **ret_why);
bool phone_parse(const char *typed, Phone *ret, const char **ret_why);
bool idcc_parse(const char *typed, Idcc *ret, const char **ret_why);
bool vat_parse(const char *typed, Vat *ret, const char **ret_why);

char *siret_text(Arena *arena, const char *digits); /* 123 456 782 00010 */
char *iban_text(Arena *arena, const char *compact);  /* groups of four */
char *phone_text(Arena *arena, const char *e164);    /* 06 12 34 56 78 */
char *nda_text(Arena *arena, const char *digits);    /* 84 69 99999 69 */
