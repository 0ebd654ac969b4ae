#include <string.h>

#include "dossier_sql.h"
#include "dossier_store.h"
#include "money.h"
#include "text.h"

typedef struct Completeness {
    bool named, complete;
} Completeness;

/* A company is named by a contact who can be written to; complete with its SIRET, address and participants.
 */
static Completeness completeness(const Company *company, const Participants *people) {
    bool named = !text_is_empty(company->name) && !text_is_empty(company->email) &&
                 !text_is_empty(company->contact_last_name);
    bool people_named = people->count > 0;
    for (size_t i = 0; i < people->count; i++)
        people_named = people_named && !text_is_empty(people->at[i].first_name) &&
                       !text_is_empty(people->at[i].last_name) && !text_is_empty(people->at[i].email);
    bool known = !text_is_empty(company->siret) && !text_is_empty(company->address) &&
                 !text_is_empty(company->city);
    return (Completeness){ named, named && known && people_named };
}

static Completeness check_one(Tx *tx, const Session *session, const Dossier *dossier, Instant now) {
    Company company = { 0 };
    people_company(tx, dossier->company_id, &company);
    Participants people = dossier_participants(tx, dossier->id);
    dossier_price(tx, money_times(session->price_cents, (int64_t)people.count), dossier->id);
    dossier_words(
        tx,
        text_fold(tx->arena, arena_print(tx->arena, "%s %s %s %s %s", dossier->reference,
                                         company.name ? company.name : "", company.siret ? company.siret : "",
                                         session->title, session->reference)),
        dossier->id);
    Dossier after = *dossier;
    dossier_get(tx, dossier->id, &after);
    Completeness is = company.name ? completeness(&company, &people) : (Completeness){ 0 };
    Thing thing = THING(dossier, dossier->id);
    story_tick(tx, thing, DOSSIER_IS_COMPLETE, is.complete && after.price_cents.cents > 0, now);
    story_dates(tx, thing, session->starts_on, session->ends_on, (Date){ 0 }, now);
    return is;
}

void dossier_check(Tx *tx, SessionId session_id, Instant now) {
    Session session;
    if (!session_get(tx, session_id, &session))
        return;
    Dossiers all = dossier_alive_of_session(tx, session_id);
    Completeness every = { all.count > 0, all.count > 0 };
    for (size_t i = 0; i < all.count; i++) {
        Completeness one = check_one(tx, &session, &all.at[i], now);
        every.named = every.named && one.named;
        every.complete = every.complete && one.complete;
    }
    Thing thing = THING(session, session_id);
    story_tick(tx, thing, CLIENTS_ARE_NAMED, every.named, now);
    story_tick(tx, thing, CLIENTS_ARE_COMPLETE, every.complete, now);
    story_tick(tx, thing, COMPANY_IS_ALONE, all.count == 1, now);
}

/* What a trainer gets of the price when nobody has said otherwise; the setting "fee.bp" changes it. */
enum { FEE_BP = 6500 };

static Rate usual_fee(Tx *tx) {
    int32_t bp = 0;
    for (const char *s = people_setting(tx, "fee.bp"); *s >= '0' && *s <= '9' && bp < 10000; s++)
        bp = bp * 10 + (*s - '0');
    return (Rate){ bp ? bp : FEE_BP };
}

/* The fee is fixed at validation: the one that staff typed, else the usual share of the price. */
static void fix_fee(Tx *tx, SessionId session_id, const Dossiers *all) {
    Session session;
    Money sum = { 0 };
    for (size_t i = 0; i < all->count; i++)
        sum = money_add(sum, all->at[i].price_cents);
    if (session_get(tx, session_id, &session) && money_is_zero(session.fee_cents))
        session_fee_set(tx, session_id, money_rate(sum, usual_fee(tx)));
}

const char *dossier_open_papers(Tx *tx, const Cause *cause) {
    SessionId session_id = { cause->root_id.value };
    Dossiers all = dossier_alive_of_session(tx, session_id);
    fix_fee(tx, session_id, &all);
    for (size_t i = 0; i < all.count; i++) {
        Outcome outcome = story_follow(tx, THING(dossier, all.at[i].id), EVENT_documents_generated,
                                       &cause->act);
        if (!outcome.done)
            return outcome.why;
    }
    return NULL;
}

static bool is_between(State state, State first, State last) { return state >= first && state <= last; }

const char *dossier_cancel_all(Tx *tx, const Cause *cause) {
    Dossiers all = dossier_alive_of_session(tx, (SessionId){ cause->root_id.value });
    for (size_t i = 0; i < all.count; i++) {
        Thing thing = THING(dossier, all.at[i].id);
        if (!is_between(story_where(tx, thing), STATE_dossier_preparing, STATE_dossier_green))
            continue;
        Outcome outcome = story_follow(tx, thing, EVENT_session_cancelled, &cause->act);
        if (!outcome.done)
            return outcome.why;
    }
    return NULL;
}

/* A company that pays itself has no agreement to have changed: its green stays. */
static bool pays_itself(Tx *tx, DossierId dossier_id) {
    Signature commitment;
    return dossier_signature(tx, dossier_id, "commitment", &commitment);
}

const char *dossier_move_all(Tx *tx, const Cause *cause) {
    Dossiers all = dossier_alive_of_session(tx, (SessionId){ cause->root_id.value });
    dossier_check(tx, (SessionId){ cause->root_id.value }, cause->act.now);
    for (size_t i = 0; i < all.count; i++) {
        Thing thing = THING(dossier, all.at[i].id);
        if (story_where(tx, thing) != STATE_dossier_green || pays_itself(tx, all.at[i].id))
            continue;
        Outcome outcome = story_follow(tx, thing, EVENT_dates_changed, &cause->act);
        if (!outcome.done)
            return outcome.why;
    }
    return session_try_open(tx, cause); /* nobody has to ask anything anew: the light is green at once */
}
