#include "document_store.h"

#include <string.h>

#include "crypt.h"
#include "document_sql.h"
#include "file.h"

enum { CHUNK = 256 * 1024 };

static void stick(Tx *tx, const char *what) {
    if (tx->error)
        return;
    tx->error = what;
    tx->fault = DB_BROKEN;
}

/* Pieces live only as long as they are worked on: a large file never stands whole in memory. */
static Arena *piecewise_begin(Tx *tx) {
    Arena *whole = tx->arena;
    tx->arena = arena_new();
    return whole;
}

static void piecewise_end(Tx *tx, Arena *whole) {
    if (tx->error)
        tx->error = arena_copy(whole, tx->error);
    arena_free(tx->arena);
    tx->arena = whole;
}

/* ---- keeping ---- */

/* Versions count within the narrowest thing it belongs to; what belongs to nothing is alone of its kind. */
static const char *owner_of(Tx *tx, const NewDocument *d) {
    if (d->invoice_id.value)
        return arena_print(tx->arena, "invoice/%lld", (long long)d->invoice_id.value);
    if (d->participant_id.value)
        return arena_print(tx->arena, "participant/%lld", (long long)d->participant_id.value);
    if (d->dossier_id.value)
        return arena_print(tx->arena, "dossier/%lld", (long long)d->dossier_id.value);
    if (d->session_id.value)
        return arena_print(tx->arena, "session/%lld", (long long)d->session_id.value);
    return arena_print(tx->arena, "alone/%s", d->key);
}

static const char *some(const char *text) { return text ? text : ""; }

static DocumentId insert(Tx *tx, const NewDocument *d, int64_t size, const char *sha256) {
    const char *owner = owner_of(tx, d);
    DocumentVersion newest = { 0 };
    document_newest(tx, owner, d->kind, &newest);
    return document_insert(tx, d->kind, d->title, d->file_name, d->mime, d->session_id, d->dossier_id,
                           d->participant_id, d->invoice_id, owner, newest.version + 1, size, sha256,
                           some(d->template_sha256), d->key, d->is_received, d->now, some(d->made_by));
}

static void insert_chunk(Tx *tx, DocumentId document_id, int64_t position, Bytes bytes) {
    Arena *whole = piecewise_begin(tx);
    chunk_insert(tx, document_id, position, bytes);
    piecewise_end(tx, whole);
}

static bool was_kept(Tx *tx, const NewDocument *d, DocumentId *ret) {
    DocumentKey row;
    if (!document_by_key(tx, d->key, &row))
        return false;
    *ret = row.id;
    return true;
}

DocumentId document_keep(Tx *tx, const NewDocument *document, Bytes bytes) {
    DocumentId id = { 0 };
    if (was_kept(tx, document, &id))
        return id;
    id = insert(tx, document, (int64_t)bytes.n, crypt_sha256(tx->arena, bytes));
    int64_t position = 0;
    for (size_t at = 0; at < bytes.n && !tx->error; at += CHUNK)
        insert_chunk(tx, id, position++,
                     (Bytes){ (const char *)bytes.p + at, bytes.n - at < CHUNK ? bytes.n - at : CHUNK });
    return tx->error ? (DocumentId){ 0 } : id;
}

DocumentId document_keep_fd(Tx *tx, const NewDocument *document, int fd, int64_t size, const char *sha256) {
    DocumentId id = { 0 };
    if (was_kept(tx, document, &id))
        return id;
    id = insert(tx, document, size, sha256);
    Sha256 *read = crypt_sha256_new(tx->arena);
    char *piece = arena_zero(tx->arena, CHUNK, 1);
    int64_t position = 0;
    for (int64_t at = 0; at < size && !tx->error; at += CHUNK) {
        Bytes bytes = { piece, size - at < CHUNK ? (size_t)(size - at) : CHUNK };
        if (!file_read_at(fd, piece, bytes.n, at)) {
            stick(tx, "the file is shorter than was said");
            break;
        }
        crypt_sha256_add(read, bytes);
        insert_chunk(tx, id, position++, bytes);
    }
    if (!crypt_same(crypt_sha256_end(tx->arena, read), sha256))
        stick(tx, "the file is not the one that was received");
    return tx->error ? (DocumentId){ 0 } : id;
}

/* ---- reading ---- */

static Document document_from(const DocumentRow *row) {
    return (Document){ .id = row->id,
                       .kind = row->kind,
                       .title = row->title,
                       .file_name = row->file_name,
                       .mime = row->mime,
                       .sha256 = row->sha256,
                       .template_sha256 = row->template_sha256,
                       .made_by = row->made_by,
                       .session_id = row->session_id,
                       .dossier_id = row->dossier_id,
                       .participant_id = row->participant_id,
                       .invoice_id = row->invoice_id,
                       .version = row->version,
                       .body_bytes = row->body_bytes,
                       .is_received = row->is_received,
                       .made_at = row->made_at };
}

static bool found(bool is_there, const DocumentRow *row, Document *ret) {
    if (is_there)
        *ret = document_from(row);
    return is_there;
}

bool document_get(Tx *tx, DocumentId document_id, Document *ret) {
    DocumentRow row;
    return found(document_by_id(tx, document_id, &row), &row, ret);
}

/* The piece at `at`, into memory or a file. */
static bool copy_chunk(Tx *tx, const Document *document, int64_t at, char *memory, int fd) {
    Arena *whole = piecewise_begin(tx);
    int64_t left = document->body_bytes - at;
    ChunkRow chunk = { { NULL, 0 } };
    bool is_fine = chunk_at(tx, document->id, at / CHUNK, &chunk) &&
                   chunk.body_blob.n == (size_t)(left < CHUNK ? left : CHUNK);
    if (!is_fine)
        stick(tx, "a piece of a document is missing");
    else if (memory)
        memcpy(memory + at, chunk.body_blob.p, chunk.body_blob.n);
    else if (!file_write(fd, chunk.body_blob))
        stick(tx, "no room for a copy of a document");
    piecewise_end(tx, whole);
    return !tx->error;
}

Bytes document_body(Tx *tx, DocumentId document_id) {
    Document document;
    if (!document_get(tx, document_id, &document))
        return (Bytes){ "", 0 };
    char *memory = arena_zero(tx->arena, (size_t)document.body_bytes + 1, 1);
    for (int64_t at = 0; at < document.body_bytes; at += CHUNK)
        if (!copy_chunk(tx, &document, at, memory, -1))
            return (Bytes){ "", 0 };
    return (Bytes){ memory, (size_t)document.body_bytes };
}

int document_open(Tx *tx, DocumentId document_id, const char *folder) {
    Document document;
    int fd = document_get(tx, document_id, &document) ? file_nameless(folder) : -1;
    if (fd < 0) {
        stick(tx, "no document, or no room for a copy");
        return -1;
    }
    bool is_fine = true;
    for (int64_t at = 0; is_fine && at < document.body_bytes; at += CHUNK)
        is_fine = copy_chunk(tx, &document, at, NULL, fd);
    if (is_fine && file_rewind(fd))
        return fd;
    file_close(fd);
    return -1;
}

static Documents documents_from(Tx *tx, DocumentRows rows) {
    Documents all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = document_from(&rows.at[i]);
    return all;
}

Documents documents_of_dossier(Tx *tx, DossierId dossier_id) {
    return documents_from(tx, documents_of_dossier_rows(tx, dossier_id));
}

Documents documents_of_session(Tx *tx, SessionId session_id) {
    return documents_from(tx, documents_of_session_rows(tx, session_id));
}

Documents documents_of_participant(Tx *tx, ParticipantId participant_id) {
    return documents_from(tx, documents_of_participant_rows(tx, participant_id));
}

bool document_last(Tx *tx, DossierId dossier_id, const char *kind, Document *ret) {
    DocumentRow row;
    return found(document_last_row(tx, dossier_id, kind, &row), &row, ret);
}

bool document_of_invoice(Tx *tx, InvoiceId invoice_id, Document *ret) {
    DocumentRow row;
    return found(document_of_invoice_row(tx, invoice_id, &row), &row, ret);
}
