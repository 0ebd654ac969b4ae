/* jobs.h - the durable queue: due, lease, attempts, order within a chain. Owns table job. */
#pragma once
#include "db.h"
#include "ids.h"

typedef struct NewJob {
    const char *kind, *what, *who, *machine;
    ThingId     thing_id;
    const char *chain; /* "" : alone */
    int64_t     position;
    const char *job_key; /* the same key twice is one job; one that was cancelled waits again */
    Instant     due_at;
} NewJob;

typedef struct LeasedJob {
    JobId       id;
    const char *kind, *what, *who, *machine, *job_key;
    ThingId     thing_id;
    int64_t     attempt_count;
    Instant     due_at;
} LeasedJob;

typedef struct FailedJob {
    JobId       id;
    const char *kind, *what, *who, *machine, *job_key, *error;
    ThingId     thing_id;
    int64_t     attempt_count;
    Instant     due_at; /* of the last try */
} FailedJob;

typedef struct FailedJobs {
    FailedJob *at;
    size_t     count;
} FailedJobs;

void jobs_add(Tx *tx, const NewJob *job);
/* Cancels what waits for a thing: `kind` or `what` NULL means every one. Returns how many. */
int64_t jobs_cancel(Tx *tx, const char *machine, ThingId thing_id, const char *kind, const char *what);
/* Leases the next due job whose chain has nothing unfinished before it; false when there is none.
 * A lease that ran out (its worker died) is free again. */
bool jobs_lease(Tx *tx, const char *worker, Instant now, int64_t lease_seconds, LeasedJob *ret);
/* The same among those of one thing (machine not NULL) and those that fell due from `from` on. */
typedef struct JobWish {
    const char *machine;
    ThingId     thing_id;
    Instant     from;
} JobWish;
bool jobs_lease_wished(Tx *tx, const char *worker, const JobWish *wish, Instant now, int64_t lease_seconds,
                       LeasedJob *ret);
void jobs_done(Tx *tx, JobId id, Instant now);
/* Puts it back with a growing pause (1, 5, 15, 60 min, 4 h ...; `failed` after 8), keeping the error. */
void jobs_retry(Tx *tx, JobId id, const char *error, Instant now);
void jobs_fail(Tx *tx, JobId id, const char *error, Instant now); /* no more tries: a person must look */
/* The next moment at which something is due; 0 when nothing waits. */
Instant jobs_next_due(Tx *tx);
int64_t jobs_waiting(Tx *tx, Instant until); /* due by then and not done */

/* What a person must look at, and how he has it tried once more. */
FailedJobs jobs_failed(Tx *tx);
void       jobs_again(Tx *tx, JobId id, Instant now);
