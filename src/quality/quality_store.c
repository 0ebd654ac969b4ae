#include "quality_store.h"

#include "date.h"
#include "people_store.h"
#include "quality_sql.h"
#include "session_store.h"

static const char *or_empty(const char *s) { return s ? s : ""; }

AuditId quality_audit_open(Tx *tx, const Audit *audit, const Act *act, const char **ret_why) {
    int year, month, day;
    date_split(instant_date(act->now), &year, &month, &day);
    int64_t number = session_next_number(tx, arena_print(tx->arena, "C-%d", year));
    const char *reference = arena_print(tx->arena, "C-%d-%04lld", year, (long long)number);
    AuditId id = audit_insert(tx, audit->dossier_id, reference, or_empty(audit->funder_code),
                              or_empty(audit->funder_ref), audit->asked_on, audit->due_on,
                              or_empty(audit->scope_text), or_empty(audit->auditor_email),
                              or_empty(audit->auditor_name), or_empty(act->person));
    Act born = *act;
    born.event = EVENT_demanded;
    Outcome outcome = story_fire(tx, THING(audit, id), THING(dossier, audit->dossier_id), born);
    if (!outcome.done) {
        *ret_why = outcome.why;
        return (AuditId){ 0 };
    }
    story_dates(tx, THING(audit, id), (Date){ 0 }, (Date){ 0 }, audit->due_on, act->now);
    return id;
}

static Audit audit_from(const AuditRow *row) {
    return (Audit){ .id = row->id,
                    .dossier_id = row->dossier_id,
                    .reference = row->reference,
                    .funder_code = row->funder_code,
                    .funder_ref = row->funder_ref,
                    .scope_text = row->scope_text,
                    .auditor_email = row->auditor_email,
                    .auditor_name = row->auditor_name,
                    .made_by = row->made_by,
                    .state = row->state,
                    .asked_on = row->asked_on,
                    .due_on = row->due_on,
                    .refund_cents = row->refund_cents };
}

bool quality_audit(Tx *tx, AuditId audit_id, Audit *ret) {
    AuditRow row;
    if (!audit_by_id(tx, audit_id, &row))
        return false;
    *ret = audit_from(&row);
    return true;
}

bool quality_seen(Tx *tx, const Viewer *viewer, AuditId audit_id, Audit *ret) {
    bool may = viewer->role == ROLE_STAFF ||
               (viewer->role == ROLE_AUDITOR && viewer->audit_id.value == audit_id.value);
    return may && quality_audit(tx, audit_id, ret);
}

static Audits audits_from(Tx *tx, AuditRows rows) {
    Audits all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = audit_from(&rows.at[i]);
    return all;
}

Audits quality_audits(Tx *tx, const char *state, int64_t most) {
    return audits_from(tx, *or_empty(state) ? audits_in_state(tx, state, most) : audits_newest(tx, most));
}

Audits quality_audits_of_dossier(Tx *tx, DossierId dossier_id) {
    return audits_from(tx, audits_of_dossier(tx, dossier_id));
}

void quality_refund_set(Tx *tx, AuditId audit_id, Money refund) { audit_refund(tx, refund, audit_id); }

const char *quality_audit_link(Tx *tx, AuditId audit_id, Instant expires_at, Instant now) {
    Audit audit;
    if (!quality_audit(tx, audit_id, &audit))
        return "";
    return people_link(tx,
                       &(NewLink){ .kind = "auditor",
                                   .email = audit.auditor_email,
                                   .path = "/a",
                                   .audit_id = audit_id,
                                   .dossier_id = audit.dossier_id,
                                   .now = now,
                                   .expires_at = expires_at },
                       NULL);
}

void quality_visit(Tx *tx, AuditId audit_id, const char *what, Instant now) {
    visit_insert(tx, audit_id, what, now);
}

Visits quality_visits(Tx *tx, AuditId audit_id) {
    VisitRows rows = visits_of(tx, audit_id);
    Visits all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = (Visit){ rows.at[i].what, rows.at[i].visited_at };
    return all;
}
