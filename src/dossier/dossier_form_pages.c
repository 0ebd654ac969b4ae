#include "dossier_form_pages.h"

#include <string.h>

#include "directory_store.h"
#include "dossier_form_html.h"

static const char *const headcounts[] = { "under_11", "from_11_to_49", "from_50", NULL };
static const char *const payers[] = { "direct", "refund", NULL };

static const char *row_name(Arena *arena, size_t number, const char *part) {
    return arena_print(arena, "p%zu_%s", number, part);
}

void dossier_field(Html *h, const Form *form, const char *name, DossierWord label, const char *type,
                   bool optional) {
    form_field(h, form,
               &(Field){ .name = name, .label = dossier_word(label), .type = type, .optional = optional });
}

void dossier_row(Html *h, const Form *form, size_t number) {
    const char *names[] = { row_name(h->arena, number, "first_name"), row_name(h->arena, number, "last_name"),
                            row_name(h->arena, number, "email"), row_name(h->arena, number, "job") };
    view_dossier_person_row(h, form, number, names);
}

void dossier_choices(Html *h, const Form *form, const char *name) {
    const Option counts[] = { { "", dossier_word(DOSSIER_O_UNKNOWN), "" },
                              { "under_11", dossier_word(DOSSIER_O_UNDER_11), "" },
                              { "from_11_to_49", dossier_word(DOSSIER_O_UNDER_50), "" },
                              { "from_50", dossier_word(DOSSIER_O_FROM_50), "" } };
    const Option ways[] = { { "direct", dossier_word(DOSSIER_O_DIRECT), dossier_word(DOSSIER_O_DIRECT_HINT) },
                            { "refund", dossier_word(DOSSIER_O_REFUND),
                              dossier_word(DOSSIER_O_REFUND_HINT) } };
    if (!strcmp(name, "headcount"))
        form_select(h, form, name, dossier_word(DOSSIER_F_HEADCOUNT), counts, 4);
    else
        form_radios(h, form, name, dossier_word(DOSSIER_F_CHOICE), ways, 2);
}

bool dossier_form_is_asking(const Request *rq) { return *rq_field(rq, "add") || *rq_field(rq, "propose"); }

static const char *funder_typed(Tx *tx, Form *form) {
    Funders all = directory_funders(tx);
    const char **words = arena_zero(tx->arena, all.count + 1, sizeof *words);
    for (size_t i = 0; i < all.count; i++)
        words[i] = all.at[i].code;
    return form_choice(form, "funder_code", dossier_word(DOSSIER_F_FUNDER), OPTIONAL, words);
}

static void read_funder(Tx *tx, Form *form, Company *c) {
    Funder funder;
    const char *why = "", *typed = funder_typed(tx, form);
    bool is_known = *c->idcc && directory_by_idcc(tx, c->idcc, &funder, &why);
    if (!text_is_empty(typed)) {
        bool is_same = is_known && text_same(typed, funder.code);
        c->funder_source = is_same ? why : dossier_word(DOSSIER_BY_HAND);
        c->funder_code = typed;
        return;
    }
    c->funder_code = is_known ? funder.code : "";
    c->funder_source = *c->idcc ? why : "";
}

void dossier_form_read(Tx *tx, Form *form, Company *c, Dossier *d) {
    c->siret = arena_copy(tx->arena,
                          form_siret(form, "siret", dossier_word(DOSSIER_F_SIRET), REQUIRED).digits);
    c->name = form_text(form, "name", dossier_word(DOSSIER_F_NAME), REQUIRED, 120);
    c->address = form_text(form, "address", dossier_word(DOSSIER_F_ADDRESS), REQUIRED, 200);
    c->postcode = form_text(form, "postcode", dossier_word(DOSSIER_F_POSTCODE), REQUIRED, 10);
    c->city = form_text(form, "city", dossier_word(DOSSIER_F_CITY), REQUIRED, 80);
    c->headcount = form_choice(form, "headcount", dossier_word(DOSSIER_F_HEADCOUNT), OPTIONAL, headcounts);
    c->contact_first_name = form_text(form, "contact_first_name", dossier_word(DOSSIER_F_FIRST_NAME),
                                      REQUIRED, 80);
    c->contact_last_name = form_text(form, "contact_last_name", dossier_word(DOSSIER_F_LAST_NAME), REQUIRED,
                                     80);
    c->email = arena_copy(tx->arena, form_email(form, "email", dossier_word(DOSSIER_F_EMAIL), REQUIRED).text);
    c->phone = arena_copy(tx->arena, form_phone(form, "phone", dossier_word(DOSSIER_F_PHONE), OPTIONAL).text);
    c->idcc = arena_copy(tx->arena, form_idcc(form, "idcc", dossier_word(DOSSIER_F_IDCC), OPTIONAL).digits);
    read_funder(tx, form, c);
    d->payment_choice = form_choice(form, "payment_choice", dossier_word(DOSSIER_F_CHOICE), REQUIRED, payers);
    d->needs_text = form_text(form, "needs_text", dossier_word(DOSSIER_F_NEEDS), OPTIONAL, 2000);
}

static size_t rows_typed(const Form *form) {
    size_t rows = 0;
    for (const char *s = form_typed(form, "rows"); *s >= '0' && *s <= '9' && rows < ROWS_MOST; s++)
        rows = rows * 10 + (size_t)(*s - '0');
    return rows > ROWS_MOST ? ROWS_MOST : rows;
}

static bool is_row_empty(Arena *arena, const Form *form, size_t number) {
    static const char *const parts[] = { "first_name", "last_name", "email", "job" };
    for (size_t i = 0; i < 4; i++)
        if (!text_is_empty(form_typed(form, row_name(arena, number, parts[i]))))
            return false;
    return true;
}

static Participant read_row(Arena *arena, Form *form, size_t n) {
    Participant p = { .civility = "" };
    p.first_name = form_text(form, row_name(arena, n, "first_name"), dossier_word(DOSSIER_F_P_FIRST),
                             REQUIRED, 80);
    p.last_name = form_text(form, row_name(arena, n, "last_name"), dossier_word(DOSSIER_F_P_LAST), REQUIRED,
                            80);
    p.email = arena_copy(
        arena, form_email(form, row_name(arena, n, "email"), dossier_word(DOSSIER_F_P_EMAIL), REQUIRED).text);
    p.job = form_text(form, row_name(arena, n, "job"), dossier_word(DOSSIER_F_P_JOB), OPTIONAL, 80);
    return p;
}

static void refuse_twins(Arena *arena, Form *form, const Participants *all, size_t number) {
    const Participant *last = &all->at[all->count - 1];
    for (size_t i = 0; i + 1 < all->count; i++)
        if (!text_is_empty(last->email) && text_same(all->at[i].email, last->email))
            form_refuse(form, row_name(arena, number, "email"), dossier_word(DOSSIER_F_P_EMAIL),
                        dossier_word(DOSSIER_SAME_EMAIL));
}

Participants dossier_form_people(Arena *arena, Form *form) {
    Participants all = { 0 };
    for (size_t n = 1; n <= rows_typed(form); n++) {
        if (is_row_empty(arena, form, n))
            continue;
        *(Participant *)arena_grow(arena, (void **)&all.at, &all.count, sizeof *all.at) = read_row(arena,
                                                                                                   form, n);
        refuse_twins(arena, form, &all, n);
    }
    if (!all.count)
        form_refuse(form, "p1_first_name", dossier_word(DOSSIER_F_ROWS),
                    dossier_word(DOSSIER_NEEDS_A_PERSON));
    return all;
}

void dossier_form_preset(Arena *arena, Form *form, const Company *c, const Dossier *d,
                         const Participants *people) {
    const FieldValue values[] = { { "siret", c->siret },
                                  { "name", c->name },
                                  { "address", c->address },
                                  { "postcode", c->postcode },
                                  { "city", c->city },
                                  { "headcount", c->headcount },
                                  { "contact_first_name", c->contact_first_name },
                                  { "contact_last_name", c->contact_last_name },
                                  { "email", c->email },
                                  { "phone", text_is_empty(c->phone) ? "" : phone_text(arena, c->phone) },
                                  { "idcc", c->idcc },
                                  { "funder_code", c->funder_code },
                                  { "payment_choice", d->payment_choice },
                                  { "needs_text", d->needs_text } };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        form_preset(form, values[i].name, values[i].value);
    for (size_t i = 0; i < people->count; i++) {
        form_preset(form, row_name(arena, i + 1, "first_name"), people->at[i].first_name);
        form_preset(form, row_name(arena, i + 1, "last_name"), people->at[i].last_name);
        form_preset(form, row_name(arena, i + 1, "email"), people->at[i].email);
        form_preset(form, row_name(arena, i + 1, "job"), people->at[i].job);
    }
}

/* What the agreement that stands in the form says, when it was asked. */
static const char *proposal(Request *rq, Tx *tx, const Form *form) {
    Funder funder;
    Idcc idcc;
    const char *why = "";
    if (!*rq_field(rq, "propose"))
        return NULL;
    if (!idcc_parse(form_typed(form, "idcc"), &idcc, &why))
        return why;
    if (!directory_by_idcc(tx, idcc.digits, &funder, &why))
        return why;
    return arena_print(rq->arena, "%s. %s", funder.name, why);
}

CompanyFormView dossier_form_view(Request *rq, Tx *tx, const Form *form, size_t people_count) {
    Funders all = directory_funders(tx);
    Option *options = arena_zero(rq->arena, all.count + 1, sizeof *options);
    options[0] = (Option){ "", dossier_word(DOSSIER_O_UNKNOWN), "" };
    for (size_t i = 0; i < all.count; i++)
        options[i + 1] = (Option){ all.at[i].code, all.at[i].name, "" };
    size_t typed = rows_typed(form), rows = typed > people_count ? typed : people_count;
    if (rows < ROWS_LEAST)
        rows = ROWS_LEAST;
    if (*rq_field(rq, "add") && rows < ROWS_MOST)
        rows++;
    return (CompanyFormView){ .form = form,
                              .funders = options,
                              .funder_count = all.count + 1,
                              .rows = rows,
                              .proposal = proposal(rq, tx, form) };
}
