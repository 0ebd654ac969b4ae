#include "attendance_store.h"

#include <string.h>

#include "attendance_sql.h"
#include "attendance_words.h"
#include "date.h"
#include "session_store.h"
#include "text.h"

/* What the state and the signature prove: nobody stores minutes that could say something else. */
static int64_t proved_minutes(const SlotRow *row) {
    State state = story_state_named(row->state);
    bool closed = state == STATE_slot_closed && row->signed_at.ms;
    return closed || state == STATE_slot_closed_exception ? row->ends_minutes - row->starts_minutes : 0;
}

/* The story's own form of the act keeps the reason in the journal only. */
static const char *reason_of(Tx *tx, const SlotRow *row) {
    State state = story_state_named(row->state);
    bool was_away = state == STATE_slot_absent || (state == STATE_slot_closed && !row->signed_at.ms);
    if (!was_away || !text_is_empty(row->absent_reason))
        return was_away ? row->absent_reason : "";
    Lines lines = story_lines(tx, THING(slot, row->id));
    for (size_t i = lines.count; i-- > 0;)
        if (text_same(lines.at[i].event, story_event_name(EVENT_mark_absent)))
            return lines.at[i].reason;
    return "";
}

static Slot slot_from(Tx *tx, const SlotRow *row) {
    return (Slot){ .id = row->id,
                   .dossier_id = row->dossier_id,
                   .participant_id = row->participant_id,
                   .half_day_id = row->half_day_id,
                   .held_on = row->held_on,
                   .starts_minutes = row->starts_minutes,
                   .ends_minutes = row->ends_minutes,
                   .attended_minutes = proved_minutes(row),
                   .signed_at = row->signed_at,
                   .countersigned_at = row->countersigned_at,
                   .evidence = row->evidence,
                   .absent_reason = reason_of(tx, row),
                   .countersigned_by = row->countersigned_by,
                   .state = row->state };
}

static Slots slots_from(Tx *tx, SlotRows rows) {
    Slots all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Slot *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = slot_from(tx,
                                                                                                 &rows.at[i]);
    return all;
}

Slots attendance_of_half_day(Tx *tx, HalfDayId half_day_id) {
    return slots_from(tx, slots_of_half_day(tx, half_day_id));
}
Slots attendance_of_participant(Tx *tx, ParticipantId participant_id) {
    return slots_from(tx, slots_of_participant(tx, participant_id));
}
Slots attendance_of_dossier(Tx *tx, DossierId dossier_id) {
    return slots_from(tx, slots_of_dossier(tx, dossier_id));
}

bool attendance_slot_seen(Tx *tx, const Viewer *viewer, SlotId slot_id, Slot *ret) {
    SlotRow row;
    Dossier dossier;
    if (!slot_by_id(tx, slot_id, &row) || !dossier_seen_id(tx, viewer, row.dossier_id, &dossier))
        return false;
    if (viewer->role == ROLE_PARTICIPANT && viewer->participant_id.value != row.participant_id.value)
        return false;
    *ret = slot_from(tx, &row);
    return true;
}

static Outcome refused(const char *why) { return (Outcome){ .why = why }; }

static SessionId session_of(Tx *tx, DossierId dossier_id) {
    Dossier dossier = { 0 };
    dossier_get(tx, dossier_id, &dossier);
    return dossier.session_id;
}

/* "La signature ouvre a 8 h 45.", with the day when it is another. */
static const char *not_yet(Tx *tx, const SlotRow *row, Instant opens_at, Instant now) {
    if (instant_date(now).days == row->held_on.days)
        return arena_print(tx->arena, "%s %s.", attendance_word(WORD_NOT_YET),
                           minutes_clock(tx->arena, row->starts_minutes - OPENS_BEFORE_MINUTES));
    return arena_print(tx->arena, "%s %s.", attendance_word(WORD_NOT_YET_DAY),
                       instant_prose(tx->arena, opens_at));
}

/* The clock's own tour comes a little later than a quick finger: who may sign now is not sent away. */
static Outcome open_now(Tx *tx, const SlotRow *row, const Act *act) {
    Instant opens_at = instant_at(row->held_on, (int)row->starts_minutes - OPENS_BEFORE_MINUTES);
    if (act->now.ms < opens_at.ms)
        return refused(not_yet(tx, row, opens_at, act->now));
    if (act->now.ms >= instant_at(row->held_on, CLOSES_AT_MINUTES).ms)
        return refused(attendance_word(WORD_TOO_LATE));
    if (!strcmp(row->state, story_state_name(STATE_slot_planned)))
        return story_follow(tx, THING(slot, row->id), EVENT_open_window, act);
    return (Outcome){ .done = true };
}

Outcome attendance_sign(Tx *tx, SlotId slot_id, const char *evidence, const Act *act) {
    SlotRow row;
    if (!slot_by_id(tx, slot_id, &row))
        return refused(story_say(SAY_NOT_HERE));
    State state = story_state_named(row.state);
    if ((state == STATE_slot_signed || state == STATE_slot_closed) && row.signed_at.ms)
        return (Outcome){ .done = true, .is_repeat = true };
    if (state == STATE_slot_late)
        return refused(attendance_word(WORD_TOO_LATE));
    if (state == STATE_slot_planned || state == STATE_slot_open) {
        Outcome opened = open_now(tx, &row, act);
        if (!opened.done)
            return opened;
    }
    Act signs = *act;
    signs.event = EVENT_trainee_signs;
    Outcome outcome = story_fire(tx, THING(slot, slot_id), (Thing){ 0 }, signs);
    if (outcome.done && !outcome.is_repeat)
        slot_signed(tx, act->now, evidence ? evidence : "", slot_id);
    return outcome;
}

Outcome attendance_absent(Tx *tx, SlotId slot_id, const char *reason, const Act *act) {
    SlotRow row;
    if (!slot_by_id(tx, slot_id, &row))
        return refused(story_say(SAY_NOT_HERE));
    if (!strcmp(row.state, story_state_name(STATE_slot_planned))) {
        Outcome opened = open_now(tx, &row, act);
        if (!opened.done)
            return opened;
    }
    Act absent = *act;
    absent.event = EVENT_mark_absent;
    absent.reason = reason;
    Outcome outcome = story_fire(tx, THING(slot, slot_id), (Thing){ 0 }, absent);
    if (outcome.done && !outcome.is_repeat)
        slot_missed(tx, reason ? reason : "", slot_id);
    return outcome;
}

static Outcome countersign_all(Tx *tx, SlotRows rows, const Act *act) {
    size_t closed = 0;
    for (size_t i = 0; i < rows.count; i++) {
        State state = story_state_named(rows.at[i].state);
        if (state == STATE_slot_closed || state == STATE_slot_closed_exception)
            continue;
        Act signs = *act;
        signs.event = EVENT_trainer_countersigns;
        Outcome outcome = story_fire(tx, THING(slot, rows.at[i].id), (Thing){ 0 }, signs);
        if (!outcome.done)
            return outcome;
        slot_countersigned(tx, act->now, act->person ? act->person : "", rows.at[i].id);
        closed++;
    }
    return (Outcome){ .done = true, .is_repeat = closed == 0 };
}

Outcome attendance_countersign(Tx *tx, HalfDayId half_day_id, const Act *act) {
    SlotRows rows = slots_of_half_day(tx, half_day_id);
    if (!rows.count)
        return refused(attendance_word(WORD_NOBODY_HERE));
    if (act->now.ms < instant_at(rows.at[0].held_on, (int)rows.at[0].ends_minutes).ms)
        return (Outcome){ .why = story_need_message(SLOT_IS_OVER), .missing = SLOT_IS_OVER };
    for (size_t i = 0; i < rows.count; i++) {
        State state = story_state_named(rows.at[i].state);
        if (state == STATE_slot_planned || state == STATE_slot_open || state == STATE_slot_late)
            return refused(attendance_word(WORD_SOMEBODY_IS_MISSING));
    }
    SessionId session_id = session_of(tx, rows.at[0].dossier_id);
    attendance_check(tx, session_id, act->now);
    Outcome outcome = countersign_all(tx, rows, act);
    if (outcome.done)
        attendance_check(tx, session_id, act->now);
    return outcome;
}

/* Settled: proved, or without importance because the session was interrupted before. */
static bool is_settled(const SlotRow *row, bool is_interrupted, Instant now) {
    State state = story_state_named(row->state);
    if (state == STATE_slot_closed || state == STATE_slot_closed_exception)
        return true;
    return is_interrupted && (state == STATE_slot_planned || state == STATE_slot_open) &&
           instant_at(row->held_on, (int)row->starts_minutes).ms > now.ms;
}

void attendance_check(Tx *tx, SessionId session_id, Instant now) {
    Thing session = THING(session, session_id);
    bool is_interrupted = story_where(tx, session) == STATE_session_interrupted, all = true;
    SlotRows rows = slots_of_session(tx, session_id);
    for (size_t i = 0; i < rows.count; i++) {
        const SlotRow *row = &rows.at[i];
        State state = story_state_named(row->state);
        all = all && is_settled(row, is_interrupted, now);
        if (state == STATE_slot_signed || state == STATE_slot_absent)
            story_tick(tx, THING(slot, row->id), SLOT_IS_OVER,
                       now.ms >= instant_at(row->held_on, (int)row->ends_minutes).ms, now);
    }
    CertificatCount certificats = { 0 };
    certificats_signed(tx, session_id, &certificats);
    story_tick(tx, session, ALL_SLOTS_ARE_SETTLED, all && rows.count, now);
    story_tick(tx, session, NO_CERTIFICATE_IS_SIGNED, certificats.certificat_count == 0, now);
}

int64_t attendance_minutes(Tx *tx, ParticipantId participant_id) {
    SlotRows rows = slots_of_participant(tx, participant_id);
    int64_t sum = 0;
    for (size_t i = 0; i < rows.count; i++)
        sum += proved_minutes(&rows.at[i]);
    return sum;
}

bool attendance_certificat(Tx *tx, ParticipantId participant_id, Certificat *ret) {
    CertificatRow row;
    if (!certificat_of(tx, participant_id, &row))
        return false;
    *ret = (Certificat){ .id = row.id,
                         .dossier_id = row.dossier_id,
                         .participant_id = row.participant_id,
                         .attended_minutes = row.attended_minutes,
                         .skills = row.skills,
                         .attested_by = row.attested_by,
                         .signed_by = row.signed_by,
                         .attested_at = row.attested_at,
                         .signed_at = row.signed_at };
    return true;
}

static bool is_skill(const char *skills) {
    return text_same(skills, "acquired") || text_same(skills, "partly") || text_same(skills, "not");
}

Outcome attendance_attest(Tx *tx, ParticipantId participant_id, const char *skills, const Act *act) {
    Participant participant;
    Certificat before;
    if (!dossier_participant(tx, participant_id, &participant))
        return refused(story_say(SAY_NOT_HERE));
    State state = story_where(tx, THING(session, session_of(tx, participant.dossier_id)));
    if (state != STATE_session_ended)
        return (Outcome){ .why = story_need_message(SESSION_HAS_ENDED), .missing = SESSION_HAS_ENDED };
    if (!is_skill(skills))
        return refused(attendance_word(WORD_CHOOSE_SKILLS));
    if (attendance_certificat(tx, participant_id, &before) && before.signed_at.ms)
        return refused(attendance_word(WORD_ALREADY_SIGNED));
    int64_t minutes = attendance_minutes(tx, participant_id);
    if (!minutes)
        return refused(attendance_word(WORD_ATTENDED_NOTHING));
    certificat_attest(tx, participant.dossier_id, participant_id, minutes, skills,
                      act->person ? act->person : "", act->now);
    return (Outcome){ .done = true };
}

/* False: one of those who attended is not attested. */
static bool sign_all(Tx *tx, DossierId dossier_id, const Act *act) {
    Participants people = dossier_participants(tx, dossier_id);
    for (size_t i = 0; i < people.count; i++) {
        Certificat certificat;
        int64_t minutes = attendance_minutes(tx, people.at[i].id);
        if (!minutes)
            continue;
        if (!attendance_certificat(tx, people.at[i].id, &certificat))
            return false;
        certificat_sign(tx, minutes, act->person ? act->person : "", act->now, certificat.id);
    }
    return true;
}

Outcome attendance_deliver(Tx *tx, DossierId dossier_id, const Act *act) {
    Thing thing = THING(dossier, dossier_id);
    SessionId session_id = session_of(tx, dossier_id);
    if (story_where(tx, THING(session, session_id)) != STATE_session_ended)
        return (Outcome){ .why = story_need_message(SESSION_HAS_ENDED), .missing = SESSION_HAS_ENDED };
    if (story_where(tx, thing) == STATE_dossier_green && !sign_all(tx, dossier_id, act))
        return refused(attendance_word(WORD_NOT_ATTESTED));
    Act delivers = *act;
    delivers.event = EVENT_delivered;
    story_tick(tx, thing, CERTIFICATES_ARE_SIGNED, true, act->now);
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, delivers);
    attendance_check(tx, session_id, act->now);
    return outcome;
}
