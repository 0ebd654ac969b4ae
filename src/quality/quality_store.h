/* quality_store.h - proof on demand: delivery audits and the auditor's room. Owns audit, audit_visit; moves
 * `audit`. */
#pragma once
#include "billing_store.h"
#include "db.h"
#include "ids.h"
#include "story_store.h"

typedef struct Audit {
    AuditId     id;
    DossierId   dossier_id;
    const char *reference, *funder_code, *funder_ref, *scope_text, *auditor_email, *auditor_name, *made_by,
        *state;
    Date        asked_on, due_on;
    Money       refund_cents;
} Audit;
typedef struct Audits { Audit *at; size_t count; } Audits;
/* Gives the number, keeps the row, its birth (demanded). 0: the story refused, *ret_why says why. */
AuditId quality_audit_open(Tx *tx, const Audit *audit, const Act *act, const char **ret_why);
bool    quality_audit(Tx *tx, AuditId audit_id, Audit *ret);
/* As this viewer may see it: staff all, the auditor his own; others none. */
bool    quality_seen(Tx *tx, const Viewer *viewer, AuditId audit_id, Audit *ret);
Audits  quality_audits(Tx *tx, const char *state, int64_t most); /* state "": all, newest first */
Audits  quality_audits_of_dossier(Tx *tx, DossierId dossier_id);
/* What the funder wants back; kept with the act refund_due. */
void    quality_refund_set(Tx *tx, AuditId audit_id, Money refund);
/* A scoped, expiring, revocable link for the auditor; its path. */
const char *quality_audit_link(Tx *tx, AuditId audit_id, Instant expires_at, Instant now);
void    quality_visit(Tx *tx, AuditId audit_id, const char *what, Instant now);
typedef struct Visit { const char *what; Instant visited_at; } Visit;
typedef struct Visits { Visit *at; size_t count; } Visits;
Visits  quality_visits(Tx *tx, AuditId audit_id); /* newest first */
