/* attendance_store.h - half-days, signatures, absences, certificates. Owns slot, certificat; moves the
 * machine `slot`. */
#pragma once
#include "db.h"
#include "dossier_store.h"
#include "ids.h"
#include "story_store.h"

typedef struct Slot {
    SlotId id;
    DossierId dossier_id;
    ParticipantId participant_id;
    HalfDayId half_day_id;
    Date held_on;
    int64_t starts_minutes, ends_minutes, attended_minutes;
    Instant signed_at, countersigned_at;
    const char *evidence, *absent_reason, *countersigned_by, *state;
} Slot;
typedef struct Slots {
    Slot *at;
    size_t count;
} Slots;

/* None of these gives cancelled ones. attended_minutes are the whole half-day once it is proved: closed after
 * a signature, or regularised; else 0. By day, hour, then dossier and participant. */
Slots attendance_of_half_day(Tx *tx, HalfDayId half_day_id);
Slots attendance_of_participant(Tx *tx, ParticipantId participant_id);
Slots attendance_of_dossier(Tx *tx, DossierId dossier_id);
bool attendance_slot_seen(Tx *tx, const Viewer *viewer, SlotId slot_id, Slot *ret);

/* Each refuses in the story's words. The window opens 15 minutes before the start and closes at the end of
 * the day; a click before the clock's own tour opens it. Signed twice is signed once. */
Outcome attendance_sign(Tx *tx, SlotId slot_id, const char *evidence, const Act *act);
Outcome attendance_absent(Tx *tx, SlotId slot_id, const char *reason, const Act *act);
/* Everybody's slot of the half-day: signed ones close with their whole minutes, absent ones with 0. Refused
 * before its end or while somebody is neither signed, absent nor regularised. */
Outcome attendance_countersign(Tx *tx, HalfDayId half_day_id, const Act *act);
/* ticks ALL_SLOTS_ARE_SETTLED, SLOT_IS_OVER, NO_CERTIFICATE_IS_SIGNED; called after every change of a slot
 * and before every act on the session or its slots. In an interrupted session what was still to come does
 * not count: it may end early. */
void attendance_check(Tx *tx, SessionId session_id, Instant now);

int64_t attendance_minutes(Tx *tx, ParticipantId participant_id); /* really attended, closed slots only */
typedef struct Certificat {
    CertificatId id;
    DossierId dossier_id;
    ParticipantId participant_id;
    int64_t attended_minutes;
    const char *skills, *attested_by, *signed_by;
    Instant attested_at, signed_at;
} Certificat;
/* Hours and skills (acquired, partly, not), told by the trainer or staff for him once the session has ended;
 * may be told again until signed. Refused for who attended nothing. */
Outcome attendance_attest(Tx *tx, ParticipantId participant_id, const char *skills, const Act *act);
bool attendance_certificat(Tx *tx, ParticipantId participant_id, Certificat *ret);
/* Signs the certificates of every participant of a dossier who attended at all, ticks
 * CERTIFICATES_ARE_SIGNED and fires delivered. Refused while one of them is not attested. Where nobody
 * attended there is none to sign. */
Outcome attendance_deliver(Tx *tx, DossierId dossier_id, const Act *act);

/* Reactions. */
/* plan_slots: one per participant and half-day, windows planned */
const char *attendance_plan(Tx *tx, const Cause *cause);
const char *attendance_cancel(Tx *tx, const Cause *cause); /* cancel_slots */
/* start_session: session_start, then what the changed slot means for the end of the session */
const char *attendance_start(Tx *tx, const Cause *cause);
