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
AuditId quality_audit_open(Tx *tx, const Audit *audit, const Act *act);
bool    quality_audit(Tx *tx, AuditId audit_id, Audit *ret);
Audits  quality_audits(Tx *tx, const char *state, int64_t most);
Audits  quality_audits_of_dossier(Tx *tx, DossierId dossier_id);
/* A scoped, expiring, revocable link for the auditor; its path. */
const char *quality_audit_link(Tx *tx, AuditId audit_id, Instant expires_at, Instant now);
void    quality_visit(Tx *tx, AuditId audit_id, const char *what, Instant now);
