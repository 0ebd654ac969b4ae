/* dossier_paper.h - the values of the papers that a dossier makes (document/fields.def). */
#pragma once
#include "dossier_store.h"
#include "document.h"

/* Values that many papers share, for the rooms to the right: organisme.*, entreprise.*, session.*,
 * formateur.*, prix.*, participants, demi_journees ... */
void     dossier_common_values(Tx *tx, DossierId dossier_id, Instant now, Values *values);
/* one per dossier; each paper has a file name of its own */
Subjects dossier_convention_subjects(Tx *tx, const char *machine, ThingId thing_id);
Subjects dossier_programme_subjects(Tx *tx, const char *machine, ThingId thing_id);
Subjects dossier_devis_subjects(Tx *tx, const char *machine, ThingId thing_id);
Subjects dossier_individuel_subjects(Tx *tx, const char *machine, ThingId thing_id);
Subjects dossier_avenant_subjects(Tx *tx, const char *machine, ThingId thing_id);
void     dossier_paper_values(Tx *tx, const Subject *subject, Instant now, Values *values);
/* one per participant of a session */
Subjects dossier_convocation_subjects(Tx *tx, const char *machine, ThingId thing_id);
void     dossier_convocation_values(Tx *tx, const Subject *subject, Instant now, Values *values);
