/* attendance_paper.h - the values of the attendance sheet (one per dossier of the session) and of the
 * certificates (one per participant of a dossier who attended). */
#pragma once
#include "attendance_store.h"
#include "document.h"

Subjects attendance_sheet_subjects(Tx *tx, const char *machine, ThingId thing_id);
void     attendance_sheet_values(Tx *tx, const Subject *subject, Instant now, Values *values);
Subjects attendance_certificat_subjects(Tx *tx, const char *machine, ThingId thing_id);
void     attendance_certificat_values(Tx *tx, const Subject *subject, Instant now, Values *values);
