#include "date.h"
#include "document_store.h"
#include "dossier_convention_html.h"
#include "dossier_form_pages.h"
#include "dossier_pages.h"
#include "dossier_replace_html.h"
#include "frame.h"
#include "story_pages.h"
#include "viewer.h"

enum { VAT_20_BP = 2000, LINES_MOST = 10 };

typedef struct Summary {
    SumLine at[LINES_MOST];
    size_t count;
} Summary;

static void line(Summary *s, DossierWord label, const char *value, bool is_total) {
    s->at[s->count++] = (SumLine){ .label = dossier_word(label), .value = value, .is_total = is_total };
}

static void price_lines(Request *rq, Tx *tx, const Dossier *dossier, Summary *s) {
    Organisation house = { .vat_regime = "" };
    people_organisation(tx, &house);
    Money net = dossier->price_cents, tax = { 0 };
    if (text_same(house.vat_regime, "vat_20"))
        tax = money_rate(net, (Rate){ VAT_20_BP });
    line(s, DOSSIER_S_PRICE, money_text(rq->arena, net), false);
    if (tax.cents)
        line(s, DOSSIER_S_VAT, money_text(rq->arena, tax), false);
    line(s, DOSSIER_S_TOTAL, money_text(rq->arena, money_add(net, tax)), true);
}

static void summary(Request *rq, Tx *tx, const Dossier *dossier, const Session *session, Summary *s) {
    line(s, DOSSIER_S_TITLE, session->title, false);
    if (!date_is_none(session->starts_on))
        line(s, DOSSIER_S_DATES, date_span(rq->arena, session->starts_on, session->ends_on), false);
    line(s, DOSSIER_S_HOURS, minutes_hours(rq->arena, session->duration_minutes), false);
    line(s, DOSSIER_S_PLACE,
         text_is_empty(session->city)
             ? session->address
             : arena_print(rq->arena, "%s, %s %s", session->address, session->postcode, session->city),
         false);
    line(s, DOSSIER_S_PEOPLE, dossier_names(tx, dossier->id), false);
    price_lines(rq, tx, dossier, s);
}

static size_t papers(Request *rq, Tx *tx, DossierId dossier_id, DocLine *ret) {
    static const char *const kinds[] = { "convention", "programme", "devis", "dossier_individuel" };
    size_t count = 0;
    Document document;
    for (size_t i = 0; i < 4; i++)
        if (document_last(tx, dossier_id, kinds[i], &document))
            ret[count++] = (DocLine){ .label = document.title,
                                      .about = document.file_name,
                                      .url = url_print(rq->arena, "/documents/%ld",
                                                       (int64_t)document.id.value) };
    return count;
}

static const char *signed_words(Arena *arena, const Signature *s) {
    const char *who = arena_print(arena, "%s, %s", s->signer_name, s->signer_role);
    return arena_print(arena, dossier_word(DOSSIER_SIGNED_BY_COMPANY), who, instant_text(arena, s->signed_at),
                       s->proof);
}

static void send(Request *rq, Html *h, const Form *form, DossierWord title, const Dossier *dossier,
                 const char *refusal) {
    page_send(
        rq,
        refusal         ? 409
        : form_ok(form) ? 200
                        : 422,
        &(Page){ .title = dossier_word(title),
                 .body = h,
                 .form = form,
                 .nav = "dossiers",
                 .crumbs = { { arena_print(rq->arena, dossier_word(DOSSIER_L_DOSSIER), dossier->reference),
                               url_print(rq->arena, "/dossiers/%s", dossier->reference) } } });
}

static void show_convention(Request *rq, Tx *tx, const Dossier *dossier, Form *form, const char *refusal) {
    Html *h = page_html(rq);
    Session session = { .title = "" };
    Company company = { .name = "" };
    Document convention = { .sha256 = "" };
    Signature signature;
    Summary sums = { .count = 0 };
    DocLine docs[4];
    session_get(tx, dossier->session_id, &session);
    people_company(tx, dossier->company_id, &company);
    summary(rq, tx, dossier, &session, &sums);
    bool is_signed = dossier_signature(tx, dossier->id, "convention", &signature);
    bool awaits = story_where(tx, THING(dossier, dossier->id)) == STATE_dossier_documents_sent;
    bool is_made = document_last(tx, dossier->id, "convention", &convention);
    ConventionView view = { .form = form,
                            .action = url_print(rq->arena, "/dossiers/%s/convention", dossier->reference),
                            .decline = url_print(rq->arena, "/acte/dossier/%ld/declined",
                                                 (int64_t)dossier->id.value),
                            .title = session.title,
                            .company = company.name,
                            .refusal = refusal,
                            .is_made = is_made,
                            .sha256 = convention.sha256,
                            .signed_text = is_signed ? signed_words(rq->arena, &signature) : NULL,
                            .lines = sums.at,
                            .line_count = sums.count,
                            .docs = docs,
                            .doc_count = papers(rq, tx, dossier->id, docs),
                            .may_sign = awaits && rq->viewer->role == ROLE_COMPANY };
    view_dossier_convention(h, &view);
    send(rq, h, form, DOSSIER_T_CONVENTION, dossier, refusal);
}

static bool seen(Request *rq, Tx *tx, Dossier *ret) {
    if (dossier_seen(tx, rq->viewer, rq_param(rq, "reference"), ret))
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

void dossier_convention_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (!seen(rq, &tx, &dossier))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    if (rq->viewer->role == ROLE_COMPANY)
        form_preset(form, "signer_name", rq->viewer->name);
    show_convention(rq, &tx, &dossier, form, NULL);
}

static Signature read_signature(Request *rq, Form *form, DossierId dossier_id) {
    const char *sure = dossier_word(DOSSIER_AUTHORITY_NEEDED);
    Signature s = { .dossier_id = dossier_id,
                    .what = "convention",
                    .email = rq->viewer->email,
                    .proof = dossier_word(DOSSIER_PROOF_BY_MAIL),
                    .consent = dossier_word(DOSSIER_CONSENT),
                    .remote = rq->remote,
                    .user_agent = rq->user_agent,
                    .signed_at = rq->now };
    s.signer_name = form_text(form, "signer_name", dossier_word(DOSSIER_F_SIGNER), REQUIRED, 120);
    s.signer_role = form_text(form, "signer_role", dossier_word(DOSSIER_F_ROLE), REQUIRED, 80);
    if (!form_tick(form, "authority"))
        form_refuse(form, "authority", dossier_word(DOSSIER_F_ROLE), sure);
    if (!form_tick(form, "consent"))
        form_refuse(form, "consent", dossier_word(DOSSIER_F_ROLE), sure);
    return s;
}

/* Signs the very paper that was read. */
static const char *sign(Request *rq, Tx *tx, Signature *signature) {
    Document convention;
    if (!document_last(tx, signature->dossier_id, "convention", &convention))
        return dossier_word(DOSSIER_CONVENTION_IS_MADE);
    bool is_first = story_where(tx, THING(dossier, signature->dossier_id)) == STATE_dossier_documents_sent;
    if (is_first && !text_same(convention.sha256, rq_field(rq, "sha256")))
        return dossier_word(DOSSIER_CONVENTION_CHANGED);
    signature->document_id = convention.id;
    signature->document_sha256 = convention.sha256;
    if (is_first) {
        dossier_signature_add(tx, signature);
        story_tick(tx, THING(dossier, signature->dossier_id), SIGNATORY_IS_SURE, true, rq->now);
    }
    Outcome outcome = story_fire(tx, THING(dossier, signature->dossier_id), (Thing){ 0 },
                                 story_act(rq, EVENT_agreement_signed, COMPANY));
    return outcome.done ? NULL : outcome.why;
}

void dossier_convention_post(Request *rq) {
    if (!page_needs_proof(rq))
        return;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    const char *why = NULL;
    Form *form = rq_form(rq);
    if (!seen(rq, &tx, &dossier))
        return;
    Signature signature = read_signature(rq, form, dossier.id);
    if (form_ok(form))
        why = sign(rq, &tx, &signature);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why || !form_ok(form)) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_convention(rq, &look, &dossier, form, why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, story_event_past(EVENT_agreement_signed));
    reply_see(rq, url_print(rq->arena, "/dossiers/%s", dossier.reference));
}

/* Another person takes a place */

static void show_replace(Request *rq, Tx *tx, const Dossier *dossier, Form *form, const char *refusal) {
    Html *h = page_html(rq);
    Participants people = dossier_participants(tx, dossier->id);
    Option *options = arena_zero(rq->arena, people.count + 1, sizeof *options);
    for (size_t i = 0; i < people.count; i++)
        options[i] = (Option){
            arena_print(rq->arena, "%lld", (long long)people.at[i].id.value),
            arena_print(rq->arena, "%s %s", people.at[i].first_name, people.at[i].last_name), people.at[i].job
        };
    ReplaceView view = { .form = form,
                         .action = url_print(rq->arena, "/dossiers/%s/remplacer", dossier->reference),
                         .people = options,
                         .people_count = people.count,
                         .refusal = refusal,
                         .is_green = story_where(tx, THING(dossier, dossier->id)) == STATE_dossier_green };
    view_dossier_replace(h, &view);
    send(rq, h, form, DOSSIER_T_REPLACE, dossier, refusal);
}

void dossier_replace_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (seen(rq, &tx, &dossier))
        show_replace(rq, &tx, &dossier, form_empty(rq->arena, rq->today), NULL);
}

static ParticipantId gone_of(Request *rq, Tx *tx, Form *form, DossierId dossier_id) {
    Participants people = dossier_participants(tx, dossier_id);
    const char **words = arena_zero(rq->arena, people.count + 1, sizeof *words);
    for (size_t i = 0; i < people.count; i++)
        words[i] = arena_print(rq->arena, "%lld", (long long)people.at[i].id.value);
    const char *chosen = form_choice(form, "gone", dossier_word(DOSSIER_F_GONE), REQUIRED, words);
    for (size_t i = 0; i < people.count; i++)
        if (text_same(chosen, words[i]))
            return people.at[i].id;
    return (ParticipantId){ 0 };
}

static Participant comes_of(Request *rq, Form *form) {
    Participant p = { .civility = "" };
    p.first_name = form_text(form, "first_name", dossier_word(DOSSIER_F_P_FIRST), REQUIRED, 80);
    p.last_name = form_text(form, "last_name", dossier_word(DOSSIER_F_P_LAST), REQUIRED, 80);
    p.email = arena_copy(rq->arena,
                         form_email(form, "email", dossier_word(DOSSIER_F_P_EMAIL), REQUIRED).text);
    p.job = form_text(form, "job", dossier_word(DOSSIER_F_P_JOB), OPTIONAL, 80);
    return p;
}

static const char *replace(Request *rq, Tx *tx, const Dossier *dossier, ParticipantId gone,
                           const Participant *comes) {
    Participant old = { .first_name = "" };
    State state = story_where(tx, THING(dossier, dossier->id));
    if (state < STATE_dossier_preparing || state > STATE_dossier_green)
        return dossier_word(DOSSIER_NOT_NOW);
    dossier_participant(tx, gone, &old);
    Act act = story_act(rq, EVENT_trainee_replaced, story_own_actor(rq));
    act.reason = arena_print(rq->arena, dossier_word(DOSSIER_REPLACED_BY), old.first_name, old.last_name,
                             comes->first_name, comes->last_name);
    Outcome outcome = dossier_participant_replace(tx, gone, comes, &act);
    return outcome.done ? NULL : outcome.why;
}

void dossier_replace_post(Request *rq) {
    if (rq->viewer->role == ROLE_COMPANY && !page_needs_proof(rq))
        return;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    const char *why = NULL;
    Form *form = rq_form(rq);
    if (!seen(rq, &tx, &dossier))
        return;
    ParticipantId gone = gone_of(rq, &tx, form, dossier.id);
    Participant comes = comes_of(rq, form);
    if (form_ok(form))
        why = replace(rq, &tx, &dossier, gone, &comes);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why || !form_ok(form)) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show_replace(rq, &look, &dossier, form, why);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, dossier_word(DOSSIER_REPLACED));
    reply_see(rq, url_print(rq->arena, "/dossiers/%s", dossier.reference));
}

void dossier_follow_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    if (!seen(rq, &tx, &dossier))
        return;
    dossier.account_id = rq->viewer->account_id;
    dossier_save(&tx, &dossier);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, dossier_word(DOSSIER_FOLLOWED));
    reply_see(rq, url_print(rq->arena, "/dossiers/%s", dossier.reference));
}
