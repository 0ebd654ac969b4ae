/* viewer.h - who looks, and what he may see. Every query of a page goes through a Viewer: what is not his is
 * not found. */
#pragma once
#include "ids.h"
#include "types.h"

enum Role {
    ROLE_NOBODY = 0,
    ROLE_STAFF = 1,
    ROLE_ADVISER = 2,
    ROLE_TRAINER = 4,
    ROLE_COMPANY = 8,
    ROLE_PARTICIPANT = 16,
    ROLE_AUDITOR = 32
};
enum { ROLE_ANYBODY = 64 }; /* in routes: also without login */

struct Viewer {
    unsigned      role; /* one of enum Role */
    AccountId     account_id;
    LoginId       login_id;
    CompanyId     company_id;     /* company */
    TrainerId     trainer_id;     /* trainer */
    ParticipantId participant_id; /* participant link */
    DossierId     dossier_id;     /* a dossier link: nothing else is seen */
    AuditId       audit_id;       /* auditor link */
    const char   *name, *email;   /* "Camille Roussel" */
    bool          is_proved;      /* a code was typed on this device lately: may act; staff: TOTP done */
};

bool viewer_sees_all(const Viewer *viewer); /* staff; advisers see companies and dossiers but do not act */
const char *viewer_role_name(unsigned role);
unsigned    viewer_role_named(const char *name);
