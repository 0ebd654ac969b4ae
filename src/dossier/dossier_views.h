/* dossier_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "dossier_words.h"
#include "form.h"

enum { ROWS_LEAST = 5, ROWS_MOST = 30, ROW_NAME_LONGEST = 24 };

/* The form of a company: shared by the two pages that fill it. */
typedef struct CompanyFormView {
    const Form   *form;
    const Option *funders;
    size_t        funder_count;
    size_t        rows;
    const char   *proposal; /* "OPCO EP : d'après ..." or why none is proposed; NULL: not asked */
} CompanyFormView;

typedef struct AddView {
    CompanyFormView company;
    Url             action;
    const char     *title, *dates, *refusal;
    bool            may_link, is_late; /* late: nothing may be added any more */
} AddView;

typedef struct DataView {
    CompanyFormView company;
    Url             action, back;
    const char     *title, *dates, *refusal, *version;
    bool            is_open;    /* may still be changed */
    bool            is_company; /* the company itself writes */
    const SumLine  *lines;      /* when it may not */
    size_t          line_count;
} DataView;

typedef struct ConventionView {
    const Form    *form;
    Url            action, decline, convention_url;
    const char    *title, *company, *refusal, *sha256, *signed_text;
    const SumLine *lines;
    size_t         line_count;
    const DocLine *docs;
    size_t         doc_count;
    bool           may_sign, is_made;
} ConventionView;

typedef struct ReplaceView {
    const Form   *form;
    Url           action;
    const Option *people;
    size_t        people_count;
    const char   *refusal;
    bool          is_green;
} ReplaceView;

/* A field named by its word; `type` as in Field. */
void dossier_field(Html *h, const Form *form, const char *name, DossierWord label, const char *type,
                   bool optional);
/* One participant: fields p<number>_first_name ... */
void dossier_row(Html *h, const Form *form, size_t number);
void dossier_choices(Html *h, const Form *form, const char *name);
