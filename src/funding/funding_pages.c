#include "funding_pages.h"

#include "date.h"
#include "directory_store.h"
#include "document_store.h"
#include "frame.h"
#include "funding_company_html.h"
#include "funding_parts_pages.h"
#include "story_pages.h"
#include "viewer.h"

static Url act_url(Request *rq, const Dossier *dossier, Event event) {
    return url_print(rq->arena, "/acte/dossier/%ld/%s", (int64_t)dossier->id.value, story_event_name(event));
}

static bool may(Tx *tx, const Dossier *dossier, Event event, unsigned actors) {
    Facts facts = story_facts(tx, THING(dossier, dossier->id));
    return story_judge(&facts, event, actors).move != NULL;
}

static Url act_if(Request *rq, Tx *tx, const Dossier *dossier, Event event) {
    return may(tx, dossier, event, story_own_actor(rq)) ||
                   (rq->viewer->role == ROLE_STAFF && may(tx, dossier, event, FUNDER))
               ? act_url(rq, dossier, event)
               : (Url){ NULL };
}

static Url self_pay_if(Request *rq, Tx *tx, const Dossier *dossier) {
    bool may_pay = rq->viewer->role == ROLE_COMPANY &&
                   (may(tx, dossier, EVENT_company_pays_itself, COMPANY) ||
                    may(tx, dossier, EVENT_company_accepts_to_pay, COMPANY));
    return may_pay ? url_print(rq->arena, "/dossiers/%s/payer", dossier->reference) : (Url){ NULL };
}

/* The request */

static void body_lines(Request *rq, Tx *tx, SumLines *lines) {
    Organisation house = { .name = "", .siret = "", .nda = "" };
    people_organisation(tx, &house);
    funding_line(lines, FUNDING_S_BODY, house.name, false);
    if (!text_is_empty(house.siret))
        funding_line(lines, FUNDING_S_BODY_SIRET, siret_text(rq->arena, house.siret), false);
    if (!text_is_empty(house.nda))
        funding_line(lines, FUNDING_S_NDA, nda_text(rq->arena, house.nda), false);
}

static void session_lines(Request *rq, const Session *s, SumLines *lines) {
    bool is_remote = text_same(s->place_kind, "remote");
    funding_line(lines, FUNDING_S_TITLE, s->title, false);
    if (!date_is_none(s->starts_on))
        funding_line(lines, FUNDING_S_DATES, date_span(rq->arena, s->starts_on, s->ends_on), false);
    funding_line(lines, FUNDING_S_HOURS, minutes_hours(rq->arena, s->duration_minutes), false);
    funding_line(lines, FUNDING_S_PLACE,
                 is_remote ? funding_word(FUNDING_S_REMOTE)
                           : arena_print(rq->arena, "%s, %s %s", s->address, s->postcode, s->city),
                 false);
}

static void copy_lines(Request *rq, Tx *tx, const Dossier *dossier, const Company *company, SumLines *lines) {
    Session session = { .title = "", .place_kind = "", .address = "", .postcode = "", .city = "" };
    session_get(tx, dossier->session_id, &session);
    Asked asked = funding_asked(tx, dossier->id);
    funding_line(lines, FUNDING_S_COMPANY, company->name, false);
    if (!text_is_empty(company->siret))
        funding_line(lines, FUNDING_S_SIRET, siret_text(rq->arena, company->siret), false);
    funding_line(lines, FUNDING_S_IDCC, company->idcc, false);
    funding_line(lines, FUNDING_S_PEOPLE, dossier_names(tx, dossier->id), false);
    session_lines(rq, &session, lines);
    body_lines(rq, tx, lines);
    funding_line(lines, FUNDING_S_PRICE, money_text(rq->arena, asked.requested), false);
    funding_line(lines, FUNDING_S_PAYER, funding_circuit_label(dossier->payment_choice), false);
}

static size_t papers(Request *rq, Tx *tx, DossierId dossier_id, const char *const *kinds, DocLine *ret) {
    size_t count = 0;
    Document document;
    for (; *kinds; kinds++)
        if (document_last(tx, dossier_id, *kinds, &document))
            ret[count++] = (DocLine){ .label = document.title,
                                      .about = document.file_name,
                                      .url = url_print(rq->arena, "/documents/%ld",
                                                       (int64_t)document.id.value) };
    return count;
}

static void sent_lines(Request *rq, Tx *tx, DossierId dossier_id, SumLines *lines) {
    FundingRequest request;
    if (!funding_request(tx, dossier_id, &request))
        return;
    funding_line(lines, FUNDING_S_SENT_ON, date_prose(rq->arena, request.sent_on), false);
    funding_line(lines, FUNDING_S_REF, request.funder_ref, false);
}

static void show_request(Request *rq, Tx *tx, const Dossier *dossier, Form *form, const char *refusal) {
    static const char *const kinds[] = { "dossier_individuel", "convention", "programme", "devis", NULL };
    Html *h = page_html(rq);
    Company company = { .name = "", .siret = "", .idcc = "", .funder_code = "", .funder_source = "" };
    Funder funder = { .name = "", .portal = "" };
    SumLines lines = { .count = 0 }, sent = { .count = 0 };
    DocLine docs[4];
    people_company(tx, dossier->company_id, &company);
    bool has = directory_funder(tx, company.funder_code, &funder);
    copy_lines(rq, tx, dossier, &company, &lines);
    sent_lines(rq, tx, dossier->id, &sent);
    State state = story_where(tx, THING(dossier, dossier->id));
    bool is_site = text_starts(funder.portal, "https://");
    RequestView view = { .form = form,
                         .action = url_print(rq->arena, "/dossiers/%s/demande", dossier->reference),
                         .portal = is_site ? url_print(rq->arena, "https://%s", funder.portal + 8)
                                           : (Url){ NULL },
                         .incomplete = act_url(rq, dossier, EVENT_missing_document),
                         .self_pay = url_print(rq->arena, "/dossiers/%s/payer", dossier->reference),
                         .company_url = url_print(rq->arena, "/entreprises/%ld", (int64_t)company.id.value),
                         .funder = funder.name,
                         .funder_source = company.funder_source,
                         .refusal = refusal,
                         .answer_day_count = funder.answer_day_count,
                         .lines = lines.at,
                         .sent = sent.at,
                         .line_count = lines.count,
                         .sent_count = state == STATE_dossier_request_sent ? sent.count : 0,
                         .docs = docs,
                         .doc_count = papers(rq, tx, dossier->id, kinds, docs),
                         .has_funder = has,
                         .may_send = state == STATE_dossier_signed && rq->viewer->role != ROLE_TRAINER,
                         .waits_signature = state < STATE_dossier_signed,
                         .is_company = rq->viewer->role == ROLE_COMPANY };
    view_funding_request(h, &view);
    funding_send_page(rq, h, form, FUNDING_T_REQUEST, dossier, refusal);
}

void funding_request_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (!funding_sees(rq, &tx, &dossier))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "sent_on", date_text(rq->arena, rq->today));
    show_request(rq, &tx, &dossier, form, NULL);
}

void funding_request_post(Request *rq) {
    if (rq->viewer->role == ROLE_COMPANY && !page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    if (!funding_sees(rq, &tx, &dossier))
        return;
    Date sent_on = form_date(form, "sent_on", funding_word(FUNDING_F_SENT_ON), REQUIRED);
    const char *ref = form_text(form, "funder_ref", funding_word(FUNDING_F_REF), OPTIONAL, 60);
    if (sent_on.days > rq->today.days)
        form_refuse(form, "sent_on", funding_word(FUNDING_F_SENT_ON), funding_word(FUNDING_SENT_AHEAD));
    if (!form_ok(form)) {
        show_request(rq, &tx, &dossier, form, NULL);
        return;
    }
    Act act = story_act(rq, EVENT_company_declares_request_sent, story_own_actor(rq));
    act.inputs = arena_print(rq->arena, "sent_on=%s\nfunder_ref=%s\n", date_iso(rq->arena, sent_on), ref);
    Outcome outcome = funding_send(&tx, dossier.id, sent_on, ref, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_request(rq, &look, &dossier, form, outcome.why);
        return;
    }
    funding_commit(rq, &tx, act.event, url_print(rq->arena, "/dossiers/%s", dossier.reference));
}

/* The answer */

static void show_answer(Request *rq, Tx *tx, const Dossier *dossier, Form *form, const char *refusal) {
    static const char *const kinds[] = { "answer", NULL };
    Html *h = page_html(rq);
    Company company = { .funder_code = "" };
    DocLine docs[1];
    people_company(tx, dossier->company_id, &company);
    Url refused = act_if(rq, tx, dossier, EVENT_refused);
    Url incomplete = act_if(rq, tx, dossier, EVENT_missing_document);
    Url self_pay = self_pay_if(rq, tx, dossier);
    AnswerView view = { .form = form,
                        .action = url_print(rq->arena, "/dossiers/%s/accord", dossier->reference),
                        .refused = refused,
                        .incomplete = incomplete,
                        .self_pay = self_pay,
                        .funder = funding_funder_name(tx, company.funder_code),
                        .refusal = refusal,
                        .docs = docs,
                        .doc_count = papers(rq, tx, dossier->id, kinds, docs),
                        .may_deposit = may(tx, dossier, EVENT_upload_agreement, story_own_actor(rq)),
                        .may_tell = !url_is_none(refused) || !url_is_none(incomplete) ||
                                    !url_is_none(self_pay) };
    view_funding_answer(h, &view);
    funding_send_page(rq, h, form, FUNDING_T_ANSWER, dossier, refusal);
}

void funding_answer_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (funding_sees(rq, &tx, &dossier))
        show_answer(rq, &tx, &dossier, form_empty(rq->arena, rq->today), NULL);
}

static bool is_accepted(const char *mime) {
    return text_same(mime, "application/pdf") || text_same(mime, "image/jpeg") ||
           text_same(mime, "image/png") || text_same(mime, "image/heic");
}

static bool is_known(Tx *tx, DossierId dossier_id, const char *sha256) {
    Answer last;
    Document document;
    return funding_answer(tx, dossier_id, &last) && document_get(tx, last.document_id, &document) &&
           text_same(document.sha256, sha256);
}

/* The file as it came; the message beside the field when it cannot be taken. */
static const Upload *file_of(Request *rq, Tx *tx, Form *form, const Dossier *dossier) {
    const Upload *upload = rq_upload(rq, "file");
    const char *label = funding_word(FUNDING_F_FILE);
    if (!upload)
        form_refuse(form, "file", label, funding_word(FUNDING_NO_FILE));
    else if (!is_accepted(upload->mime))
        form_refuse(form, "file", label, funding_word(FUNDING_BAD_FILE));
    else if (is_known(tx, dossier->id, upload->sha256))
        form_refuse(form, "file", label, funding_word(FUNDING_SAME_FILE));
    return form_ok(form) ? upload : NULL;
}

static DocumentId keep(Request *rq, Tx *tx, const Dossier *dossier, const Upload *upload) {
    NewDocument document = { .kind = "answer",
                             .title = funding_word(FUNDING_T_ANSWER),
                             .file_name = upload->file_name,
                             .mime = upload->mime,
                             .template_sha256 = "",
                             .key = arena_print(rq->arena, "answer-%lld-%lld-%s",
                                                (long long)dossier->id.value,
                                                (long long)rq->viewer->login_id.value, rq_key(rq)),
                             .made_by = rq->viewer->name,
                             .session_id = dossier->session_id,
                             .dossier_id = dossier->id,
                             .is_received = true,
                             .now = rq->now };
    return document_keep_fd(tx, &document, upload->fd, upload->size, upload->sha256);
}

/* This very form was done before: it leads on, whatever the state has become. */
static bool is_repeat(Request *rq, Tx *tx, const Dossier *dossier, const Upload *upload) {
    return upload && !may(tx, dossier, EVENT_upload_agreement, story_own_actor(rq)) &&
           is_known(tx, dossier->id, upload->sha256);
}

void funding_answer_post(Request *rq) {
    if (rq->viewer->role == ROLE_COMPANY && !page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    if (!funding_sees(rq, &tx, &dossier))
        return;
    Url back = url_print(rq->arena, "/dossiers/%s", dossier.reference);
    if (is_repeat(rq, &tx, &dossier, rq_upload(rq, "file"))) {
        reply_see(rq, back);
        return;
    }
    const Upload *upload = file_of(rq, &tx, form, &dossier);
    Act act = story_act(rq, EVENT_upload_agreement, story_own_actor(rq));
    Outcome outcome = { 0 };
    if (upload)
        outcome = funding_deposit(&tx, dossier.id, keep(rq, &tx, &dossier, upload), &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_answer(rq, &look, &dossier, form, upload ? outcome.why : NULL);
        return;
    }
    funding_commit(rq, &tx, act.event, back);
}
