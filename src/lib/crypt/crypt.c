#include "crypt.h"

#include <glib.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void stop(const char *what) {
    fprintf(stderr, "crypt: %s\n", what);
    abort();
}

void crypt_start(void) {
    if (sodium_init() < 0)
        stop("libsodium does not start");
    if (oath_init() != OATH_OK)
        stop("liboath does not start");
}

/* Passwords */

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

/* The same word typed on two keyboards may be two rows of bytes: NFKC makes them one. */
static char *normal_form(const char *password) {
    char *normal = g_utf8_normalize(password, -1, G_NORMALIZE_ALL_COMPOSE);
    return normal ? normal : g_strdup(password);
}

static void forget(char *secret) {
    sodium_memzero(secret, strlen(secret));
    g_free(secret);
}

char *crypt_password_hash(Arena *arena, const char *password) {
    char hash[crypto_pwhash_STRBYTES];
    char *normal = normal_form(password);
    if (crypto_pwhash_str(hash, normal, strlen(normal), PASSES, MEMORY) != 0)
        stop("no memory for a password");
    forget(normal);
    return arena_copy(arena, hash);
}

/* Costs what a real check costs, so that the clock does not tell who has an account. */
static void waste(const char *password) {
    unsigned char key[32], salt[crypto_pwhash_SALTBYTES] = { 0 };
    if (crypto_pwhash(key, sizeof key, password, strlen(password), salt, PASSES, MEMORY,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        stop("no memory for a password");
}

bool crypt_password_check(const char *hash, const char *password) {
    bool is_right = false;
    char *normal = normal_form(password);
    if (hash && *hash)
        is_right = crypto_pwhash_str_verify(hash, normal, strlen(normal)) == 0;
    else
        waste(normal);
    forget(normal);
    return is_right;
}

/* Random things */

char *crypt_token(Arena *arena) {
    unsigned char bytes[32];
    char text[sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return arena_copy(arena, text);
}

char *crypt_code(Arena *arena) { return arena_print(arena, "%06u", randombytes_uniform(1000000)); }

/* Without the letters and figures that people take for one another on the telephone. */
char *crypt_reference(Arena *arena) {
    static const char signs[] = "23456789ACDEFGHJKMNPQRSTVWXYZ";
    char text[5] = "";
    for (int i = 0; i < 4; i++)
        text[i] = signs[randombytes_uniform(sizeof signs - 1)];
    return arena_print(arena, "%s-%02u", text, randombytes_uniform(100));
}

uint64_t crypt_random(void) {
    uint64_t number;
    randombytes_buf(&number, sizeof number);
    return number;
}

/* Hashes */

struct Sha256 {
    crypto_hash_sha256_state state;
};

Sha256 *crypt_sha256_new(Arena *arena) {
    Sha256 *sha = arena_zero(arena, 1, sizeof *sha);
    crypto_hash_sha256_init(&sha->state);
    return sha;
}

void crypt_sha256_add(Sha256 *sha, Bytes bytes) {
    if (bytes.n)
        crypto_hash_sha256_update(&sha->state, bytes.p, bytes.n);
}

char *crypt_sha256_end(Arena *arena, Sha256 *sha) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof digest + 1];
    crypto_hash_sha256_final(&sha->state, digest);
    return arena_copy(arena, sodium_bin2hex(hex, sizeof hex, digest, sizeof digest));
}

char *crypt_sha256(Arena *arena, Bytes bytes) {
    Sha256 *sha = crypt_sha256_new(arena);
    crypt_sha256_add(sha, bytes);
    return crypt_sha256_end(arena, sha);
}

/* A token has 256 random bits: nobody guesses it back, so that no salt is needed. */
char *crypt_token_hash(Arena *arena, const char *token) {
    return crypt_sha256(arena, (Bytes){ token, strlen(token) });
}

bool crypt_same(const char *a, const char *b) {
    if (!a || !b)
        return false;
    size_t n = strlen(a);
    return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}
