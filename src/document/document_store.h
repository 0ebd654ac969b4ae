/* document_store.h - keeps papers: number of version, SHA-256, hash of the template. Owns document,
 * document_chunk. */
#pragma once
#include "db.h"
#include "ids.h"
#include "viewer.h"

typedef struct Document {
    DocumentId    id;
    const char   *kind, *title, *file_name, *mime, *sha256, *template_sha256, *made_by;
    SessionId     session_id;
    DossierId     dossier_id;
    ParticipantId participant_id;
    InvoiceId     invoice_id;
    int64_t       version, body_bytes;
    bool          is_received;
    Instant       made_at;
} Document;
typedef struct Documents { Document *at; size_t count; } Documents;

typedef struct NewDocument {
    const char   *kind, *title, *file_name, *mime, *template_sha256, *key, *made_by;
    SessionId     session_id;
    DossierId     dossier_id;
    ParticipantId participant_id;
    InvoiceId     invoice_id;
    bool          is_received;
    Instant       now;
} NewDocument;

/* Keeps the bytes; the version is the next of its kind and owner. The same key again returns the first
 * document. */
DocumentId document_keep(Tx *tx, const NewDocument *document, Bytes bytes);
/* The same, streamed from an upload. */
DocumentId document_keep_fd(Tx *tx, const NewDocument *document, int fd, int64_t size, const char *sha256);

bool      document_get(Tx *tx, DocumentId document_id, Document *ret);
Bytes     document_body(Tx *tx, DocumentId document_id);      /* whole, in the arena: jobs and small papers */
/* streamed to a nameless file; -1 on a fault */
int       document_open(Tx *tx, DocumentId document_id, const char *folder);
Documents documents_of_dossier(Tx *tx, DossierId dossier_id);  /* the last version of each kind and owner */
Documents documents_of_session(Tx *tx, SessionId session_id);  /* without those of one dossier */
Documents documents_of_participant(Tx *tx, ParticipantId participant_id);
bool      document_last(Tx *tx, DossierId dossier_id, const char *kind, Document *ret);
bool      document_of_invoice(Tx *tx, InvoiceId invoice_id, Document *ret);
