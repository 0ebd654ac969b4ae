/* attendance_show_pages.h - what the pages of presence have in common. For this room only. */
#pragma once
#include "attendance_store.h"
#include "attendance_views.h"
#include "request.h"

const char *show_name(Arena *arena, const char *first_name, const char *last_name);
const char *show_participant(Tx *tx, ParticipantId participant_id);
const char *show_company(Tx *tx, DossierId dossier_id);
const char *show_trainer(Tx *tx, TrainerId trainer_id);
/* "14 decembre matin" */
const char *show_half(Arena *arena, const HalfDay *half);
/* The words of a half-day; its links are the page's business. */
SlotView show_slot(Tx *tx, const Slot *slot);
/* May it be signed now, as far as the clock and the state say? */
bool show_may_sign(const Slot *slot, Instant now);
/* "La signature ouvre a 8 h 45." */
const char *show_opens(Arena *arena, const Slot *slot, Instant now);
int64_t show_id(const char *digits); /* 0: no id */
