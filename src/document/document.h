/* document.h - the catalogue of legal papers, and how one is made: values -> Markdown of texts/ -> PDF. */
#pragma once
#include "ids.h"
#include "template.h"
#include "types.h"

typedef struct Catalogue { const char *id, *title, *stem; int keep_years; } Catalogue;
const Catalogue *document_catalogue(const char *id); /* NULL: no such paper */

/* One paper to make: for whom among what the thing holds. */
typedef struct Subject {
    SessionId     session_id;
    DossierId     dossier_id;
    ParticipantId participant_id;
    InvoiceId     invoice_id;
    const char   *file_name; /* "convention-2026-0417.pdf" */
} Subject;
typedef struct Subjects { Subject *at; size_t count; } Subjects;

/* Bound in app/papers.def, by document: which subjects a thing has, and the values of one subject. */
typedef struct PaperMaker {
    const char *document;
    Subjects (*subjects)(Tx *tx, const char *machine, ThingId thing_id);
    void (*values)(Tx *tx, const Subject *subject, Instant now, Values *values);
} PaperMaker;
