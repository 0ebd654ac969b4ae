/* document_work.h - the jobs that make papers. */
#pragma once
#include "db.h"
#include "document.h"
#include "jobs.h"

/* Makes the papers of one job: reads the values in one transaction, typesets outside any, keeps all in
 * another together with jobs_done(). dossier_individuel joins the last convention, programme and devis behind
 * its cover. `files`: the folder where a platform may keep its own texts ("" : embedded). False with
 * *ret_why: to be tried again. */
bool document_make(Db *db, Arena *arena, const PaperMaker *maker, const LeasedJob *leased, Instant now,
                   const char *files, const char **ret_why);
