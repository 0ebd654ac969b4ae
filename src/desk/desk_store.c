#include "desk_store.h"

#include <string.h>

#include "date.h"
#include "desk_sql.h"
#include "jobs.h"
#include "text.h"

/* ---- lists of dossiers ---- */

static WorkLines work_from(Tx *tx, WorkRows rows) {
    WorkLines all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++) {
        const WorkRow *row = &rows.at[i];
        all.at[i] = (WorkLine){ .id = row->id,
                                .reference = row->reference,
                                .company_name = row->company_name,
                                .session_ref = row->session_ref,
                                .title = row->title,
                                .follower = row->follower,
                                .state = story_state_named(row->state),
                                .late_on = row->late_on,
                                .starts_on = row->starts_on,
                                .price_cents = row->price_cents,
                                .is_stuck = row->is_stuck };
    }
    return all;
}

WorkLines desk_work(Tx *tx, State state, WorkAfter after, int64_t most) {
    Date from = date_is_none(after.late_on) ? (Date){ -1 } : after.late_on; /* none would be NULL */
    if (state == STATE_UNBORN)
        return work_from(tx, work_staff(tx, from, after.dossier_id, most));
    if (!story_within(state))
        return work_from(tx, work_undated(tx, story_state_name(state), after.dossier_id, most));
    return work_from(tx, work_state(tx, story_state_name(state), from, after.dossier_id, most));
}

WorkLines desk_work_of_session(Tx *tx, SessionId session_id) {
    return work_from(tx, work_session(tx, session_id));
}
WorkLines desk_work_of_company(Tx *tx, CompanyId company_id) {
    return work_from(tx, work_company(tx, company_id));
}
WorkLines desk_work_newest(Tx *tx, int64_t most) { return work_from(tx, work_newest(tx, most)); }

/* "%words%", with what LIKE would read as a joker put out of force. */
static const char *around(Tx *tx, const char *words) {
    Text out = text_new(tx->arena);
    text_add_char(&out, '%');
    for (const char *s = text_fold(tx->arena, words); *s; s++) {
        if (strchr("%_!", *s))
            text_add_char(&out, '!');
        text_add_char(&out, *s);
    }
    text_add_char(&out, '%');
    return out.p;
}

WorkLines desk_work_found(Tx *tx, const char *words) {
    return work_from(tx, work_found(tx, around(tx, words)));
}

Tallies desk_tallies(Tx *tx) {
    Tallies tallies = { 0 };
    TallyRows rows = tallies_of(tx);
    for (size_t i = 0; i < rows.count; i++)
        tallies.of[story_state_named(rows.at[i].state)] = rows.at[i].thing_count;
    return tallies;
}

SoonLines desk_soon(Tx *tx, Date from) {
    SoonRows rows = soon_rows(tx, from);
    SoonLines all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = (SoonLine){ .reference = rows.at[i].session_ref,
                                .title = rows.at[i].title,
                                .company_name = rows.at[i].company_name,
                                .starts_on = rows.at[i].starts_on,
                                .dossier_state = story_state_named(rows.at[i].dossier_state) };
    return all;
}

/* ---- lists of sessions ---- */

static SessionItems sessions_from(Tx *tx, SessionLines rows) {
    SessionItems all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++) {
        const SessionLine *row = &rows.at[i];
        all.at[i] = (SessionItem){ .id = row->id,
                                   .reference = row->reference,
                                   .title = row->title,
                                   .city = row->city,
                                   .trainer_name = row->trainer_name,
                                   .starts_on = row->starts_on,
                                   .ends_on = row->ends_on,
                                   .state = story_state_named(row->state),
                                   .dossier_count = row->dossier_count };
    }
    return all;
}

SessionItems desk_sessions_from(Tx *tx, Date after_on, SessionId after_id, int64_t most) {
    return sessions_from(tx, session_rows_from(tx, after_on, after_id, most));
}
SessionItems desk_sessions_in(Tx *tx, State state, int64_t most) {
    return sessions_from(tx, session_rows_in(tx, story_state_name(state), most));
}
SessionItems desk_sessions_of(Tx *tx, TrainerId trainer_id, Date from) {
    return sessions_from(tx, session_rows_of(tx, trainer_id, from));
}
SessionItems desk_sessions_found(Tx *tx, const char *words) {
    return sessions_from(tx, session_rows_found(tx, around(tx, words)));
}

/* ---- search by number ---- */

InvoiceId desk_invoice_numbered(Tx *tx, const char *reference) {
    const char *dash = strrchr(reference, '-');
    FoundInvoice found;
    if (!dash || dash == reference || strspn(dash + 1, "0123456789") != strlen(dash + 1) || strlen(dash) > 10)
        return (InvoiceId){ 0 };
    int64_t number = 0;
    for (const char *s = dash + 1; *s; s++)
        number = number * 10 + (*s - '0');
    const char *series = arena_copy_n(tx->arena, reference, (size_t)(dash - reference));
    return number && invoice_numbered(tx, series, number, &found) ? found.invoice_id : (InvoiceId){ 0 };
}

Companies desk_companies_by_siret(Tx *tx, const char *digits) {
    FoundCompanys rows = companies_by_siret(tx, digits, arena_print(tx->arena, "%s:", digits));
    Companies all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = (Company){
            .id = rows.at[i].id, .name = rows.at[i].name, .siret = rows.at[i].siret, .city = rows.at[i].city
        };
    return all;
}

bool desk_chase(Tx *tx, DossierId dossier_id, const char *key, Instant now) {
    Thing thing = THING(dossier, dossier_id);
    State state = story_where(tx, thing);
    const Row *chase = story_chase(state);
    if (!chase)
        return false;
    for (unsigned bit = 1; bit <= PAYER; bit <<= 1)
        if (chase->who & bit)
            jobs_add(tx, &(NewJob){ .kind = "mail",
                                    .what = chase->label,
                                    .who = story_actor_name(bit),
                                    .machine = story_machine_name(MACHINE_dossier),
                                    .thing_id = thing.id,
                                    .chain = "",
                                    .job_key = arena_print(tx->arena, "again:%s:%lld:%u", key,
                                                           (long long)dossier_id.value, bit),
                                    .due_at = now });
    return true;
}
