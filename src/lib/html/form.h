/* form.h - form fields into values, with French messages beside each and what was typed kept.
 *
 *   Form *form = form_new(rq->arena, rq_fields(rq));
 *   Siret siret = form_siret(form, "siret", "SIRET de l'entreprise", REQUIRED);
 *   if (!form_ok(form)) -> show the page again with `form`
 */
#pragma once
#include "ident.h"
#include "money.h"
#include "html.h"

typedef struct Form Form;
enum { OPTIONAL = 0, REQUIRED = 1 };

typedef struct FieldValue { const char *name, *value; } FieldValue;

Form *form_new(Arena *arena, const FieldValue *fields, size_t count, Date today);
Form *form_empty(Arena *arena, Date today);

/* `label` names the field in messages and in the error summary. Optional and empty: the zero value. */
const char *form_text(Form *form, const char *name, const char *label, bool required, size_t longest);
int64_t     form_int(Form *form, const char *name, const char *label, bool required, int64_t least, int64_t most);
Money       form_money(Form *form, const char *name, const char *label, bool required);
Date        form_date(Form *form, const char *name, const char *label, bool required);
int64_t     form_clock(Form *form, const char *name, const char *label, bool required); /* minutes since midnight */
int64_t     form_hours(Form *form, const char *name, const char *label, bool required); /* a duration in minutes */
bool        form_tick(Form *form, const char *name);
/* One of `words` (NULL-ended); the first problem is named. Returns the word of the table, never the typed one. */
const char *form_choice(Form *form, const char *name, const char *label, bool required, const char *const *words);
Siret       form_siret(Form *form, const char *name, const char *label, bool required);
Nda         form_nda(Form *form, const char *name, const char *label, bool required);
Iban        form_iban(Form *form, const char *name, const char *label, bool required);
Email       form_email(Form *form, const char *name, const char *label, bool required);
Phone       form_phone(Form *form, const char *name, const char *label, bool required);
Idcc        form_idcc(Form *form, const char *name, const char *label, bool required);

void        form_refuse(Form *form, const char *name, const char *label, const char *message); /* a rule of the room */
bool        form_ok(const Form *form);
size_t      form_errors(const Form *form);
const char *form_typed(const Form *form, const char *name);   /* what was typed, "" when absent */
void        form_preset(Form *form, const char *name, const char *value); /* first showing */
const char *form_message(const Form *form, const char *name); /* NULL: fine */

/* The parts of a page: summary on top (focused, links to fields), and one field each. */
void form_summary(Html *h, const Form *form);
typedef struct Field {
    const char *name, *label, *hint, *type; /* type: text (default), email, tel, numeric, textarea, password, code, date */
    bool        optional;                   /* says "(facultatif)" */
    const char *autocomplete;
} Field;
void form_field(Html *h, const Form *form, const Field *field);
typedef struct Option { const char *value, *label, *hint; } Option;
void form_select(Html *h, const Form *form, const char *name, const char *label, const Option *options, size_t count);
void form_radios(Html *h, const Form *form, const char *name, const char *legend, const Option *options, size_t count);
void form_tickbox(Html *h, const Form *form, const char *name, const char *label, const char *hint);
