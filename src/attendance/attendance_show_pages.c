#include "attendance_show_pages.h"

#include <string.h>

#include "attendance_words.h"
#include "date.h"
#include "people_store.h"
#include "text.h"

const char *show_name(Arena *arena, const char *first_name, const char *last_name) {
    return text_squeeze(
        arena, arena_print(arena, "%s %s", first_name ? first_name : "", last_name ? last_name : ""));
}

const char *show_participant(Tx *tx, ParticipantId participant_id) {
    Participant person = { 0 };
    dossier_participant(tx, participant_id, &person);
    return show_name(tx->arena, person.first_name, person.last_name);
}

const char *show_company(Tx *tx, DossierId dossier_id) {
    Dossier dossier = { 0 };
    Company company = { 0 };
    dossier_get(tx, dossier_id, &dossier);
    people_company(tx, dossier.company_id, &company);
    return company.name ? company.name : "";
}

const char *show_trainer(Tx *tx, TrainerId trainer_id) {
    Trainer trainer = { 0 };
    people_trainer(tx, trainer_id, &trainer);
    return show_name(tx->arena, trainer.first_name, trainer.last_name);
}

const char *show_half(Arena *arena, const HalfDay *half) {
    return arena_print(arena, "%s %s", date_day_month(arena, half->held_on),
                       attendance_word(strcmp(half->half, "pm") ? WORD_MORNING : WORD_AFTERNOON));
}

static Tone tone_of(State state) {
    switch (state) {
    case STATE_slot_open: return TONE_turn;
    case STATE_slot_signed: return TONE_blue;
    case STATE_slot_absent: return TONE_rose;
    case STATE_slot_late: return TONE_bad;
    case STATE_slot_closed: return TONE_ok;
    case STATE_slot_closed_exception: return TONE_violet;
    default: return TONE_plain;
    }
}

SlotView show_slot(Tx *tx, const Slot *slot) {
    State state = story_state_named(slot->state);
    return (SlotView){ .person = show_participant(tx, slot->participant_id),
                       .company = show_company(tx, slot->dossier_id),
                       .day = date_prose_short(tx->arena, slot->held_on),
                       .starts = minutes_clock(tx->arena, slot->starts_minutes),
                       .ends = minutes_clock(tx->arena, slot->ends_minutes),
                       .label = story_state(state)->label,
                       .tone = tone_of(state),
                       .signed_at = slot->signed_at,
                       .signed_clock = slot->signed_at.ms
                                           ? minutes_clock(tx->arena, instant_minutes(slot->signed_at))
                                           : "",
                       .reason = slot->absent_reason };
}

static Instant opens_at(const Slot *slot) {
    return instant_at(slot->held_on, (int)slot->starts_minutes - OPENS_BEFORE_MINUTES);
}

bool show_may_sign(const Slot *slot, Instant now) {
    State state = story_state_named(slot->state);
    return (state == STATE_slot_open || state == STATE_slot_planned) && now.ms >= opens_at(slot).ms &&
           now.ms < instant_at(slot->held_on, CLOSES_AT_MINUTES).ms;
}

const char *show_opens(Arena *arena, const Slot *slot, Instant now) {
    if (instant_date(now).days == slot->held_on.days)
        return arena_print(arena, "%s %s.", attendance_word(WORD_NOT_YET),
                           minutes_clock(arena, instant_minutes(opens_at(slot))));
    return arena_print(arena, "%s %s.", attendance_word(WORD_NOT_YET_DAY),
                       instant_prose(arena, opens_at(slot)));
}

int64_t show_id(const char *digits) {
    int64_t id = 0;
    size_t n = strlen(digits);
    if (!n || n > 15 || strspn(digits, "0123456789") != n)
        return 0;
    for (size_t i = 0; i < n; i++)
        id = id * 10 + (digits[i] - '0');
    return id;
}
