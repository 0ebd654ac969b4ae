#include <string.h>

#include "directory_store.h"
#include "frame.h"
#include "once_pages.h"
#include "people_company_html.h"
#include "people_pages.h"
#include "people_views.h"
#include "people_words.h"
#include "text.h"

enum { PAGE_ROWS = 40 };

void people_companies_page(Request *rq) {
    const char *words = text_squeeze(rq->arena, rq_query(rq, "q")), *after = rq_query(rq, "apres");
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Companies all = people_companies(&tx, words, after, PAGE_ROWS + 1);
    CompaniesView view = {
        .companies = &all, .words = words, .is_first = !*after, .may_add = rq->viewer->role == ROLE_STAFF
    };
    if (all.count > PAGE_ROWS) {
        all.count = PAGE_ROWS;
        view.next = url_print(rq->arena, "/g/entreprises?q=%s&apres=%s", words, all.at[PAGE_ROWS - 1].name);
    }
    Html *h = page_html(rq);
    view_companies(h, &view);
    page_send(
        rq, 200,
        &(Page){
            .title = people_word(PEOPLE_title_companies), .body = h, .is_dense = true, .nav = "reglages" });
}

static int64_t number_of(const char *s) {
    int64_t n = 0;
    if (!*s || strlen(s) > 15 || s[strspn(s, "0123456789")])
        return 0;
    while (*s)
        n = n * 10 + (*s++ - '0');
    return n;
}

static bool is_new(const Request *rq) { return !strcmp(rq_param(rq, "company"), "nouvelle"); }

/* A company is seen by staff, advisers and itself. "nouvelle" is an empty record for staff. */
static bool company_seen(Request *rq, Tx *tx, Company *ret) {
    static const Company none = { .name = "",
                                  .siret = "",
                                  .address = "",
                                  .postcode = "",
                                  .city = "",
                                  .idcc = "",
                                  .funder_code = "",
                                  .funder_source = "",
                                  .headcount = "",
                                  .contact_first_name = "",
                                  .contact_last_name = "",
                                  .email = "",
                                  .phone = "" };
    CompanyId company_id = { number_of(rq_param(rq, "company")) };
    const Viewer *viewer = rq->viewer;
    if (is_new(rq)) {
        *ret = none;
        return viewer->role == ROLE_STAFF;
    }
    bool is_own = viewer->role == ROLE_COMPANY && viewer->company_id.value == company_id.value;
    return company_id.value && (viewer_sees_all(viewer) || is_own) && people_company(tx, company_id, ret);
}

static void funder_options(Tx *tx, CompanyView *view) {
    Funders funders = directory_funders(tx);
    Option *options = arena_zero(tx->arena, funders.count + 1, sizeof *options);
    options[0] = (Option){ "", people_word(PEOPLE_funder_by_idcc), NULL };
    for (size_t i = 0; i < funders.count; i++)
        options[i + 1] = (Option){ funders.at[i].code, funders.at[i].name, NULL };
    view->funders = options;
    view->funder_count = funders.count + 1;
}

static void show(Request *rq, Tx *tx, const Form *form, const Company *company, int status) {
    Funder funder = { .name = "" };
    CompanyView view = { .form = form,
                         .company = company,
                         .funder = *company->funder_code &&
                                           directory_funder(tx, company->funder_code, &funder)
                                       ? funder.name
                                       : "",
                         .is_staff = rq->viewer->role == ROLE_STAFF,
                         .may_edit = rq->viewer->role != ROLE_ADVISER,
                         .is_new = is_new(rq),
                         .url = url_print(rq->arena, "/entreprises/%s", rq_param(rq, "company")) };
    funder_options(tx, &view);
    Html *h = page_html(rq);
    view_company(h, &view);
    Page page = { .title = view.is_new ? people_word(PEOPLE_title_company_new) : company->name,
                  .body = h,
                  .form = form,
                  .is_dense = viewer_sees_all(rq->viewer),
                  .nav = "reglages" };
    if (viewer_sees_all(rq->viewer))
        page.crumbs[0] = (Crumb){ people_word(PEOPLE_title_companies),
                                  url_print(rq->arena, "/g/entreprises") };
    page_send(rq, status, &page);
}

void people_company_page(Request *rq) {
    Company c;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!company_seen(rq, &tx, &c)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Form *form = form_empty(rq->arena, rq->today);
    const FieldValue kept[] = {
        { "name", c.name },
        { "siret", *c.siret ? siret_text(rq->arena, c.siret) : "" },
        { "address", c.address },
        { "postcode", c.postcode },
        { "city", c.city },
        { "idcc", c.idcc },
        { "headcount", c.headcount },
        { "contact_first_name", c.contact_first_name },
        { "contact_last_name", c.contact_last_name },
        { "email", c.email },
        { "phone", *c.phone ? phone_text(rq->arena, c.phone) : "" },
        { "funder_code", text_starts(c.funder_source, people_word(PEOPLE_funder_hand)) ? c.funder_code : "" },
    };
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        form_preset(form, kept[i].name, kept[i].value);
    show(rq, &tx, form, &c, 200);
}

/* Staff may know little yet; a company fills in its whole record. */
static void read_company(Request *rq, Form *form, Company *c) {
    static const char *const headcounts[] = { "under_11", "from_11_to_49", "from_50", NULL };
    bool is_all = rq->viewer->role != ROLE_STAFF;
    Arena *arena = rq->arena;
    c->name = form_text(form, "name", people_word(PEOPLE_label_company), REQUIRED, 120);
    c->siret = arena_copy(arena, form_siret(form, "siret", "SIRET", is_all).digits);
    c->address = form_text(form, "address", people_word(PEOPLE_label_address), is_all, 200);
    c->postcode = form_text(form, "postcode", people_word(PEOPLE_label_postcode), is_all, 5);
    c->city = form_text(form, "city", people_word(PEOPLE_label_city), is_all, 100);
    c->idcc = arena_copy(arena, form_idcc(form, "idcc", "IDCC", OPTIONAL).digits);
    const char *headcount = form_choice(form, "headcount", people_word(PEOPLE_label_headcount), OPTIONAL,
                                        headcounts);
    c->headcount = headcount ? headcount : "";
    c->contact_first_name = form_text(form, "contact_first_name", people_word(PEOPLE_label_first_name),
                                      REQUIRED, 60);
    c->contact_last_name = form_text(form, "contact_last_name", people_word(PEOPLE_label_last_name), REQUIRED,
                                     60);
    c->email = arena_copy(arena, form_email(form, "email", people_word(PEOPLE_label_mail), REQUIRED).text);
    c->phone = arena_copy(arena, form_phone(form, "phone", people_word(PEOPLE_label_phone), OPTIONAL).text);
    c->version = form_int(form, "version", "", OPTIONAL, 0, INT32_MAX);
}

/* Who finances follows from the IDCC; staff may know better and say so. */
static void find_funder(Request *rq, Tx *tx, Company *c, const char *old_idcc) {
    Funder funder;
    const char *why = "", *by_hand = rq->viewer->role == ROLE_STAFF ? rq_field(rq, "funder_code") : "";
    if (*by_hand && directory_funder(tx, by_hand, &funder)) {
        c->funder_code = funder.code;
        c->funder_source = arena_print(rq->arena, "%s %s.", people_word(PEOPLE_funder_hand),
                                       rq->viewer->name);
        return;
    }
    bool was_by_hand = text_starts(c->funder_source, people_word(PEOPLE_funder_hand));
    if (was_by_hand && rq->viewer->role != ROLE_STAFF && text_same(old_idcc, c->idcc))
        return;
    c->funder_code = c->funder_source = "";
    if (!*c->idcc)
        return;
    if (directory_by_idcc(tx, c->idcc, &funder, &why))
        c->funder_code = funder.code;
    c->funder_source = why ? why : "";
}

/* The form holds what is wrong; the record what is to be kept. */
static void check_siret(Request *rq, Tx *tx, Form *form, const Company *c) {
    Company other;
    if (*c->siret && people_company_by_siret(tx, c->siret, &other) && other.id.value != c->id.value)
        form_refuse(form, "siret", "SIRET",
                    arena_print(rq->arena, people_word(PEOPLE_company_known), other.name));
}

void people_company_post(Request *rq) {
    if (!page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    Company c;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!company_seen(rq, &tx, &c)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (is_new(rq) && once_was_done(rq, &tx))
        return;
    const Company before = c;
    read_company(rq, form, &c);
    if (rq->viewer->role == ROLE_STAFF)
        check_siret(rq, &tx, form, &c);
    if (!form_ok(form)) {
        show(rq, &tx, form, &before, 422);
        return;
    }
    find_funder(rq, &tx, &c, before.idcc);
    if (is_new(rq)) {
        c.id = people_company_add(&tx, &c, rq->now);
        once_done(rq, &tx, url_print(rq->arena, "/entreprises/%ld", (long)c.id.value));
    } else if (!people_company_save(&tx, &c) && !tx.error) {
        reply_error(rq, 409, people_word(PEOPLE_company_changed));
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, people_word(PEOPLE_company_saved));
    reply_see(rq, url_print(rq->arena, "/entreprises/%ld", (long)c.id.value));
}
