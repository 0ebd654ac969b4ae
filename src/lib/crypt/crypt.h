/* crypt.h - passwords, tokens, one-time codes, hashes (libsodium, liboath). */
#pragma once
#include "arena.h"
#include "types.h"

void crypt_start(void); /* once per process, after fork too */
/* argon2id, 19 MiB, t=2 (OWASP 2026 minimum for interactive use). */
char *crypt_password_hash(Arena *arena, const char *password);
bool  crypt_password_check(const char *hash, const char *password); /* no hash: false, as slowly */
/* Why a new password is refused, in French; NULL when fine (12 characters or more, not a common one). */
const char *crypt_password_refusal(const char *password);

char *crypt_token(Arena *arena);           /* 256 bits, base64url, 43 characters */
char *crypt_code(Arena *arena);            /* 6 digits */
char *crypt_reference(Arena *arena);       /* 7F3K-21: what error pages quote */
char *crypt_sha256(Arena *arena, Bytes bytes); /* hex */
char *crypt_token_hash(Arena *arena, const char *token); /* what the database keeps of a token */
bool  crypt_same(const char *a, const char *b); /* constant time */
uint64_t crypt_random(void);

typedef struct Sha256 Sha256; /* for streams */
Sha256 *crypt_sha256_new(Arena *arena);
void    crypt_sha256_add(Sha256 *sha, Bytes bytes);
char   *crypt_sha256_end(Arena *arena, Sha256 *sha);

char *crypt_totp_secret(Arena *arena);                         /* base32 */
/* The step before and after are good too; the caller keeps *ret_step and refuses replays. */
bool  crypt_totp_check(const char *secret, const char *code, Instant now, int64_t *ret_step);
char *crypt_totp_code(Arena *arena, const char *secret, Instant now); /* demo and tests */
char *crypt_totp_url(Arena *arena, const char *secret, const char *issuer, const char *account);
