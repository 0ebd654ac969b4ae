#include "attendance_sql.h"
#include "attendance_store.h"
#include "attendance_words.h"
#include "date.h"
#include "session_store.h"

static bool is_planned(const SlotRows *rows, HalfDayId half_day_id) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].half_day_id.value == half_day_id.value)
            return true;
    return false;
}

static Outcome plan_one(Tx *tx, const Participant *person, const HalfDay *half, const Act *because) {
    SlotId id = slot_insert(tx, person->dossier_id, person->id, half->id, half->held_on, half->starts_minutes,
                            half->ends_minutes);
    Thing thing = THING(slot, id);
    Outcome outcome = story_born(tx, thing, THING(dossier, person->dossier_id), EVENT_planned, because);
    if (!outcome.done)
        return outcome;
    story_dates(tx, thing, half->held_on, half->held_on, (Date){ 0 }, because->now);
    story_plan(tx, thing, EVENT_open_window,
               instant_at(half->held_on, (int)half->starts_minutes - OPENS_BEFORE_MINUTES));
    story_plan(tx, thing, EVENT_window_closed, instant_at(half->held_on, CLOSES_AT_MINUTES));
    return outcome;
}

static const char *plan_person(Tx *tx, const Participant *person, const HalfDays *days, const Act *because) {
    SlotRows there = slots_of_participant(tx, person->id);
    for (size_t i = 0; i < days->count; i++) {
        if (is_planned(&there, days->at[i].id))
            continue;
        Outcome outcome = plan_one(tx, person, &days->at[i], because);
        if (!outcome.done)
            return outcome.why;
    }
    return NULL;
}

const char *attendance_plan(Tx *tx, const Cause *cause) {
    SessionId session_id = { cause->root_id.value };
    Dossiers dossiers = dossier_alive_of_session(tx, session_id);
    HalfDays days = session_half_days(tx, session_id);
    for (size_t d = 0; d < dossiers.count; d++) {
        Participants people = dossier_participants(tx, dossiers.at[d].id);
        for (size_t i = 0; i < people.count; i++) {
            const char *why = plan_person(tx, &people.at[i], &days, &cause->act);
            if (why)
                return why;
        }
    }
    attendance_check(tx, session_id, cause->act.now);
    return NULL;
}

const char *attendance_cancel(Tx *tx, const Cause *cause) {
    SessionId session_id = { cause->root_id.value };
    SlotToCancels rows = slots_to_cancel(tx, session_id);
    for (size_t i = 0; i < rows.count; i++) {
        Outcome outcome = story_follow(tx, THING(slot, rows.at[i].id), EVENT_cancelled, &cause->act);
        if (!outcome.done)
            return outcome.why;
        slot_gone(tx, rows.at[i].id);
    }
    attendance_check(tx, session_id, cause->act.now);
    return NULL;
}

const char *attendance_start(Tx *tx, const Cause *cause) {
    const char *why = session_start(tx, cause);
    if (!why)
        attendance_check(tx, (SessionId){ cause->root_id.value }, cause->act.now);
    return why;
}
