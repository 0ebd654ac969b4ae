#include <string.h>

#include "date.h"
#include "frame.h"
#include "people_pages.h"
#include "people_settings_html.h"
#include "people_views.h"
#include "people_words.h"
#include "text.h"

static const Option regimes[] = {
#define REGIME(value, label, hint) { value, label, hint },
#include "vat_regimes.def"
};
enum { REGIME_COUNT = sizeof regimes / sizeof regimes[0] };

static const struct {
    const char *kind;
    int64_t group;
    Field field;
} settings[] = {
#define ORG(kind, name_, group, needed, longest_, label_, hint_)                                             \
    { #kind,                                                                                                 \
      group,                                                                                                 \
      { .name = #name_, .label = label_, .hint = hint_, .optional = !needed, .longest = longest_ } },
#include "organisation.def"
};

void people_organisation_fields(Html *h, const Form *form, int64_t group) {
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        Field field = settings[i].field;
        const char *kind = settings[i].kind;
        if (settings[i].group != group)
            continue;
        if (!strcmp(kind, "vat")) {
            form_select(h, form, field.name, field.label, regimes, REGIME_COUNT);
            continue;
        }
        bool is_number = !strcmp(kind, "siret") || !strcmp(kind, "nda");
        field.type = is_number                ? "numeric"
                     : !strcmp(kind, "email") ? "email"
                     : !strcmp(kind, "phone") ? "tel"
                                              : "text";
        form_field(h, form, &field);
    }
}

/* Reading, by kind */

static const char *read_text(Form *form, Arena *arena, const Field *f) {
    (void)arena;
    return form_text(form, f->name, f->label, !f->optional, f->longest);
}
static const char *read_siret(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_siret(form, f->name, f->label, !f->optional).digits);
}
static const char *read_nda(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_nda(form, f->name, f->label, !f->optional).digits);
}
static const char *read_iban(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_iban(form, f->name, f->label, !f->optional).text);
}
static const char *read_bic(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_bic(form, f->name, f->label, !f->optional).text);
}
static const char *read_email(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_email(form, f->name, f->label, !f->optional).text);
}
static const char *read_phone(Form *form, Arena *arena, const Field *f) {
    return arena_copy(arena, form_phone(form, f->name, f->label, !f->optional).text);
}
static const char *read_vat(Form *form, Arena *arena, const Field *f) {
    const char *words[REGIME_COUNT + 1] = { NULL };
    (void)arena;
    for (size_t i = 0; i < REGIME_COUNT; i++)
        words[i] = regimes[i].value;
    return form_choice(form, f->name, f->label, !f->optional, words);
}

static Organisation read_organisation(Form *form, Arena *arena) {
    Organisation o = { 0 };
    size_t i = 0;
#define ORG(kind, name, group, needed, longest, label, hint)                                                 \
    o.name = read_##kind(form, arena, &settings[i++].field);
#include "organisation.def"
    o.qualiopi_from_on = form_date(form, "qualiopi_from_on", people_word(PEOPLE_label_qualiopi), OPTIONAL);
    o.qualiopi_to_on = form_date(form, "qualiopi_to_on", people_word(PEOPLE_label_qualiopi), OPTIONAL);
    if (form_ok(form) && o.qualiopi_to_on.days && o.qualiopi_to_on.days < o.qualiopi_from_on.days)
        form_refuse(form, "qualiopi_to_on", "", people_word(PEOPLE_qualiopi_order));
    return o;
}

static void show(Request *rq, const Form *form, int status) {
    OrganisationView view = { .form = form };
    Html *h = page_html(rq);
    view_organisation(h, &view);
    page_send(rq, status,
              &(Page){ .title = people_word(PEOPLE_title_settings),
                       .body = h,
                       .form = form,
                       .is_dense = true,
                       .nav = "reglages" });
}

static void preset_date(Form *form, Arena *arena, const char *name, Date date) {
    form_preset(form, name, date_is_none(date) ? "" : date_text(arena, date));
}

void people_organisation_page(Request *rq) {
    Form *form = form_empty(rq->arena, rq->today);
    Organisation o = { 0 };
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (people_organisation(&tx, &o)) {
#define ORG(kind, name, group, needed, longest, label, hint) form_preset(form, #name, o.name);
#include "organisation.def"
        preset_date(form, rq->arena, "qualiopi_from_on", o.qualiopi_from_on);
        preset_date(form, rq->arena, "qualiopi_to_on", o.qualiopi_to_on);
    }
    show(rq, form, 200);
}

void people_organisation_post(Request *rq) {
    Form *form = rq_form(rq);
    Organisation organisation = read_organisation(form, rq->arena);
    if (!form_ok(form)) {
        show(rq, form, 422);
        return;
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    people_organisation_set(&tx, &organisation);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, people_word(PEOPLE_settings_saved));
    reply_see(rq, url_print(rq->arena, "/g/reglages"));
}
