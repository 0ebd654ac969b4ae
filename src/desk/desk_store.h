/* desk_store.h - what pages that show several rooms ask of the store: the worklist, lists, search, and who
 * may see what the story knows. Owns no table. */
#pragma once
#include "attendance_store.h"
#include "document_store.h"
#include "quality_store.h"

/* One dossier in a list. */
typedef struct WorkLine {
    DossierId   id;
    const char *reference, *company_name, *session_ref, *title, *follower;
    State       state;
    Date        late_on, starts_on;
    Money       price_cents;
    bool        is_stuck;
} WorkLine;
typedef struct WorkLines { WorkLine *at; size_t count; } WorkLines;

enum { WORK_PAGE = 25 };
typedef struct WorkAfter { Date late_on; DossierId dossier_id; } WorkAfter; /* where the page before ended */
/* What awaits staff (state STATE_UNBORN), or stands in a state; the most urgent first, keyset. */
WorkLines desk_work(Tx *tx, State state, WorkAfter after, int64_t most);
WorkLines desk_work_of_session(Tx *tx, SessionId session_id);
WorkLines desk_work_of_company(Tx *tx, CompanyId company_id);
WorkLines desk_work_newest(Tx *tx, int64_t most);
WorkLines desk_work_found(Tx *tx, const char *words); /* in reference, company, title */

typedef struct Tallies { int64_t of[STATE_COUNT]; } Tallies;
Tallies desk_tallies(Tx *tx); /* one query */

typedef struct SoonLine {
    const char *reference, *title, *company_name;
    Date        starts_on;
    State       dossier_state;
} SoonLine;
typedef struct SoonLines { SoonLine *at; size_t count; } SoonLines;
SoonLines desk_soon(Tx *tx, Date from);

typedef struct SessionItem {
    SessionId   id;
    const char *reference, *title, *city, *trainer_name;
    Date        starts_on, ends_on;
    State       state;
    int64_t     dossier_count;
} SessionItem;
typedef struct SessionItems { SessionItem *at; size_t count; } SessionItems;
SessionItems desk_sessions_from(Tx *tx, Date after_on, SessionId after_id, int64_t most);
SessionItems desk_sessions_in(Tx *tx, State state, int64_t most);
SessionItems desk_sessions_of(Tx *tx, TrainerId trainer_id, Date from);
SessionItems desk_sessions_found(Tx *tx, const char *words);

InvoiceId desk_invoice_numbered(Tx *tx, const char *reference); /* F-2026-00001; 0: none */
Companies desk_companies_by_siret(Tx *tx, const char *digits);  /* that begin so */

/* May this viewer see this thing at all; and what it hangs on. False: it is 404 for him. */
typedef struct Sight {
    Thing       thing;
    const char *reference; /* of the dossier or session, or its number: what its own pages are called by */
    const char *dossier_reference, *session_reference, *title; /* "" : none */
    DossierId   dossier_id;
    SessionId   session_id;
} Sight;
bool desk_see(Tx *tx, const Viewer *viewer, Thing thing, Sight *ret);
bool desk_document_seen(Tx *tx, const Viewer *viewer, DocumentId document_id, Document *ret);
/* Has the rooms that know tick their needs anew, before buttons are shown or an act is fired. */
void desk_check(Tx *tx, const Sight *sight, const Act *act);
/* One more reminder of the state in which a dossier stands; false: its state has none. */
bool desk_chase(Tx *tx, DossierId dossier_id, const char *key, Instant now);
