#include "jobs.h"

#include "jobs_sql.h"

enum { MOST_ATTEMPTS = 8, MINUTE_MS = 60000 };

static const char *some(const char *text) { return text ? text : ""; }

void jobs_add(Tx *tx, const NewJob *job) {
    job_add(tx, job->kind, some(job->what), some(job->who), some(job->machine), job->thing_id,
            some(job->chain), job->position, job->job_key, job->due_at);
}

int64_t jobs_cancel(Tx *tx, const char *machine, ThingId thing_id, const char *kind, const char *what) {
    return job_cancel(tx, machine, thing_id, some(kind), some(what));
}

static bool take(Tx *tx, const char *worker, const JobRow *row, Instant now, int64_t lease_seconds,
                 LeasedJob *ret) {
    job_take(tx, worker, (Instant){ now.ms + lease_seconds * 1000 }, row->id);
    *ret = (LeasedJob){ .id = row->id,
                        .kind = row->kind,
                        .what = row->what,
                        .who = row->who,
                        .machine = row->machine,
                        .job_key = row->job_key,
                        .thing_id = row->thing_id,
                        .attempt_count = row->attempt_count + 1,
                        .due_at = row->due_at };
    return !tx->error;
}

bool jobs_lease(Tx *tx, const char *worker, Instant now, int64_t lease_seconds, LeasedJob *ret) {
    JobRow row;
    job_free(tx, MOST_ATTEMPTS, "Le programme s'est arrêté pendant ce travail.", now);
    return job_next_due(tx, now, &row) && take(tx, worker, &row, now, lease_seconds, ret);
}

bool jobs_lease_wished(Tx *tx, const char *worker, const JobWish *wish, Instant now, int64_t lease_seconds,
                       LeasedJob *ret) {
    JobRow row;
    Instant from = wish->from.ms ? wish->from : (Instant){ 1 }; /* 0 would be NULL */
    return job_next_wished(tx, now, from, wish->machine ? wish->machine : "", wish->thing_id, &row) &&
           take(tx, worker, &row, now, lease_seconds, ret);
}

void jobs_done(Tx *tx, JobId id, Instant now) { job_done(tx, now, id); }

void jobs_retry(Tx *tx, JobId id, const char *error, Instant now) {
    static const int pause_minutes[MOST_ATTEMPTS] = { 1, 5, 15, 60, 240, 480, 1440, 0 };
    JobAttempts row = { 1 };
    job_attempts(tx, id, &row);
    if (row.attempt_count >= MOST_ATTEMPTS) {
        jobs_fail(tx, id, error, now);
        return;
    }
    int64_t tried = row.attempt_count > 0 ? row.attempt_count : 1;
    job_put_back(tx, "waiting", (Instant){ now.ms + (int64_t)pause_minutes[tried - 1] * MINUTE_MS },
                 some(error), id);
}

void jobs_fail(Tx *tx, JobId id, const char *error, Instant now) {
    job_put_back(tx, "failed", now, some(error), id);
}

Instant jobs_next_due(Tx *tx) {
    JobMoment due = { 0 }, freed = { 0 };
    bool has_due = job_first_due(tx, &due), has_freed = job_first_free(tx, &freed);
    if (has_due && has_freed)
        return due.moment_at.ms < freed.moment_at.ms ? due.moment_at : freed.moment_at;
    return has_due ? due.moment_at : freed.moment_at;
}

int64_t jobs_waiting(Tx *tx, Instant until) {
    JobCount row = { 0 };
    job_waiting(tx, until, &row);
    return row.job_count;
}

FailedJobs jobs_failed(Tx *tx) {
    FailedRows rows = job_failed(tx);
    FailedJobs all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++) {
        const FailedRow *row = &rows.at[i];
        all.at[i] = (FailedJob){ .id = row->id,
                                 .kind = row->kind,
                                 .what = row->what,
                                 .who = row->who,
                                 .machine = row->machine,
                                 .job_key = row->job_key,
                                 .error = row->error,
                                 .thing_id = row->thing_id,
                                 .attempt_count = row->attempt_count,
                                 .due_at = row->due_at };
    }
    return all;
}

void jobs_again(Tx *tx, JobId id, Instant now) { job_again(tx, now, id); }
