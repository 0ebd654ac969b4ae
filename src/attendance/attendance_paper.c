#include "attendance_paper.h"

#include <string.h>

#include "attendance_words.h"
#include "date.h"
#include "dossier_paper.h"
#include "people_store.h"
#include "text.h"

enum { COLUMNS_MOST = 6 };

static const char *full_name(Arena *arena, const Participant *person) {
    return text_squeeze(arena, arena_print(arena, "%s %s", person->first_name, person->last_name));
}

/* ---- the attendance sheet ---- */

static const char *hours(Arena *arena, const Slot *slot) {
    return arena_print(arena, "%s \u2013 %s", minutes_clock(arena, slot->starts_minutes),
                       minutes_clock(arena, slot->ends_minutes));
}

static const char *signed_words(Arena *arena, const Slot *slot) {
    bool is_handed = text_starts(slot->evidence, attendance_word(WORD_BY_TRAINER));
    return arena_print(arena, attendance_word(is_handed ? WORD_CELL_HANDED : WORD_CELL_SIGNED),
                       instant_text(arena, slot->signed_at));
}

static const char *cell(Arena *arena, const Slot *slot) {
    State state = story_state_named(slot->state);
    if (state == STATE_slot_closed_exception)
        return attendance_word(WORD_CELL_EXCEPTION);
    if (slot->signed_at.ms)
        return signed_words(arena, slot);
    if (state != STATE_slot_absent && state != STATE_slot_closed)
        return attendance_word(WORD_CELL_MISSING);
    return text_is_empty(slot->absent_reason)
               ? attendance_word(WORD_CELL_ABSENT)
               : arena_print(arena, "%s : %s", attendance_word(WORD_CELL_ABSENT), slot->absent_reason);
}

/* One half-day each, in time order: its first slot stands for it. */
static Slots columns_of(Tx *tx, const Slots *slots) {
    Slots columns = { 0 };
    for (size_t i = 0; i < slots->count; i++)
        if (!columns.count ||
            columns.at[columns.count - 1].half_day_id.value != slots->at[i].half_day_id.value)
            *(Slot *)arena_grow(tx->arena, (void **)&columns.at, &columns.count,
                                sizeof *columns.at) = slots->at[i];
    return columns;
}

static const Slot *slot_at(const Slots *slots, ParticipantId participant_id, HalfDayId half_day_id) {
    for (size_t i = 0; i < slots->count; i++)
        if (slots->at[i].participant_id.value == participant_id.value &&
            slots->at[i].half_day_id.value == half_day_id.value)
            return &slots->at[i];
    return NULL;
}

static const char *countersigned(Arena *arena, const Slots *slots, HalfDayId half_day_id) {
    for (size_t i = 0; i < slots->count; i++)
        if (slots->at[i].half_day_id.value == half_day_id.value && slots->at[i].countersigned_at.ms)
            return arena_print(arena, attendance_word(WORD_CELL_SIGNED),
                               instant_text(arena, slots->at[i].countersigned_at));
    return "";
}

typedef struct Grid {
    Tx *tx;
    Slots slots, columns;
    Participants people;
    const char *company;
} Grid;

static void rows_of(const Grid *g, Values *sheet, size_t first, size_t end) {
    Arena *arena = g->tx->arena;
    values_list(sheet, "presences");
    for (size_t i = 0; i < g->people.count; i++) {
        const Participant *person = &g->people.at[i];
        Values *row = values_item(sheet, "presences");
        values_set(row, "nom", full_name(arena, person));
        values_set(row, "entreprise", g->company);
        values_list(row, "cases");
        for (size_t c = first; c < end; c++) {
            const Slot *slot = slot_at(&g->slots, person->id, g->columns.at[c].half_day_id);
            values_set(values_item(row, "cases"), "texte", slot ? cell(arena, slot) : "");
        }
    }
}

static void sheet_of(const Grid *g, Values *values, size_t first, size_t end) {
    Arena *arena = g->tx->arena;
    Values *sheet = values_item(values, "feuilles");
    char *title = date_span(arena, g->columns.at[first].held_on, g->columns.at[end - 1].held_on);
    title[0] = title[0] == 'd' ? 'D' : title[0] == 'l' ? 'L' : title[0];
    values_set(sheet, "titre", title);
    values_list(sheet, "colonnes");
    values_list(sheet, "contresignatures");
    for (size_t c = first; c < end; c++) {
        const Slot *column = &g->columns.at[c];
        Values *head = values_item(sheet, "colonnes");
        values_set(head, "date", date_prose_short(arena, column->held_on));
        values_set(head, "horaires", hours(arena, column));
        values_set(values_item(sheet, "contresignatures"), "texte",
                   countersigned(arena, &g->slots, column->half_day_id));
    }
    rows_of(g, sheet, first, end);
}

static int week_of(Date day) { return (day.days + 3) / 7; } /* 1970 began on a Thursday */

void attendance_sheet_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    Dossier dossier;
    Company company = { 0 };
    dossier_common_values(tx, subject->dossier_id, now, values);
    values_list(values, "feuilles");
    if (!dossier_get(tx, subject->dossier_id, &dossier))
        return;
    people_company(tx, dossier.company_id, &company);
    Grid g = { .tx = tx,
               .slots = attendance_of_dossier(tx, dossier.id),
               .people = dossier_participants(tx, dossier.id),
               .company = company.name ? company.name : "" };
    g.columns = columns_of(tx, &g.slots);
    for (size_t first = 0, end = 0; first < g.columns.count; first = end) {
        while (end < g.columns.count && end - first < COLUMNS_MOST &&
               week_of(g.columns.at[end].held_on) == week_of(g.columns.at[first].held_on))
            end++;
        sheet_of(&g, values, first, end);
    }
}

Subjects attendance_sheet_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    Subjects all = { 0 };
    Dossiers alive = dossier_alive_of_session(tx, (SessionId){ thing_id.value });
    for (size_t i = 0; i < alive.count; i++)
        *(Subject *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Subject){
            .session_id = alive.at[i].session_id,
            .dossier_id = alive.at[i].id,
            .file_name = arena_print(tx->arena, "emargement-%s.pdf", alive.at[i].reference)
        };
    return all;
}

/* ---- the certificates ---- */

Subjects attendance_certificat_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    Dossier dossier;
    Certificat certificat;
    Subjects all = { 0 };
    if (!dossier_get(tx, (DossierId){ thing_id.value }, &dossier))
        return all;
    Participants people = dossier_participants(tx, dossier.id);
    for (size_t i = 0; i < people.count; i++) {
        if (!attendance_certificat(tx, people.at[i].id, &certificat) || !certificat.signed_at.ms)
            continue;
        *(Subject *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Subject){
            .session_id = dossier.session_id,
            .dossier_id = dossier.id,
            .participant_id = people.at[i].id,
            .file_name = arena_print(tx->arena, "certificat-%s-%zu.pdf", dossier.reference, i + 1)
        };
    }
    return all;
}

void attendance_certificat_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    Participant person;
    Certificat certificat;
    Arena *arena = tx->arena;
    dossier_common_values(tx, subject->dossier_id, now, values);
    if (!dossier_participant(tx, subject->participant_id, &person) ||
        !attendance_certificat(tx, subject->participant_id, &certificat))
        return;
    Slots slots = attendance_of_participant(tx, subject->participant_id);
    Date first = slots.count ? slots.at[0].held_on : (Date){ 0 };
    Date last = slots.count ? slots.at[slots.count - 1].held_on : (Date){ 0 };
    values_set(values, "participant.civilite", person.civility);
    values_set(values, "participant.nom", full_name(arena, &person));
    values_set(values, "certificat.debut", date_text(arena, first));
    values_set(values, "certificat.fin", date_text(arena, last));
    values_set(values, "certificat.duree", minutes_decimal(arena, certificat.attended_minutes));
    values_set(values, "signature.organisme",
               certificat.signed_at.ms
                   ? arena_print(arena, attendance_word(WORD_CERTIFICAT_SIGNED), certificat.signed_by,
                                 instant_text(arena, certificat.signed_at))
                   : "");
}
