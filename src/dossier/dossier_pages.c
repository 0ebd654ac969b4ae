#include "dossier_pages.h"

#include "date.h"
#include "dossier_add_html.h"
#include "dossier_data_html.h"
#include "dossier_form_pages.h"
#include "frame.h"
#include "once_pages.h"
#include "story_pages.h"
#include "viewer.h"

static const char *span(Arena *arena, const Session *s) {
    return date_is_none(s->starts_on) ? NULL : date_span(arena, s->starts_on, s->ends_on);
}

/* A company joins a session */

static const char *add_refusal(Tx *tx, const Session *session, bool is_link) {
    State state = story_where(tx, THING(session, session->id));
    if (state != STATE_session_draft && state != STATE_session_collecting_client_data &&
        state != STATE_session_ready_to_validate)
        return dossier_word(DOSSIER_SESSION_IS_LATE);
    if (is_link && state != STATE_session_draft)
        return dossier_word(DOSSIER_LINK_NEEDS_DRAFT);
    return NULL;
}

static void show_add(Request *rq, Tx *tx, const Session *session, Form *form, const char *refusal) {
    Html *h = page_html(rq);
    const char *late = add_refusal(tx, session, false);
    AddView view = { .company = dossier_form_view(rq, tx, form, 0),
                     .action = url_print(rq->arena, "/sessions/%s/entreprise", session->reference),
                     .title = session->title,
                     .dates = span(rq->arena, session),
                     .refusal = late ? late : refusal,
                     .may_link = !add_refusal(tx, session, true),
                     .is_late = late != NULL };
    view_dossier_add(h, &view);
    page_send(
        rq,
        refusal         ? 409
        : form_ok(form) ? 200
                        : 422,
        &(Page){ .title = dossier_word(DOSSIER_T_ADD),
                 .body = h,
                 .form = form,
                 .nav = "sessions",
                 .crumbs = { { arena_print(rq->arena, dossier_word(DOSSIER_L_SESSION), session->reference),
                               url_print(rq->arena, "/sessions/%s", session->reference) } } });
}

void dossier_add_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Session session;
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "payment_choice", "direct");
    show_add(rq, &tx, &session, form, NULL);
}

static bool known_by_email(Tx *tx, const char *email, Company *ret) {
    Companies found = people_companies(tx, email, "", 20);
    for (size_t i = 0; i < found.count; i++)
        if (text_same(found.at[i].email, email)) {
            *ret = found.at[i];
            return true;
        }
    return false;
}

static const char *known_or(const char *known, const char *typed) {
    return text_is_empty(known) ? typed : known;
}

/* What a known company has said of itself stays; what it has not is learnt. */
static void learn(Company *known, const Company *typed) {
    known->address = known_or(known->address, typed->address);
    known->postcode = known_or(known->postcode, typed->postcode);
    known->city = known_or(known->city, typed->city);
    known->idcc = known_or(known->idcc, typed->idcc);
    known->headcount = known_or(known->headcount, typed->headcount);
    known->contact_first_name = known_or(known->contact_first_name, typed->contact_first_name);
    known->contact_last_name = known_or(known->contact_last_name, typed->contact_last_name);
    known->email = known_or(known->email, typed->email);
    known->phone = known_or(known->phone, typed->phone);
    if (text_is_empty(known->funder_code)) {
        known->funder_code = typed->funder_code;
        known->funder_source = typed->funder_source;
    }
}

/* The company with its account; false: its address is another company's. */
static bool company_of(Tx *tx, const Company *typed, bool is_link, Instant now, CompanyId *ret) {
    Company known;
    Account account;
    bool found = is_link ? known_by_email(tx, typed->email, &known)
                         : people_company_by_siret(tx, typed->siret, &known);
    if (found && !is_link) {
        learn(&known, typed);
        people_company_save(tx, &known);
    }
    Company company = found ? known : *typed;
    if (!found)
        company.id = people_company_add(tx, typed, now);
    *ret = company.id;
    AccountId id = people_company_account(tx, &company, now);
    return !people_account(tx, id, &account) || account.company_id.value == company.id.value;
}

static bool is_there(Tx *tx, SessionId session_id, CompanyId company_id) {
    Dossiers all = dossier_alive_of_session(tx, session_id);
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].company_id.value == company_id.value)
            return true;
    return false;
}

static void read_link(Tx *tx, Form *form, Company *c) {
    *c = (Company){ .siret = "",
                    .address = "",
                    .postcode = "",
                    .city = "",
                    .idcc = "",
                    .funder_code = "",
                    .funder_source = "",
                    .headcount = "",
                    .phone = "" };
    c->name = form_text(form, "link_name", dossier_word(DOSSIER_F_NAME), REQUIRED, 120);
    c->contact_first_name = form_text(form, "link_first_name", dossier_word(DOSSIER_F_FIRST_NAME), REQUIRED,
                                      80);
    c->contact_last_name = form_text(form, "link_last_name", dossier_word(DOSSIER_F_LAST_NAME), REQUIRED, 80);
    c->email = arena_copy(tx->arena,
                          form_email(form, "link_email", dossier_word(DOSSIER_F_EMAIL), REQUIRED).text);
}

/* Writes all; the sentence of a refusal, or NULL. */
static const char *join(Request *rq, Tx *tx, const Session *session, const Company *company, Dossier *typed,
                        const Participants *people, bool is_link) {
    Act act = story_act(rq, EVENT_opened, story_own_actor(rq));
    CompanyId company_id;
    Dossier dossier;
    if (!company_of(tx, company, is_link, rq->now, &company_id))
        return dossier_word(DOSSIER_EMAIL_IS_TAKEN);
    if (is_there(tx, session->id, company_id))
        return dossier_word(DOSSIER_ALREADY_THERE);
    DossierId id = dossier_open(tx, session->id, company_id, &act);
    if (is_link || !dossier_get(tx, id, &dossier))
        return NULL;
    dossier.payment_choice = typed->payment_choice;
    dossier.needs_text = typed->needs_text;
    dossier_save(tx, &dossier);
    dossier_participants_set(tx, id, people);
    dossier_check(tx, session->id, rq->now);
    return NULL;
}

void dossier_add_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Session session;
    Company company = { 0 };
    Dossier dossier = { 0 };
    Participants people = { 0 };
    Form *form = rq_form(rq);
    bool is_link = text_same(rq_field(rq, "way"), "link");
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (dossier_form_is_asking(rq)) {
        show_add(rq, &tx, &session, form, NULL);
        return;
    }
    if (once_was_done(rq, &tx))
        return;
    if (is_link)
        read_link(&tx, form, &company);
    else {
        dossier_form_read(&tx, form, &company, &dossier);
        people = dossier_form_people(rq->arena, form);
    }
    const char *why = add_refusal(&tx, &session, is_link);
    if (!why && form_ok(form))
        why = join(rq, &tx, &session, &company, &dossier, &people, is_link);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why || !form_ok(form)) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_add(rq, &look, &session, form, why);
        return;
    }
    Url back = url_print(rq->arena, "/sessions/%s", session.reference);
    once_done(rq, &tx, back);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, dossier_word(DOSSIER_ADDED));
    reply_see(rq, back);
}

/* The company's data */

static bool is_open(Tx *tx, const Dossier *d) {
    return story_where(tx, THING(dossier, d->id)) == STATE_dossier_preparing;
}

static void show_data(Request *rq, Tx *tx, const Dossier *dossier, Form *form, const char *refusal) {
    Html *h = page_html(rq);
    Session session = { .title = "" };
    Company company = { .name = "", .siret = "" };
    session_get(tx, dossier->session_id, &session);
    people_company(tx, dossier->company_id, &company);
    Participants people = dossier_participants(tx, dossier->id);
    if (!form)
        dossier_form_preset(rq->arena, form = form_empty(rq->arena, rq->today), &company, dossier, &people);
    const char *version = form_typed(form, "version");
    const SumLine lines[] = {
        { .label = dossier_word(DOSSIER_S_COMPANY), .value = company.name },
        { .label = dossier_word(DOSSIER_S_SIRET),
          .value = text_is_empty(company.siret) ? "" : siret_text(rq->arena, company.siret) },
        { .label = dossier_word(DOSSIER_S_CONTACT), .value = company.email },
        { .label = dossier_word(DOSSIER_S_PEOPLE), .value = dossier_names(tx, dossier->id) }
    };
    DataView view = { .company = dossier_form_view(rq, tx, form, people.count),
                      .action = url_print(rq->arena, "/dossiers/%s/donnees", dossier->reference),
                      .back = url_print(rq->arena, "/dossiers/%s", dossier->reference),
                      .title = session.title,
                      .dates = span(rq->arena, &session),
                      .refusal = refusal,
                      .version = *version && !refusal
                                     ? version
                                     : arena_print(rq->arena, "%lld", (long long)company.version),
                      .is_open = is_open(tx, dossier),
                      .is_company = rq->viewer->role == ROLE_COMPANY,
                      .lines = lines,
                      .line_count = 4 };
    view_dossier_data(h, &view);
    page_send(
        rq,
        refusal         ? 409
        : form_ok(form) ? 200
                        : 422,
        &(Page){ .title = dossier_word(DOSSIER_T_DATA),
                 .body = h,
                 .form = form,
                 .nav = "dossiers",
                 .crumbs = { { arena_print(rq->arena, dossier_word(DOSSIER_L_DOSSIER), dossier->reference),
                               view.back } } });
}

void dossier_data_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (!dossier_seen(&tx, rq->viewer, rq_param(rq, "reference"), &dossier)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (rq->viewer->role == ROLE_COMPANY && is_open(&tx, &dossier)) {
        db_rollback(&tx); /* the code is asked before twenty fields are typed, not after */
        if (!page_needs_proof(rq))
            return;
        tx = db_read(rq->db, rq->arena);
    }
    show_data(rq, &tx, &dossier, NULL, NULL);
}

/* The company answers for the whole session once every company has: a refusal only says that others miss. */
static void submit(Request *rq, Tx *tx, const Dossier *dossier) {
    Thing session = THING(session, dossier->session_id);
    if (rq->viewer->role != ROLE_COMPANY || story_where(tx, session) != STATE_session_collecting_client_data)
        return;
    Facts facts = story_facts(tx, session);
    Verdict verdict = story_judge(&facts, EVENT_client_submits, COMPANY);
    if (verdict.move && verdict.missing == NO_NEED)
        story_fire(tx, session, (Thing){ 0 }, story_act(rq, EVENT_client_submits, COMPANY));
}

static const char *save(Request *rq, Tx *tx, Dossier *dossier, Company *company, const Participants *people) {
    Account account;
    company->version = 0;
    for (const char *s = rq_field(rq, "version"); *s >= '0' && *s <= '9' && company->version < 1000000; s++)
        company->version = company->version * 10 + (*s - '0');
    if (!people_company_save(tx, company) || !dossier_save(tx, dossier))
        return dossier_word(DOSSIER_CHANGED_MEANWHILE);
    AccountId id = people_company_account(tx, company, rq->now);
    if (people_account(tx, id, &account) && account.company_id.value != company->id.value)
        return dossier_word(DOSSIER_EMAIL_IS_TAKEN);
    dossier_participants_set(tx, dossier->id, people);
    dossier_check(tx, dossier->session_id, rq->now);
    submit(rq, tx, dossier);
    return NULL;
}

static void data_saved(Request *rq, const Dossier *dossier, const Session *session) {
    bool is_company = rq->viewer->role == ROLE_COMPANY;
    page_say(rq, dossier_word(is_company ? DOSSIER_SENT_TO_TRAINER : DOSSIER_SAVED));
    reply_see(rq, rq->viewer->role == ROLE_TRAINER
                      ? url_print(rq->arena, "/sessions/%s", session->reference)
                      : url_print(rq->arena, "/dossiers/%s", dossier->reference));
}

void dossier_data_post(Request *rq) {
    if (rq->viewer->role == ROLE_COMPANY && !dossier_form_is_asking(rq) && !page_needs_proof(rq))
        return;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    Session session;
    Company company;
    Form *form = rq_form(rq);
    if (!dossier_seen(&tx, rq->viewer, rq_param(rq, "reference"), &dossier) ||
        !people_company(&tx, dossier.company_id, &company) ||
        !session_get(&tx, dossier.session_id, &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Dossier as_is = dossier;
    if (dossier_form_is_asking(rq)) {
        show_data(rq, &tx, &dossier, form, NULL);
        return;
    }
    dossier_form_read(&tx, form, &company, &dossier);
    Participants people = dossier_form_people(rq->arena, form);
    const char *why = is_open(&tx, &dossier) ? NULL : dossier_word(DOSSIER_TOO_LATE_TO_CHANGE);
    if (!why && form_ok(form))
        why = save(rq, &tx, &dossier, &company, &people);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why || !form_ok(form)) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_data(rq, &look, &as_is, form, why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    data_saved(rq, &dossier, &session);
}
