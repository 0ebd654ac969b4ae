#include "document_work.h"

#include "crypt.h"
#include "document_store.h"
#include "embed.h"
#include "file.h"
#include "ident.h"
#include "jobs.h"
#include "pdf.h"
#include "people_store.h"
#include "text.h"

enum { BEHIND_COVER = 3 };

/* What one job needs, read at one moment; then what it made. */
typedef struct Job {
    Db *db;
    Arena *arena;
    const PaperMaker *maker;
    const Catalogue *paper;
    const char *words, *template_sha256, *key;
    Organisation house;
    Subjects subjects;
    Values **values; /* one per subject */
    Bytes (*behind)[BEHIND_COVER];
    Bytes *made;
    Instant now;
} Job;

static bool is_bundle(const Job *job) { return text_same(job->paper->id, "dossier_individuel"); }

/* The platform's own words, else the program's. */
static bool words_of(Job *job, const char *files, const char **ret_why) {
    const char *path = arena_print(job->arena, "texts/documents/%s.fr.md", job->paper->stem);
    Bytes own;
    if (!text_is_empty(files) &&
        file_read_all(job->arena, arena_print(job->arena, "%s/%s", files, path), &own)) {
        job->words = own.p;
        job->template_sha256 = crypt_sha256(job->arena, own);
        return true;
    }
    const Embedded *file = embed_find(path);
    *ret_why = path;
    if (!file)
        return false;
    job->words = file->body.p;
    job->template_sha256 = file->sha256;
    return true;
}

/* What a dossier_individuel joins. */
static bool read_behind(Tx *tx, Job *job, size_t n, const char **ret_why) {
    static const char *const kinds[BEHIND_COVER] = { "convention", "programme", "devis" };
    for (size_t k = 0; k < BEHIND_COVER; k++) {
        Document document;
        *ret_why = arena_print(job->arena, "no %s yet", kinds[k]);
        if (!document_last(tx, job->subjects.at[n].dossier_id, kinds[k], &document))
            return false;
        job->behind[n][k] = document_body(tx, document.id);
    }
    return true;
}

static bool read_all(Job *job, const char *machine, ThingId thing_id, const char **ret_why) {
    AUTO_TX Tx tx = db_read(job->db, job->arena);
    *ret_why = "no organisation";
    if (!people_organisation(&tx, &job->house)) {
        *ret_why = tx.error ? tx.error : *ret_why;
        return false;
    }
    job->subjects = job->maker->subjects(&tx, machine, thing_id);
    size_t count = job->subjects.count;
    job->values = arena_zero(job->arena, count + 1, sizeof(Values *));
    job->behind = arena_zero(job->arena, count + 1, sizeof *job->behind);
    job->made = arena_zero(job->arena, count + 1, sizeof *job->made);
    for (size_t i = 0; i < count && !tx.error; i++) {
        job->values[i] = values_new(job->arena);
        job->maker->values(&tx, &job->subjects.at[i], job->now, job->values[i]);
        if (is_bundle(job) && !read_behind(&tx, job, i, ret_why) && !tx.error)
            return false;
    }
    if (tx.error)
        *ret_why = tx.error;
    return !tx.error;
}

static PdfPaper sheet_of(const Job *job, const Values *values) {
    const Organisation *house = &job->house;
    const char *reference = values_get(values, "dossier.reference");
    const char *subject = values_get(values, "session.intitule");
    const char *of = text_is_empty(reference) ? "" : arena_print(job->arena, " \u2014 %s", reference);
    const char *siret = text_is_empty(house->siret) ? ""
                                                    : arena_print(job->arena, " \u2014 SIRET %s",
                                                                  siret_text(job->arena, house->siret));
    return (PdfPaper){
        .title = arena_print(job->arena, "%s%s", job->paper->title, of),
        .author = house->name,
        .subject = subject ? subject : "",
        .header = arena_print(job->arena, "%s \u2014 %s%s", house->name, job->paper->title, of),
        .footer = arena_print(job->arena, "%s%s", house->name, siret),
        .logo_name = house->name,
        .brand = text_is_empty(house->brand) ? "#0b5a4a" : house->brand,
        .is_landscape = text_same(job->paper->id, "emargement"), /* six half-days beside each other */
        .made_at = job->now,
    };
}

static bool make_one(const Job *job, size_t n, const char **ret_why) {
    PdfPaper sheet = sheet_of(job, job->values[n]);
    char *markdown = NULL;
    if (!template_fill(job->arena, job->words, job->values[n], true, &markdown, ret_why) ||
        !pdf_typeset(job->arena, markdown, &sheet, &job->made[n], ret_why))
        return false;
    if (!is_bundle(job))
        return true;
    Bytes parts[1 + BEHIND_COVER] = { job->made[n] };
    for (size_t k = 0; k < BEHIND_COVER; k++)
        parts[1 + k] = job->behind[n][k];
    return pdf_join(job->arena, parts, 1 + BEHIND_COVER, sheet.title, &job->made[n], ret_why);
}

static bool keep_all(const Job *job, JobId job_id, const char **ret_why) {
    AUTO_TX Tx tx = db_begin(job->db, job->arena);
    for (size_t i = 0; i < job->subjects.count; i++) {
        const Subject *subject = &job->subjects.at[i];
        NewDocument document = {
            .kind = job->paper->id,
            .title = job->paper->title,
            .file_name = subject->file_name,
            .mime = "application/pdf",
            .template_sha256 = job->template_sha256,
            .key = arena_print(job->arena, "%s/%zu", job->key, i + 1),
            .made_by = "Quitus",
            .session_id = subject->session_id,
            .dossier_id = subject->dossier_id,
            .participant_id = subject->participant_id,
            .invoice_id = subject->invoice_id,
            .now = job->now,
        };
        document_keep(&tx, &document, job->made[i]);
    }
    jobs_done(&tx, job_id, job->now);
    if (db_commit(&tx))
        return true;
    *ret_why = tx.error;
    return false;
}

bool document_make(Db *db, Arena *arena, const PaperMaker *maker, const LeasedJob *leased, Instant now,
                   const char *files, const char **ret_why) {
    Job job = { .db = db,
                .arena = arena,
                .maker = maker,
                .paper = document_catalogue(maker->document),
                .key = leased->job_key,
                .now = now };
    *ret_why = "not in the catalogue";
    if (!job.paper || !words_of(&job, files, ret_why) ||
        !read_all(&job, leased->machine, leased->thing_id, ret_why))
        return false;
    for (size_t i = 0; i < job.subjects.count; i++)
        if (!make_one(&job, i, ret_why))
            return false;
    return keep_all(&job, leased->id, ret_why);
}
