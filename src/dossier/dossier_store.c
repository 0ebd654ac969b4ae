#include "dossier_store.h"

#include <string.h>

#include "date.h"
#include "dossier_sql.h"
#include "money.h"
#include "text.h"

static Dossier dossier_from(const DossierRow *row) {
    return (Dossier){ .id = row->id,
                      .reference = row->reference,
                      .session_id = row->session_id,
                      .company_id = row->company_id,
                      .price_cents = row->price_cents,
                      .is_price_set = row->is_price_set,
                      .payment_choice = row->payment_choice,
                      .needs_text = row->needs_text,
                      .account_id = row->account_id,
                      .created_at = row->created_at,
                      .version = row->version };
}

static Dossiers dossiers_from(Tx *tx, DossierRows rows) {
    Dossiers all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Dossier *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = dossier_from(&rows.at[i]);
    return all;
}

bool dossier_get(Tx *tx, DossierId dossier_id, Dossier *ret) {
    DossierRow row;
    if (!dossier_by_id(tx, dossier_id, &row))
        return false;
    *ret = dossier_from(&row);
    return true;
}

/* The one rule of who sees a dossier. */
static bool sees(Tx *tx, const Viewer *v, const DossierSight *d) {
    ParticipantRow one;
    if (v->dossier_id.value && v->dossier_id.value != d->id.value)
        return false; /* a scoped link shows its dossier alone */
    switch (v->role) {
    case ROLE_STAFF:
    case ROLE_ADVISER: return true;
    case ROLE_TRAINER: return v->trainer_id.value && v->trainer_id.value == d->trainer_id.value;
    case ROLE_COMPANY:
        return v->dossier_id.value || (v->company_id.value && v->company_id.value == d->company_id.value);
    case ROLE_AUDITOR: return v->dossier_id.value == d->id.value;
    case ROLE_PARTICIPANT:
        return participant_by_id(tx, v->participant_id, &one) && one.dossier_id.value == d->id.value;
    default: return false;
    }
}

bool dossier_seen(Tx *tx, const Viewer *viewer, const char *reference, Dossier *ret) {
    DossierSight sight;
    return dossier_by_reference(tx, reference, &sight) && sees(tx, viewer, &sight) &&
           dossier_get(tx, sight.id, ret);
}

bool dossier_seen_id(Tx *tx, const Viewer *viewer, DossierId dossier_id, Dossier *ret) {
    DossierSight sight;
    return dossier_sight(tx, dossier_id, &sight) && sees(tx, viewer, &sight) &&
           dossier_get(tx, dossier_id, ret);
}

Dossiers dossier_of_session(Tx *tx, SessionId session_id) {
    return dossiers_from(tx, dossiers_of_session(tx, session_id));
}
Dossiers dossier_alive_of_session(Tx *tx, SessionId session_id) {
    return dossiers_from(tx, dossiers_alive(tx, session_id));
}
Dossiers dossier_of_company(Tx *tx, CompanyId company_id) {
    return dossiers_from(tx, dossiers_of_company(tx, company_id));
}

static Participant participant_from(const ParticipantRow *row) {
    return (Participant){ .id = row->id,
                          .dossier_id = row->dossier_id,
                          .civility = row->civility,
                          .first_name = row->first_name,
                          .last_name = row->last_name,
                          .email = row->email,
                          .job = row->job,
                          .is_gone = row->is_gone };
}

Participants dossier_participants(Tx *tx, DossierId dossier_id) {
    Participants all = { 0 };
    ParticipantRows rows = participants_of(tx, dossier_id);
    for (size_t i = 0; i < rows.count; i++)
        *(Participant *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                                   sizeof *all.at) = participant_from(&rows.at[i]);
    return all;
}

const char *dossier_names(Tx *tx, DossierId dossier_id) {
    Participants all = dossier_participants(tx, dossier_id);
    Text text = text_new(tx->arena);
    text_add(&text, "");
    for (size_t i = 0; i < all.count; i++)
        text_print(&text, "%s%s %s", i ? ", " : "", all.at[i].first_name, all.at[i].last_name);
    return text.p;
}

bool dossier_participant(Tx *tx, ParticipantId participant_id, Participant *ret) {
    ParticipantRow row;
    if (!participant_by_id(tx, participant_id, &row))
        return false;
    *ret = participant_from(&row);
    return true;
}

static const char *or_empty(const char *s) { return s ? s : ""; }

DossierId dossier_open(Tx *tx, SessionId session_id, CompanyId company_id, const Act *act) {
    int year, month, day;
    date_split(instant_date(act->now), &year, &month, &day);
    const char *reference = arena_print(
        tx->arena, "%d-%04lld", year,
        (long long)session_next_number(tx, arena_print(tx->arena, "dossier-%d", year)));
    DossierId id = dossier_insert(tx, reference, session_id, company_id,
                                  act->actor == STAFF ? act->account_id : (AccountId){ 0 }, "", act->now);
    Act born = *act;
    born.event = EVENT_opened;
    born.actor = CLOCK;
    born.request_key = NULL;
    story_fire(tx, THING(dossier, id), THING(session, session_id), born);
    dossier_check(tx, session_id, act->now);
    return id;
}

bool dossier_save(Tx *tx, const Dossier *d) {
    return dossier_update(tx, d->price_cents, d->is_price_set, or_empty(d->payment_choice),
                          or_empty(d->needs_text), d->account_id, d->id, d->version) == 1;
}

ParticipantId dossier_participant_add(Tx *tx, const Participant *p) {
    return participant_insert(tx, p->dossier_id, or_empty(p->civility), or_empty(p->first_name),
                              or_empty(p->last_name), or_empty(p->email), or_empty(p->job));
}

/* Those who keep their place in the list keep their row; what is left over is marked as gone. */
void dossier_participants_set(Tx *tx, DossierId dossier_id, const Participants *people) {
    Participants now = dossier_participants(tx, dossier_id);
    for (size_t i = 0; i < people->count; i++) {
        Participant p = people->at[i];
        p.dossier_id = dossier_id;
        if (i < now.count)
            participant_update(tx, or_empty(p.civility), or_empty(p.first_name), or_empty(p.last_name),
                               or_empty(p.email), or_empty(p.job), now.at[i].id);
        else
            dossier_participant_add(tx, &p);
    }
    for (size_t i = people->count; i < now.count; i++)
        participant_gone(tx, now.at[i].id);
}

Outcome dossier_participant_replace(Tx *tx, ParticipantId gone, const Participant *comes, const Act *act) {
    Participant old;
    if (!dossier_participant(tx, gone, &old) || old.is_gone)
        return (Outcome){ .why = story_need_message(DOSSIER_IS_COMPLETE), .missing = DOSSIER_IS_COMPLETE };
    Participant fresh = *comes;
    fresh.dossier_id = old.dossier_id;
    people_setting_set(tx, arena_print(tx->arena, "dossier.%lld.former", (long long)old.dossier_id.value),
                       dossier_names(tx, old.dossier_id)); /* for the avenant */
    participant_gone(tx, gone);
    dossier_participant_add(tx, &fresh);
    Dossier dossier = { 0 };
    dossier_get(tx, old.dossier_id, &dossier);
    dossier_check(tx, dossier.session_id, act->now);
    Thing thing = THING(dossier, old.dossier_id);
    if (story_where(tx, thing) != STATE_dossier_green)
        return (Outcome){ .done = true };
    Act replaced = *act;
    replaced.event = EVENT_trainee_replaced;
    return story_fire(tx, thing, (Thing){ 0 }, replaced);
}

SignatureId dossier_signature_add(Tx *tx, const Signature *s) {
    return signature_insert(tx, s->dossier_id, s->what, s->document_id, or_empty(s->document_sha256),
                            or_empty(s->signer_name), or_empty(s->signer_role), or_empty(s->email),
                            or_empty(s->proof), or_empty(s->consent), or_empty(s->remote),
                            or_empty(s->user_agent), s->amount_cents, s->signed_at);
}

bool dossier_signature(Tx *tx, DossierId dossier_id, const char *what, Signature *ret) {
    SignatureRow row;
    if (!signature_last(tx, dossier_id, what, &row))
        return false;
    *ret = (Signature){ .id = row.id,
                        .dossier_id = row.dossier_id,
                        .what = row.what,
                        .document_id = row.document_id,
                        .document_sha256 = row.document_sha256,
                        .signer_name = row.signer_name,
                        .signer_role = row.signer_role,
                        .email = row.email,
                        .proof = row.proof,
                        .consent = row.consent,
                        .remote = row.remote,
                        .user_agent = row.user_agent,
                        .amount_cents = row.amount_cents,
                        .signed_at = row.signed_at };
    return true;
}

void dossier_payment_choice_set(Tx *tx, DossierId dossier_id, const char *choice) {
    dossier_choice(tx, choice, dossier_id);
}

Money dossier_fee(Tx *tx, DossierId dossier_id) {
    Dossier dossier;
    Session session;
    if (!dossier_get(tx, dossier_id, &dossier) || !session_get(tx, dossier.session_id, &session))
        return (Money){ 0 };
    Dossiers all = dossier_alive_of_session(tx, session.id);
    int64_t before = 0, mine = 0, sum = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (all.at[i].id.value < dossier_id.value)
            before += all.at[i].price_cents.cents;
        if (all.at[i].id.value == dossier_id.value)
            mine = all.at[i].price_cents.cents;
        sum += all.at[i].price_cents.cents;
    }
    return sum ? money_share(session.fee_cents, before, mine, sum) : (Money){ 0 };
}
