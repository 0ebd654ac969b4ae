/* ident_mail.c - mail addresses and telephone numbers. */
#include <string.h>

#include "ident.h"
#include "ident_parts.h"
#include "text.h"

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

static bool only(const char *s, size_t n, const char *signs) {
    size_t i = 0;
    while (i < n && strchr(signs, s[i]))
        i++;
    return i == n;
}

static bool is_ascii(const char *s) {
    while (*s && (unsigned char)*s < 0x80)
        s++;
    return !*s;
}

static bool dots_are_misplaced(const char *s, size_t n) {
    if (s[0] == '.' || s[n - 1] == '.')
        return true;
    for (size_t i = 1; i < n; i++)
        if (s[i] == '.' && s[i - 1] == '.')
            return true;
    return false;
}

/* The part behind the "@". */
static bool check_domain(const char *domain, const char **ret_why) {
    size_t n = strlen(domain);
    if (n == 0)
        return ident_refuse(WHY_email_no_domain, ret_why);
    if (!only(domain, n, LETTERS DIGITS ".-"))
        return ident_refuse(WHY_email_sign, ret_why);
    if (!strchr(domain, '.'))
        return ident_refuse(WHY_email_no_dot, ret_why);
    if (dots_are_misplaced(domain, n))
        return ident_refuse(WHY_email_dots, ret_why);
    for (const char *label = domain; label;) {
        size_t length = strcspn(label, ".");
        if (label[0] == '-' || label[length - 1] == '-' || length > 63)
            return ident_refuse(WHY_email_sign, ret_why);
        label = label[length] ? label + length + 1 : NULL;
    }
    const char *end = strrchr(domain, '.') + 1;
    if (strlen(end) < 2 || (!text_starts(end, "xn--") && !only(end, strlen(end), LETTERS)))
        return ident_refuse(WHY_email_end, ret_why);
    return true;
}

static size_t count_at(const char *s) {
    size_t count = 0;
    for (; *s; s++)
        count += *s == '@';
    return count;
}

/* `address` is trimmed and in lower case. */
static bool check_email(const char *address, const char **ret_why) {
    if (!*address)
        return ident_refuse(WHY_email_empty, ret_why);
    if (count_at(address) > 1)
        return ident_refuse(WHY_email_several, ret_why);
    if (strpbrk(address, " \t\r\n") || strstr(address, "\u00a0") || strstr(address, "\u202f"))
        return ident_refuse(WHY_email_space, ret_why);
    const char *at = strchr(address, '@');
    if (!at)
        return ident_refuse(WHY_email_no_at, ret_why);
    if (strchr(address, ','))
        return ident_refuse(WHY_email_comma, ret_why);
    if (!is_ascii(address))
        return ident_refuse(WHY_email_accent, ret_why);
    size_t n = (size_t)(at - address);
    if (n == 0)
        return ident_refuse(WHY_email_no_name, ret_why);
    if (n > 64 || strlen(address) > 254)
        return ident_refuse(WHY_email_long, ret_why);
    if (!only(address, n, LETTERS DIGITS "!#$%&'*+/=?^_`{|}~.-"))
        return ident_refuse(WHY_email_sign, ret_why);
    if (dots_are_misplaced(address, n))
        return ident_refuse(WHY_email_dots, ret_why);
    return check_domain(at + 1, ret_why);
}

bool email_parse(const char *typed, Email *ret, const char **ret_why) {
    AUTO_ARENA Arena *arena = arena_new();
    if (typed && strlen(typed) > 1000)
        return ident_refuse(WHY_email_long, ret_why);
    char *address = text_trim(arena, typed);
    for (char *s = address; *s; s++)
        if (*s >= 'A' && *s <= 'Z')
            *s = (char)(*s - 'A' + 'a');
    if (text_starts(address, "mailto:"))
        address += strlen("mailto:");
    if (!check_email(address, ret_why))
        return false;
    memcpy(ret->text, address, strlen(address) + 1);
    return true;
}

/* Overseas numbers are dialled like others but have a country code of their own. */
static const struct {
    const char *head, *code;
} overseas[] = {
    { "0262", "262" }, { "0263", "262" }, { "0269", "262" }, { "0639", "262" }, { "0692", "262" },
    { "0693", "262" }, { "0590", "590" }, { "0690", "590" }, { "0691", "590" }, { "0594", "594" },
    { "0694", "594" }, { "0596", "596" }, { "0696", "596" }, { "0697", "596" },
};

static const char *code_of(const char *national) {
    for (size_t i = 0; i < sizeof overseas / sizeof *overseas; i++)
        if (text_starts(national, overseas[i].head))
            return overseas[i].code;
    return "33";
}

static bool is_french_code(const char *digits) {
    static const char *const codes[] = { "33", "262", "590", "594", "596" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (text_starts(digits, codes[i]))
            return true;
    return false;
}

/* `digits` come after the "+": 33612345678, or 33(0)612345678. */
static bool parse_abroad(const char *digits, Phone *ret, const char **ret_why) {
    size_t n = strlen(digits), code = text_starts(digits, "33") ? 2 : 3;
    char plain[COMPACT_SIZE] = "+";
    if (!is_french_code(digits)) {
        if (n < 8 || n > 15 || digits[0] == '0')
            return ident_refuse(WHY_phone_abroad, ret_why);
        memcpy(plain + 1, digits, n + 1);
    } else {
        const char *rest = digits + code;
        if (rest[0] == '0')
            rest++;
        size_t length = strlen(rest);
        if (length != 9 || rest[0] == '0')
            return ident_refuse(length < 9 ? WHY_phone_short : WHY_phone_long, ret_why);
        memcpy(plain + 1, digits, code);
        memcpy(plain + 1 + code, rest, length + 1);
    }
    memcpy(ret->text, plain, strlen(plain) + 1);
    return true;
}

bool phone_parse(const char *typed, Phone *ret, const char **ret_why) {
    char compact[COMPACT_SIZE] = "", digits[COMPACT_SIZE] = "";
    size_t n = 0, typed_length = ident_compact(typed, compact);
    bool has_plus = compact[0] == '+';
    for (const char *s = compact + has_plus; *s; s++)
        if (*s != '(' && *s != ')')
            digits[n++] = *s;
    digits[n] = 0;
    if (n == 0)
        return ident_refuse(WHY_phone_empty, ret_why);
    if (!ident_is_digits(digits))
        return ident_refuse(WHY_phone_signs, ret_why);
    if (typed_length >= COMPACT_SIZE)
        return ident_refuse(WHY_phone_long, ret_why);
    if (has_plus || text_starts(digits, "00"))
        return parse_abroad(digits + (has_plus ? 0 : 2), ret, ret_why);
    if (digits[0] != '0')
        return ident_refuse(WHY_phone_zero, ret_why);
    if (n != 10)
        return ident_refuse(n < 10 ? WHY_phone_short : WHY_phone_long, ret_why);
    const char *code = code_of(digits);
    ret->text[0] = '+';
    memcpy(ret->text + 1, code, strlen(code));
    memcpy(ret->text + 1 + strlen(code), digits + 1, 10);
    return true;
}

char *phone_text(Arena *arena, const char *e164) {
    const char *digits = e164[0] == '+' ? e164 + 1 : e164;
    size_t code = text_starts(digits, "33") ? 2 : 3;
    if (!is_french_code(digits) || strlen(digits) != code + 9)
        return arena_copy(arena, e164);
    const char *n = digits + code;
    char *national = arena_print(arena, "0%.1s %.2s %.2s %.2s %s", n, n + 1, n + 3, n + 5, n + 7);
    /* Only what would be read back as the same number. */
    Phone back;
    const char *why;
    bool is_same = phone_parse(national, &back, &why) && strcmp(back.text + 1, digits) == 0;
    return is_same ? national : arena_copy(arena, e164);
}
