/* totp.c - one-time codes of telephones (RFC 6238: SHA-1, 6 digits, 30 seconds). */
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "crypt.h"
#include "text.h"

enum { STEP_SECONDS = 30, DIGITS = 6, SECRET_BYTES = 20 };

static _Noreturn void stop(const char *what, int error) {
    fprintf(stderr, "totp: %s: %s\n", what, oath_strerror(error));
    abort();
}

char *crypt_totp_secret(Arena *arena) {
    char bytes[SECRET_BYTES], *text = NULL;
    randombytes_buf(bytes, sizeof bytes);
    int error = oath_base32_encode(bytes, sizeof bytes, &text, NULL);
    if (error != OATH_OK)
        stop("no secret", error);
    char *secret = arena_copy(arena, text);
    free(text);
    return secret;
}

/* false: the secret is no base32. */
static bool code_at(const char *secret, int64_t step, char code[DIGITS + 1]) {
    char *key = NULL;
    size_t n = 0;
    if (oath_base32_decode(secret, strlen(secret), &key, &n) != OATH_OK)
        return false;
    int error = oath_hotp_generate(key, n, (uint64_t)step, DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, code);
    sodium_memzero(key, n);
    free(key);
    return error == OATH_OK;
}

static int64_t step_of(Instant now) { return now.ms / 1000 / STEP_SECONDS; }

bool crypt_totp_check(const char *secret, const char *code, Instant now, int64_t *ret_step) {
    char typed[DIGITS + 1] = "", right[DIGITS + 1] = "";
    size_t n = 0;
    for (const char *s = code ? code : ""; *s; s++) {
        if (*s == ' ')
            continue; /* telephones show "123 456" */
        if (n == DIGITS || *s < '0' || *s > '9')
            return false;
        typed[n++] = *s;
    }
    if (n != DIGITS)
        return false;
    for (int64_t step = step_of(now) - 1; step <= step_of(now) + 1; step++) {
        if (step >= 0 && code_at(secret, step, right) && crypt_same(typed, right)) {
            *ret_step = step;
            return true;
        }
    }
    return false;
}

char *crypt_totp_code(Arena *arena, const char *secret, Instant now) {
    char code[DIGITS + 1] = "";
    if (!code_at(secret, step_of(now), code))
        stop("no code", OATH_INVALID_BASE32);
    return arena_copy(arena, code);
}

static void add_percent(Text *text, const char *s) {
    for (; *s; s++) {
        bool is_plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
                        strchr("-._~", *s) != NULL;
        if (is_plain)
            text_add_char(text, *s);
        else
            text_print(text, "%%%02X", (unsigned char)*s);
    }
}

char *crypt_totp_url(Arena *arena, const char *secret, const char *issuer, const char *account) {
    Text url = text_new(arena);
    text_add(&url, "otpauth://totp/");
    add_percent(&url, issuer);
    text_add(&url, ":");
    add_percent(&url, account);
    text_print(&url, "?secret=%s&issuer=", secret);
    add_percent(&url, issuer);
    text_print(&url, "&algorithm=SHA1&digits=%d&period=%d", DIGITS, STEP_SECONDS);
    return url.p;
}
