#include "ident.h"

#include <string.h>

#include "ident_parts.h"
#include "text.h"

/* Why something that should be all digits is not; the usual confusions have their own sentence. */
static bool refuse_signs(const char *compact, Why otherwise, const char **ret_why) {
    size_t at = strspn(compact, "0123456789");
    char c = compact[at];
    bool is_alone = ident_is_digits(compact + at + 1);
    if (is_alone && c == 'O')
        return ident_refuse(WHY_letter_o, ret_why);
    if (is_alone && (c == 'I' || c == 'L'))
        return ident_refuse(WHY_letter_i, ret_why);
    return ident_refuse(otherwise, ret_why);
}

static bool is_zero(const char *digits) { return digits[strspn(digits, "0")] == 0; }

bool siren_parse(const char *typed, Siren *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    size_t n = ident_compact(typed, compact);
    if (n == 0)
        return ident_refuse(WHY_siren_empty, ret_why);
    if (!ident_is_digits(compact))
        return refuse_signs(compact, WHY_siren_signs, ret_why);
    if (n == 14)
        return ident_refuse(WHY_siren_siret, ret_why);
    if (n != 9)
        return ident_refuse_count(KIND_siren, n, WHY_siren_long, ret_why);
    if (!ident_luhn(compact, 9) || is_zero(compact))
        return ident_refuse(WHY_siren_key, ret_why);
    memcpy(ret->digits, compact, sizeof ret->digits);
    return true;
}

/* La Poste has more establishments than its number space has valid keys: those of 356 000 000 may
 * also have digits that add up to a multiple of five. */
static bool siret_key_is_right(const char *digits) {
    int sum = 0;
    if (!ident_luhn(digits, 9) || is_zero(digits))
        return false;
    if (ident_luhn(digits, 14))
        return true;
    for (const char *s = digits; *s; s++)
        sum += *s - '0';
    return text_starts(digits, "356000000") && sum % 5 == 0;
}

bool siret_parse(const char *typed, Siret *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    size_t n = ident_compact(typed, compact);
    if (n == 0)
        return ident_refuse(WHY_siret_empty, ret_why);
    if (!ident_is_digits(compact))
        return refuse_signs(compact, WHY_siret_signs, ret_why);
    if (n == 9 && ident_luhn(compact, 9))
        return ident_refuse(WHY_siret_siren, ret_why);
    if (n != 14)
        return ident_refuse_count(KIND_siret, n, WHY_siret_long, ret_why);
    if (!siret_key_is_right(compact))
        return ident_refuse(WHY_siret_key, ret_why);
    memcpy(ret->digits, compact, sizeof ret->digits);
    return true;
}

bool nda_parse(const char *typed, Nda *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    size_t n = ident_compact(typed, compact);
    if (n == 0)
        return ident_refuse(WHY_nda_empty, ret_why);
    if (!ident_is_digits(compact))
        return refuse_signs(compact, WHY_nda_signs, ret_why);
    if (n == 14)
        return ident_refuse(WHY_nda_siret, ret_why);
    if (n != 11)
        return ident_refuse_count(KIND_nda, n, WHY_nda_long, ret_why);
    if (text_starts(compact, "00") || text_starts(compact, "99"))
        return ident_refuse(WHY_nda_zero, ret_why);
    memcpy(ret->digits, compact, sizeof ret->digits);
    return true;
}

bool idcc_parse(const char *typed, Idcc *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    ident_compact(typed, compact);
    const char *digits = compact;
    static const char *const heads[] = { "IDCC", "N°", ":" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (text_starts(digits, heads[i]))
            digits += strlen(heads[i]);
    size_t n = strlen(digits);
    if (n == 0)
        return ident_refuse(WHY_idcc_empty, ret_why);
    if (!ident_is_digits(digits) || n > 4)
        return ident_refuse(WHY_idcc_signs, ret_why);
    if (is_zero(digits))
        return ident_refuse(WHY_idcc_zero, ret_why);
    memset(ret->digits, '0', 4);
    memcpy(ret->digits + 4 - n, digits, n + 1);
    return true;
}

/* Keys with a letter in them (CGI, annexe III, and the algorithm of the tax office for them). */
static bool vat_letters_are_right(const char *key, int64_t siren) {
    static const char signs[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const char *first = strchr(signs, key[0]), *second = strchr(signs, key[1]);
    if (!key[0] || !first || !second)
        return false;
    int64_t check = key[0] <= '9' ? (first - signs) * 24 + (second - signs) - 10
                                  : (first - signs) * 34 + (second - signs) - 100;
    return check >= 0 && (siren + 1 + check / 11) % 11 == check % 11;
}

static int64_t number(const char *digits, size_t n) {
    int64_t value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

bool vat_parse(const char *typed, Vat *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    const char *key = compact;
    size_t n = ident_compact(typed, compact);
    if (n == 0)
        return ident_refuse(WHY_vat_empty, ret_why);
    if (text_starts(compact, "FR")) {
        key += 2;
        n -= 2;
    }
    if (n != 11 || !ident_is_digits(key + 2))
        return ident_refuse(WHY_vat_shape, ret_why);
    int64_t siren = number(key + 2, 9);
    bool is_figures = strspn(key, "0123456789") >= 2;
    bool is_right = is_figures ? number(key, 2) == (siren % 97 * 3 + 12) % 97
                               : vat_letters_are_right(key, siren);
    if (!is_right || !ident_luhn(key + 2, 9))
        return ident_refuse(WHY_vat_key, ret_why);
    memcpy(ret->text, "FR", 2);
    memcpy(ret->text + 2, key, 12);
    return true;
}

char *siret_text(Arena *arena, const char *digits) {
    if (strlen(digits) != 14)
        return arena_copy(arena, digits);
    return arena_print(arena, "%.3s %.3s %.3s %s", digits, digits + 3, digits + 6, digits + 9);
}

char *nda_text(Arena *arena, const char *digits) {
    if (strlen(digits) != 11)
        return arena_copy(arena, digits);
    return arena_print(arena, "%.2s %.2s %.5s %s", digits, digits + 2, digits + 4, digits + 9);
}
