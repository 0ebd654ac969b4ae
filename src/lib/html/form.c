#include "form.h"

#include <glib.h>
#include <string.h>

#include "date.h"

typedef struct Fault {
    const char *name, *message;
} Fault;

struct Form {
    Arena *arena;
    Date today;
    const FieldValue *fields;
    size_t count;
    bool is_sent;
    FieldValue *presets;
    size_t preset_count;
    Fault *faults;
    size_t fault_count;
};

enum { LONGEST_LINE = 255 };

Form *form_empty(Arena *arena, Date today) {
    Form *form = arena_zero(arena, 1, sizeof *form);
    *form = (Form){ .arena = arena, .today = today };
    return form;
}

Form *form_new(Arena *arena, const FieldValue *fields, size_t count, Date today) {
    Form *form = form_empty(arena, today);
    form->fields = fields;
    form->count = count;
    form->is_sent = true;
    return form;
}

/* What was typed, and messages */

static const char *find(const FieldValue *fields, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].value ? fields[i].value : "";
    return "";
}

const char *form_typed(const Form *form, const char *name) {
    return form->is_sent ? find(form->fields, form->count, name)
                         : find(form->presets, form->preset_count, name);
}

void form_preset(Form *form, const char *name, const char *value) {
    FieldValue *preset = arena_grow(form->arena, (void **)&form->presets, &form->preset_count,
                                    sizeof *preset);
    *preset = (FieldValue){ name, arena_copy(form->arena, value) };
}

const char *form_message(const Form *form, const char *name) {
    for (size_t i = 0; i < form->fault_count; i++)
        if (strcmp(form->faults[i].name, name) == 0)
            return form->faults[i].message;
    return NULL;
}

void form_refuse(Form *form, const char *name, const char *label, const char *message) {
    (void)label; /* every message speaks for itself */
    if (form_message(form, name))
        return;
    Fault *fault = arena_grow(form->arena, (void **)&form->faults, &form->fault_count, sizeof *fault);
    *fault = (Fault){ name, text_typographic(form->arena, message) };
}

bool form_ok(const Form *form) { return form->fault_count == 0; }

size_t form_errors(const Form *form) { return form->fault_count; }

const char *form_error(const Form *form, size_t index, const char **ret_name) {
    *ret_name = form->faults[index].name;
    return form->faults[index].message;
}

/* The trimmed text, or NULL when there is nothing to read. */
static const char *given(Form *form, const char *name, const char *label, bool required) {
    const char *typed = form_typed(form, name);
    const char *text = g_utf8_validate(typed, -1, NULL) ? text_trim(form->arena, typed) : typed;
    if (*text)
        return text;
    if (required)
        form_refuse(form, name, label, arena_print(form->arena, "Remplissez « %s »", label));
    return NULL;
}

static void refuse_print(Form *form, const char *name, const char *label, const char *rest) {
    form_refuse(form, name, label, arena_print(form->arena, "« %s » : %s", label, rest));
}

/* Text */

/* Controls, and the signs by which a name could be shown in another order than it is stored. */
static bool is_unwanted(gunichar c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfffd;
}

static bool has_unwanted(const char *text) {
    for (const char *s = text; *s; s = g_utf8_next_char(s))
        if (is_unwanted(g_utf8_get_char(s)))
            return true;
    return false;
}

/* Browsers send CR LF; what has no width falls out; one line stays one line. */
static char *settle(Arena *arena, const char *text, bool is_line) {
    Text out = text_new(arena);
    text_add(&out, "");
    for (const char *s = text; *s; s++) {
        if (text_starts(s, "\u200b") || text_starts(s, "\ufeff"))
            s += 2;
        else if (*s == '\r')
            text_add(&out, s[1] == '\n' ? "" : "\n");
        else
            text_add_char(&out, *s);
    }
    return is_line ? text_squeeze(arena, out.p) : text_trim(arena, out.p);
}

const char *form_text(Form *form, const char *name, const char *label, bool required, size_t longest) {
    const char *text = given(form, name, label, required);
    if (!text)
        return "";
    if (!g_utf8_validate(text, -1, NULL)) {
        refuse_print(form, name, label, "un caractère est illisible, tapez le texte à nouveau");
        return "";
    }
    text = settle(form->arena, text, longest <= LONGEST_LINE);
    if (has_unwanted(text)) {
        refuse_print(form, name, label,
                     "un caractère invisible s'est glissé dans le texte, tapez-le à nouveau");
        return "";
    }
    char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    text = arena_copy(form->arena, composed);
    g_free(composed);
    size_t length = text_length(text);
    if (length > longest) {
        refuse_print(form, name, label,
                     arena_print(form->arena, "%zu caractères au plus, %zu saisis", longest, length));
        return "";
    }
    if (!length && required)
        form_refuse(form, name, label, arena_print(form->arena, "Remplissez « %s »", label));
    return text;
}

bool form_tick(Form *form, const char *name) { return *form_typed(form, name) != 0; }

const char *form_choice(Form *form, const char *name, const char *label, bool required,
                        const char *const *words) {
    const char *typed = form_typed(form, name);
    for (; *words; words++)
        if (*typed && strcmp(*words, typed) == 0)
            return *words;
    if (*typed || required)
        form_refuse(form, name, label, arena_print(form->arena, "Choisissez une réponse à « %s »", label));
    return "";
}

/* Numbers */

/* Digits, blanks between them, a sign before them. */
static bool read_int(const char *text, int64_t *ret) {
    bool is_negative = *text == '-' || text_starts(text, "\u2212");
    if (is_negative)
        text += *text == '-' ? 1 : strlen("\u2212");
    int64_t n = 0;
    bool has_digit = false;
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (text_starts(text, "\u00a0") || text_starts(text, "\u202f")) {
            text += g_utf8_skip[(unsigned char)*text] - 1;
            continue;
        }
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, *text - '0', &n))
            return false;
        has_digit = true;
    }
    *ret = is_negative ? -n : n;
    return has_digit;
}

int64_t form_int(Form *form, const char *name, const char *label, bool required, int64_t least,
                 int64_t most) {
    const char *text = given(form, name, label, required);
    int64_t n = 0;
    if (!text)
        return 0;
    if (read_int(text, &n) && n >= least && n <= most)
        return n;
    refuse_print(
        form, name, label,
        arena_print(form->arena, "un nombre entier de %lld à %lld", (long long)least, (long long)most));
    return 0;
}

Money form_money(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required);
    Money money = { 0 };
    if (text && !money_parse(text, &money))
        refuse_print(form, name, label, "un montant en euros, par exemple 1 400,00");
    return money;
}

Date form_date(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required);
    Date date = { 0 };
    if (text && !date_parse(text, form->today, &date))
        refuse_print(form, name, label, "une date qui existe, par exemple 14/12/2026");
    return date;
}

int64_t form_clock(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required);
    int64_t minutes = 0;
    if (text && !minutes_parse_clock(text, &minutes))
        refuse_print(form, name, label, "une heure, par exemple 9 h 30");
    return minutes;
}

int64_t form_hours(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required);
    int64_t minutes = 0;
    if (text && !minutes_parse_hours(text, &minutes))
        refuse_print(form, name, label, "une durée, par exemple 3 h 30");
    return minutes;
}

/* Identifiers: each is parsed by lib/base/ident, which also says why not. */

Siret form_siret(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Siret siret = { "" };
    if (text && !siret_parse(text, &siret, &why))
        form_refuse(form, name, label, why);
    return siret;
}

Nda form_nda(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Nda nda = { "" };
    if (text && !nda_parse(text, &nda, &why))
        form_refuse(form, name, label, why);
    return nda;
}

Iban form_iban(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Iban iban = { "" };
    if (text && !iban_parse(text, &iban, &why))
        form_refuse(form, name, label, why);
    return iban;
}

Bic form_bic(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Bic bic = { "" };
    if (text && !bic_parse(text, &bic, &why))
        form_refuse(form, name, label, why);
    return bic;
}

Email form_email(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Email email = { "" };
    if (text && !email_parse(text, &email, &why))
        form_refuse(form, name, label, why);
    return email;
}

Phone form_phone(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Phone phone = { "" };
    if (text && !phone_parse(text, &phone, &why))
        form_refuse(form, name, label, why);
    return phone;
}

Idcc form_idcc(Form *form, const char *name, const char *label, bool required) {
    const char *text = given(form, name, label, required), *why;
    Idcc idcc = { "" };
    if (text && !idcc_parse(text, &idcc, &why))
        form_refuse(form, name, label, why);
    return idcc;
}
