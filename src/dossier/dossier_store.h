/* dossier_store.h - one company's part in one session. Owns dossier, participant, signature; moves the
 * machine `dossier`. */
#pragma once
#include "db.h"
#include "ids.h"
#include "people_store.h"
#include "session_store.h"
#include "story_store.h"

typedef struct Dossier {
    DossierId   id;
    const char *reference;
    SessionId   session_id;
    CompanyId   company_id;
    Money       price_cents; /* before tax */
    bool        is_price_set;
    const char *payment_choice, *needs_text;
    AccountId   account_id; /* who follows it */
    Instant     created_at;
    int64_t     version;
} Dossier;
typedef struct Dossiers { Dossier *at; size_t count; } Dossiers;

typedef struct Participant {
    ParticipantId id;
    DossierId     dossier_id;
    const char   *civility, *first_name, *last_name, *email, *job;
    bool          is_gone;
} Participant;
typedef struct Participants { Participant *at; size_t count; } Participants;

typedef struct Signature {
    SignatureId id;
    DossierId   dossier_id;
    const char *what, *document_sha256, *signer_name, *signer_role, *email, *proof, *consent, *remote,
        *user_agent;
    DocumentId  document_id;
    Money       amount_cents;
    Instant     signed_at;
} Signature;

bool     dossier_get(Tx *tx, DossierId dossier_id, Dossier *ret);
/* As this viewer may see it: staff and advisers all, the trainer those of his sessions, the company its own
 * (a dossier link: that one only), the auditor the one of his audit, the participant his. */
bool     dossier_seen(Tx *tx, const Viewer *viewer, const char *reference, Dossier *ret);
bool     dossier_seen_id(Tx *tx, const Viewer *viewer, DossierId dossier_id, Dossier *ret);
Dossiers dossier_of_session(Tx *tx, SessionId session_id); /* alive and dead, by id */
Dossiers dossier_alive_of_session(Tx *tx, SessionId session_id);
Dossiers dossier_of_company(Tx *tx, CompanyId company_id);
Participants dossier_participants(Tx *tx, DossierId dossier_id); /* not those gone */
const char *dossier_names(Tx *tx, DossierId dossier_id); /* "Léa Fontaine, Inès Haddad" */
bool     dossier_participant(Tx *tx, ParticipantId participant_id, Participant *ret);

/* Adds a company to a session: number, row, birth (opened). The price follows the participants until set by
 * hand. */
DossierId dossier_open(Tx *tx, SessionId session_id, CompanyId company_id, const Act *act);
bool      dossier_save(Tx *tx, const Dossier *dossier);
ParticipantId dossier_participant_add(Tx *tx, const Participant *participant);
/* while preparing */
void      dossier_participants_set(Tx *tx, DossierId dossier_id, const Participants *people);
/* Before the start: the old one is kept as gone, the new one takes the place; fires trainee_replaced when
 * green. */
Outcome   dossier_participant_replace(Tx *tx, ParticipantId gone, const Participant *comes, const Act *act);
/* Ticks DOSSIER_IS_COMPLETE on each dossier and CLIENTS_ARE_NAMED, CLIENTS_ARE_COMPLETE, COMPANY_IS_ALONE on
 * the session; recomputes the price from the participants; story_dates. Called after every change. */
void      dossier_check(Tx *tx, SessionId session_id, Instant now);
SignatureId dossier_signature_add(Tx *tx, const Signature *signature);
/* the last one */
bool      dossier_signature(Tx *tx, DossierId dossier_id, const char *what, Signature *ret);
void      dossier_payment_choice_set(Tx *tx, DossierId dossier_id, const char *choice);
/* the trainer's fee of this dossier: the session's, split by price, to the cent */
Money     dossier_fee(Tx *tx, DossierId dossier_id);

/* Reactions. */
/* open_dossier_papers: documents_generated on each */
const char *dossier_open_papers(Tx *tx, const Cause *cause);
const char *dossier_cancel_all(Tx *tx, const Cause *cause);  /* cancel_dossiers */
/* move_dossiers: dates_changed on the green ones */
const char *dossier_move_all(Tx *tx, const Cause *cause);
