/* ident_bank.c - IBAN and BIC. */
#include <stdlib.h>
#include <string.h>

#include "ident.h"
#include "ident_parts.h"
#include "text.h"

static const struct {
    const char *country, *shape;
} shapes[] = {
#define IBAN(country, shape) { #country, shape },
#include "iban.def"
#undef IBAN
};

static const char *shape_of(const char *iban) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (text_starts(iban, shapes[i].country))
            return shapes[i].shape;
    return NULL;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

static size_t length_of(const char *shape) {
    size_t n = 4;
    char *end;
    for (const char *s = shape; *s; s = end)
        n += strtoul(s + 1, &end, 10);
    return n;
}

/* `account` has the right length. */
static bool has_shape(const char *account, const char *shape) {
    char *end;
    for (const char *s = shape; *s; s = end) {
        for (size_t n = strtoul(s + 1, &end, 10); n; n--, account++)
            if (!(*s != 'a' && is_digit(*account)) && !(*s != 'n' && is_letter(*account)))
                return false;
    }
    return true;
}

/* ISO 7064: the four first characters go last, letters count from 10. */
static bool key_is_right(const char *iban) {
    size_t n = strlen(iban);
    int rest = 0;
    for (size_t i = 0; i < n; i++) {
        char c = iban[(i + 4) % n];
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    int key = (iban[2] - '0') * 10 + (iban[3] - '0');
    return rest == 1 && key >= 2 && key <= 98;
}

/* Letters of a RIB count 1 to 9 three times, S to Z from 2. */
static int rib_value(char c) {
    if (is_digit(c))
        return c - '0';
    return c < 'S' ? (c - 'A') % 9 + 1 : c - 'S' + 2;
}

/* France and Monaco: bank, counter, account and key, read as one number, are a multiple of 97. */
static bool rib_is_right(const char *rib) {
    int rest = 0;
    for (; *rib; rib++)
        rest = (rest * 10 + rib_value(*rib)) % 97;
    return rest == 0;
}

static char spanish_digit(const char *digits, size_t n) {
    static const int weights[] = { 1, 2, 4, 8, 5, 10, 9, 7, 3, 6 };
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[10 - n + i] * (digits[i] - '0');
    int digit = 11 - sum % 11;
    return (char)('0' + (digit == 10 ? 1 : digit == 11 ? 0 : digit));
}

static bool national_key_is_right(const char *iban) {
    if (text_starts(iban, "FR") || text_starts(iban, "MC"))
        return rib_is_right(iban + 4);
    if (text_starts(iban, "ES"))
        return iban[12] == spanish_digit(iban + 4, 8) && iban[13] == spanish_digit(iban + 14, 10);
    return true;
}

static bool is_alphanumeric(const char *s) {
    while (is_digit(*s) || is_letter(*s))
        s++;
    return !*s;
}

bool iban_parse(const char *typed, Iban *ret, const char **ret_why) {
    char compact[COMPACT_SIZE];
    ident_compact(typed, compact);
    const char *iban = compact;
    if (text_starts(iban, "IBAN"))
        iban += iban[4] == ':' ? 5 : 4;
    size_t n = strlen(iban);
    if (n == 0)
        return ident_refuse(WHY_iban_empty, ret_why);
    if (!is_alphanumeric(iban))
        return ident_refuse(WHY_iban_signs, ret_why);
    if (n == 23 && is_digit(iban[0]))
        return ident_refuse(WHY_iban_rib, ret_why);
    if (n < 5 || !is_letter(iban[0]) || !is_letter(iban[1]) || !is_digit(iban[2]) || !is_digit(iban[3]))
        return ident_refuse(WHY_iban_head, ret_why);
    const char *shape = shape_of(iban);
    if (!shape)
        return ident_refuse(WHY_iban_country, ret_why);
    if (n != length_of(shape)) {
        if (length_of(shape) == length_of(shape_of("FR")))
            return ident_refuse_count(KIND_iban, n, WHY_iban_long, ret_why);
        return ident_refuse(WHY_iban_length, ret_why);
    }
    if (!has_shape(iban + 4, shape))
        return ident_refuse(WHY_iban_shape, ret_why);
    if (!key_is_right(iban))
        return ident_refuse(WHY_iban_key, ret_why);
    if (!national_key_is_right(iban))
        return ident_refuse(WHY_iban_national, ret_why);
    memcpy(ret->text, iban, n + 1);
    return true;
}

/* ISO 3166-1, and XK (Kosovo), which the banks use. */
static const char countries[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

bool bic_parse(const char *typed, Bic *ret, const char **ret_why) {
    char bic[COMPACT_SIZE];
    size_t n = ident_compact(typed, bic);
    if (n == 0)
        return ident_refuse(WHY_bic_empty, ret_why);
    if (!is_alphanumeric(bic))
        return ident_refuse(WHY_bic_signs, ret_why);
    if (n != 8 && n != 11)
        return ident_refuse(WHY_bic_length, ret_why);
    for (int i = 0; i < 4; i++)
        if (!is_letter(bic[i]))
            return ident_refuse(WHY_bic_bank, ret_why);
    char country[3] = { bic[4], bic[5], 0 };
    if (!is_letter(country[0]) || !is_letter(country[1]) || !strstr(countries, country))
        return ident_refuse(WHY_bic_country, ret_why);
    memcpy(ret->text, bic, n + 1);
    return true;
}

char *iban_text(Arena *arena, const char *compact) {
    Text text = text_new(arena);
    for (size_t i = 0; compact[i]; i++) {
        if (i && i % 4 == 0)
            text_add_char(&text, ' ');
        text_add_char(&text, compact[i]);
    }
    return text.p;
}
