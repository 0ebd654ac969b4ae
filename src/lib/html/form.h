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

/* `label` names the field in messages. Optional and empty, or refused: the zero value. What is
 * required and empty, or not understood, leaves a message beside the field and makes form_ok() false.
 * A text comes trimmed, in NFC; up to 255 characters it is one line; controls and signs that turn
 * the writing direction are refused. */
const char *form_text(Form *form, const char *name, const char *label, bool required, size_t longest);
int64_t form_int(Form *form, const char *name, const char *label, bool required, int64_t least, int64_t most);
Money       form_money(Form *form, const char *name, const char *label, bool required);
Date        form_date(Form *form, const char *name, const char *label, bool required);
/* minutes since midnight */
int64_t     form_clock(Form *form, const char *name, const char *label, bool required);
/* a duration in minutes */
int64_t     form_hours(Form *form, const char *name, const char *label, bool required);
bool        form_tick(Form *form, const char *name);
/* One of `words` (NULL-ended); the first problem is named. Returns the word of the table, never the typed
 * one. */
const char *form_choice(Form *form, const char *name, const char *label, bool required,
                        const char *const *words);
Siret       form_siret(Form *form, const char *name, const char *label, bool required);
Nda         form_nda(Form *form, const char *name, const char *label, bool required);
Iban        form_iban(Form *form, const char *name, const char *label, bool required);
Email       form_email(Form *form, const char *name, const char *label, bool required);
Phone       form_phone(Form *form, const char *name, const char *label, bool required);
Idcc        form_idcc(Form *form, const char *name, const char *label, bool required);

Bic         form_bic(Form *form, const char *name, const char *label, bool required);
/* a rule of the room */
void        form_refuse(Form *form, const char *name, const char *label, const char *message);
bool        form_ok(const Form *form);
size_t      form_errors(const Form *form);
const char *form_typed(const Form *form, const char *name);   /* what was typed, "" when absent */
void        form_preset(Form *form, const char *name, const char *value); /* first showing */
const char *form_message(const Form *form, const char *name); /* NULL: fine */

/* The nth message, for the summary; *ret_name is the field it belongs to. */
const char *form_error(const Form *form, size_t index, const char **ret_name);

/* The parts of a page: summary on top (focused, links to fields), and one field each. The id of a
 * field is its name. Labels and hints come as plain French; typography is applied here. */
void form_summary(Html *h, const Form *form);
typedef struct Field {
    const char *name, *label, *hint;
    /* text (default), email, tel, numeric, decimal, textarea, password, code, date, search, hidden */
    const char *type;
    bool        optional; /* says "(facultatif)" */
    const char *autocomplete;
    size_t      longest;  /* 0: no maxlength; else what form_text() is given */
} Field;
void form_field(Html *h, const Form *form, const Field *field);
typedef struct Option { const char *value, *label, *hint; } Option;
void form_select(Html *h, const Form *form, const char *name, const char *label, const Option *options,
                 size_t count);
void form_radios(Html *h, const Form *form, const char *name, const char *legend, const Option *options,
                 size_t count);
void form_tickbox(Html *h, const Form *form, const char *name, const char *label, const char *hint);
/* A file to send; `accept` as in HTML. The form needs enctype="multipart/form-data". */
void form_file(Html *h, const Form *form, const char *name, const char *label, const char *hint,
               const char *accept);
