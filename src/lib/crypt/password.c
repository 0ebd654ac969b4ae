/* password.c - why a new password is refused. */
#include <string.h>

#include "crypt.h"
#include "text.h"

enum { LEAST = 12, MOST = 200 };

/* What the most common passwords are made of once figures and signs at the ends are gone; folded. */
static const char *const common[] = {
    "",
    "password",
    "passw0rd",
    "motdepasse",
    "mot de passe",
    "azerty",
    "azertyuiop",
    "azertyuiopqsdfghjklm",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "administrateur",
    "admin",
    "administrator",
    "bonjour",
    "bienvenue",
    "welcome",
    "welcometo",
    "iloveyou",
    "jetaime",
    "jetaimeplus",
    "soleil",
    "marseille",
    "bordeaux",
    "toulouse",
    "formation",
    "formations",
    "entreprise",
    "organisme",
    "quitus",
    "qualiopi",
    "changeme",
    "changezmoi",
    "letmein",
    "secret",
    "test",
    "testtest",
    "abc",
    "abcd",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcdefghijklmnop",
    "adminadmin",
    "passwordpassword",
    "motdepassemotdepasse",
    "azertyazerty",
    "qwertyqwerty",
    "aqwzsxedcrfv",
    "qwertyuiopasdfghjkl",
};

static bool is_decoration(char c) { return c && !((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80); }

static bool is_common(const char *folded) {
    const char *from = folded;
    while (is_decoration(*from))
        from++;
    size_t n = strlen(from);
    while (n && is_decoration(from[n - 1]))
        n--;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strlen(common[i]) == n && memcmp(common[i], from, n) == 0)
            return n > 0;
    return false;
}

static size_t distinct_bytes(const char *s) {
    bool seen[256] = { false };
    size_t count = 0;
    for (; *s; s++) {
        count += !seen[(unsigned char)*s];
        seen[(unsigned char)*s] = true;
    }
    return count;
}

/* "123456789012", "abcdefghijkl": each sign follows the one before, up or down; 0 follows 9. */
static bool is_sequence(const char *s) {
    int steps = 0, all = 0;
    for (; s[0] && s[1]; s++, all++) {
        int step = s[1] - s[0];
        steps += step == 1 || step == -1 || step == 0 || (s[0] == '9' && s[1] == '0') ||
                 (s[0] == '0' && s[1] == '9');
    }
    return steps * 10 >= all * 8;
}

const char *crypt_password_refusal(const char *password) {
    AUTO_ARENA Arena *arena = arena_new();
    size_t n = text_length(password);
    if (text_is_empty(password))
        return "Choisissez un mot de passe de 12 caractères au moins";
    if (n < LEAST)
        return "Ce mot de passe est trop court\u00a0: il faut 12 caractères au moins";
    if (n > MOST)
        return "Ce mot de passe est trop long\u00a0: 200 caractères au plus";
    const char *folded = text_fold(arena, password);
    if (distinct_bytes(folded) < 5)
        return "Ce mot de passe répète toujours les mêmes caractères\u00a0: variez-les";
    if (is_sequence(folded) || is_common(folded))
        return "Ce mot de passe est trop facile à deviner\u00a0: choisissez plutôt quatre mots sans rapport";
    return NULL;
}
