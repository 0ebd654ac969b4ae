#include "funding_store.h"

#include <string.h>

#include "date.h"
#include "funding_sql.h"
#include "money.h"
#include "text.h"

bool funding_request(Tx *tx, DossierId dossier_id, FundingRequest *ret) {
    RequestRow row;
    if (!request_last(tx, dossier_id, &row))
        return false;
    *ret = (FundingRequest){ .id = row.id,
                             .dossier_id = row.dossier_id,
                             .version = row.version,
                             .planned_minutes = row.planned_minutes,
                             .participant_count = row.participant_count,
                             .funder_code = row.funder_code,
                             .circuit_wished = row.circuit_wished,
                             .funder_ref = row.funder_ref,
                             .missing = row.missing,
                             .requested_cents = row.requested_cents,
                             .starts_on = row.starts_on,
                             .ends_on = row.ends_on,
                             .sent_on = row.sent_on,
                             .incomplete_on = row.incomplete_on };
    return true;
}

bool funding_answer(Tx *tx, DossierId dossier_id, Answer *ret) {
    AnswerRow row;
    if (!answer_last(tx, dossier_id, &row))
        return false;
    *ret = (Answer){ .id = row.id,
                     .dossier_id = row.dossier_id,
                     .version = row.version,
                     .granted_minutes = row.granted_minutes,
                     .participant_count = row.participant_count,
                     .document_id = row.document_id,
                     .deposited_by = row.deposited_by,
                     .verdict = row.verdict,
                     .funder_code = row.funder_code,
                     .file_number = row.file_number,
                     .company_siret = row.company_siret,
                     .circuit = row.circuit,
                     .note = row.note,
                     .typed_by = row.typed_by,
                     .deposited_at = row.deposited_at,
                     .typed_at = row.typed_at,
                     .letter_on = row.letter_on,
                     .starts_on = row.starts_on,
                     .ends_on = row.ends_on,
                     .invoice_by_on = row.invoice_by_on,
                     .granted_cents = row.granted_cents,
                     .direct_cents = row.direct_cents };
    return true;
}

/* What the OPCO has been, or would be, asked: the session as it stands, the teaching cost before tax. */
Asked funding_asked(Tx *tx, DossierId dossier_id) {
    Dossier dossier;
    Session session = { 0 };
    Company company = { .funder_code = "", .siret = "" };
    FundingRequest request;
    if (!dossier_get(tx, dossier_id, &dossier))
        return (Asked){ .funder_code = "", .company_siret = "", .circuit_wished = "" };
    session_get(tx, dossier.session_id, &session);
    people_company(tx, dossier.company_id, &company);
    Asked asked = { .funder_code = company.funder_code,
                    .company_siret = company.siret,
                    .circuit_wished = dossier.payment_choice,
                    .requested = dossier.price_cents,
                    .minutes = session.duration_minutes,
                    .participants = (int64_t)dossier_participants(tx, dossier_id).count,
                    .starts_on = session.starts_on,
                    .ends_on = session.ends_on };
    if (funding_request(tx, dossier_id, &request)) /* the amount asked is a fact of the request */
        asked.requested = request.requested_cents;
    return asked;
}

Granted funding_granted(const Answer *a) {
    return (Granted){ .funder_code = a->funder_code,
                      .company_siret = a->company_siret,
                      .circuit = a->circuit,
                      .file_number = a->file_number,
                      .granted = a->granted_cents,
                      .direct = a->direct_cents,
                      .minutes = a->granted_minutes,
                      .participants = a->participant_count,
                      .letter_on = a->letter_on,
                      .starts_on = a->starts_on,
                      .ends_on = a->ends_on,
                      .invoice_by_on = a->invoice_by_on };
}

static Outcome fire(Tx *tx, DossierId dossier_id, Event event, const Act *act) {
    Act own = *act;
    own.event = event;
    return story_fire(tx, THING(dossier, dossier_id), (Thing){ 0 }, own);
}

Outcome funding_send(Tx *tx, DossierId dossier_id, Date sent_on, const char *funder_ref, const Act *act) {
    FundingRequest last = { 0 };
    Asked asked = funding_asked(tx, dossier_id);
    funding_request(tx, dossier_id, &last);
    request_insert(tx, dossier_id, last.version + 1, asked.funder_code, asked.requested, asked.minutes,
                   asked.participants, asked.starts_on, asked.ends_on, asked.circuit_wished,
                   funder_ref ? funder_ref : "", sent_on, act->now);
    return fire(tx, dossier_id, EVENT_company_declares_request_sent, act);
}

Outcome funding_deposit(Tx *tx, DossierId dossier_id, DocumentId document_id, const Act *act) {
    Answer last = { 0 };
    Thing thing = THING(dossier, dossier_id);
    funding_answer(tx, dossier_id, &last);
    answer_insert(tx, dossier_id, last.version + 1, document_id, act->person ? act->person : "", act->now);
    story_tick(tx, thing, ANSWER_IS_DEPOSITED, true, act->now);
    story_tick(tx, thing, ANSWER_IS_TYPED, false, act->now);
    story_tick(tx, thing, GRANT_COVERS_SESSION, false, act->now);
    story_tick(tx, thing, GRANT_IS_WHOLE, false, act->now);
    story_tick(tx, thing, GRANT_IS_PARTIAL, false, act->now);
    story_tick(tx, thing, SHARE_IS_ACCEPTED, false, act->now);
    return fire(tx, dossier_id, EVENT_upload_agreement, act);
}

void funding_type(Tx *tx, AnswerId answer_id, const Answer *v, const Act *act) {
    answer_typed(tx, v->funder_code, v->file_number, v->letter_on, v->company_siret, v->starts_on, v->ends_on,
                 v->granted_minutes, v->participant_count, v->granted_cents, v->circuit, v->direct_cents,
                 v->invoice_by_on, v->note ? v->note : "", act->person ? act->person : "", act->now,
                 answer_id);
    Asked asked = funding_asked(tx, v->dossier_id);
    Granted granted = funding_granted(v);
    Differences all = funding_compare(tx->arena, &asked, &granted, instant_date(act->now));
    Thing thing = THING(dossier, v->dossier_id);
    Dossier dossier = { 0 };
    dossier_get(tx, v->dossier_id, &dossier);
    bool whole = money_compare(v->granted_cents, asked.requested) >= 0;
    story_tick(tx, thing, ANSWER_IS_TYPED, true, act->now);
    story_tick(tx, thing, GRANT_COVERS_SESSION, all.blocking == 0 && !text_is_empty(v->circuit), act->now);
    story_tick(tx, thing, GRANT_IS_WHOLE, whole, act->now);
    story_tick(tx, thing, GRANT_IS_PARTIAL, !whole && v->granted_cents.cents > 0, act->now);
}

static const char *verdict_of(Event event) {
    switch (event) {
    case EVENT_control_ok: return "granted";
    case EVENT_partial_amount: return "granted_partly";
    case EVENT_refused: return "refused";
    case EVENT_control_ko: return "sent_back";
    default: return "";
    }
}

void funding_missing(Tx *tx, DossierId dossier_id, const char *document, Instant now) {
    FundingRequest request;
    if (funding_request(tx, dossier_id, &request))
        request_missing(tx, instant_date(now), document, request.id);
}

Outcome funding_decide(Tx *tx, DossierId dossier_id, Event event, const Act *act) {
    Answer answer;
    if (*verdict_of(event) && funding_answer(tx, dossier_id, &answer))
        answer_verdict(tx, verdict_of(event), answer.id);
    return fire(tx, dossier_id, event, act);
}

Outcome funding_accept_share(Tx *tx, DossierId dossier_id, const Signature *signature, const Act *act) {
    dossier_signature_add(tx, signature);
    story_tick(tx, THING(dossier, dossier_id), SHARE_IS_ACCEPTED, true, act->now);
    return fire(tx, dossier_id, EVENT_company_accepts_share, act);
}

Outcome funding_self_pay(Tx *tx, DossierId dossier_id, const Signature *signature, const Act *act) {
    Thing thing = THING(dossier, dossier_id);
    bool was_refused = story_where(tx, thing) == STATE_dossier_refused;
    dossier_signature_add(tx, signature);
    story_tick(tx, thing, COMMITMENT_IS_SIGNED, true, act->now);
    return fire(tx, dossier_id, was_refused ? EVENT_company_accepts_to_pay : EVENT_company_pays_itself, act);
}

/* A commitment signed after the last answer means: without OPCO. A later answer takes over again. */
static bool is_self_paid(Tx *tx, DossierId dossier_id, const Answer *answer) {
    Signature commitment;
    return dossier_signature(tx, dossier_id, "commitment", &commitment) &&
           (!answer || commitment.signed_at.ms >= answer->deposited_at.ms);
}

bool funding_plan(Tx *tx, DossierId dossier_id, Plan *ret) {
    Dossier dossier;
    Answer answer;
    if (!dossier_get(tx, dossier_id, &dossier))
        return false;
    bool answered = funding_answer(tx, dossier_id, &answer);
    if (is_self_paid(tx, dossier_id, answered ? &answer : NULL)) {
        *ret = (Plan){
            .circuit = "self", .funder_code = "", .file_number = "", .shares = { { 0 }, dossier.price_cents }
        };
        return true;
    }
    if (!answered || !answer.typed_at.ms || text_is_empty(answer.circuit) ||
        text_same(answer.verdict, "refused"))
        return false;
    *ret = (Plan){ .circuit = answer.circuit,
                   .funder_code = answer.funder_code,
                   .file_number = answer.file_number,
                   .shares = funding_shares(dossier.price_cents, answer.granted_cents, answer.direct_cents,
                                            answer.circuit),
                   .invoice_by_on = answer.invoice_by_on };
    return true;
}

Waitings funding_waiting(Tx *tx) {
    Waitings all = { 0 };
    WaitingAnswers rows = answers_waiting(tx);
    for (size_t i = 0; i < rows.count; i++)
        *(Waiting *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = (Waiting){ .dossier_id = rows.at[i].dossier_id,
                                                            .reference = rows.at[i].reference,
                                                            .company_name = rows.at[i].company_name,
                                                            .title = rows.at[i].title,
                                                            .starts_on = rows.at[i].starts_on,
                                                            .since = rows.at[i].entered_at,
                                                            .price_cents = rows.at[i].price_cents };
    return all;
}
