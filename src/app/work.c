#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "attendance_paper.h"
#include "billing_paper.h"
#include "date.h"
#include "db.h"
#include "document_work.h"
#include "dossier_paper.h"
#include "jobs.h"
#include "letters.h"
#include "log.h"
#include "message_work.h"
#include "people_store.h"
#include "text.h"

enum { LEASE_SECONDS = 120 };

static const PaperMaker makers[] = {
#define PAPER(document, subjects, values) { #document, subjects, values },
#include "papers.def"
};

static const PaperMaker *maker_of(const char *document) {
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
        if (!strcmp(makers[i].document, document))
            return &makers[i];
    return NULL;
}

static Thing thing_of(const LeasedJob *job) {
    return (Thing){ story_machine_named(job->machine), job->thing_id };
}

/* "company|trainer" -> a set of actors */
static unsigned actors_of(Arena *arena, const char *who) {
    unsigned set = 0;
    while (*who) {
        size_t n = strcspn(who, "|, ");
        set |= story_actor_named(arena_copy_n(arena, who, n));
        who += n;
        who += strspn(who, "|, ");
    }
    return set;
}

/* What the job does in one transaction; false: to be tried again, *ret_why. */
static bool run_in_one(Db *db, Arena *arena, const House *house, const LeasedJob *job, Instant now,
                       const char **ret_why) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Thing thing = thing_of(job);
    ChaseMail chase;
    if (!strcmp(job->kind, "mail"))
        letters_queue(&tx, house, job->what, thing, actors_of(arena, job->who), job->job_key, now);
    else if (!strcmp(job->kind, "letter"))
        letters_account(&tx, house, job->what, (AccountId){ job->thing_id.value }, job->who, job->job_key,
                        now);
    else if (!strcmp(job->kind, "fire"))
        story_run_fire(&tx, job->what, thing, job->job_key, now);
    else if (!strcmp(job->kind, "chase") && story_run_chase(&tx, job->what, thing, job->job_key, now, &chase))
        letters_queue(&tx, house, chase.mail, chase.thing, chase.to, job->job_key, now);
    jobs_done(&tx, job->id, now);
    if (db_commit(&tx))
        return true;
    *ret_why = tx.error;
    return false;
}

static bool run_job(Db *db, Arena *arena, const House *house, const LeasedJob *job, Instant now,
                    const char **ret_why) {
    if (strcmp(job->kind, "make") != 0)
        return run_in_one(db, arena, house, job, now, ret_why);
    const PaperMaker *maker = maker_of(job->what);
    *ret_why = "no maker for this paper";
    return maker && document_make(db, arena, maker, job, now, house->folder, ret_why);
}

static bool lease(Db *db, Arena *arena, const JobWish *wish, Instant now, LeasedJob *ret) {
    char worker[32];
    snprintf(worker, sizeof worker, "pid-%d", (int)getpid());
    AUTO_TX Tx look = db_read(db, arena);
    Instant next = jobs_next_due(&look);
    db_rollback(&look);
    if (!next.ms || next.ms > now.ms)
        return false;
    AUTO_TX Tx tx = db_begin(db, arena);
    bool got = wish ? jobs_lease_wished(&tx, worker, wish, now, LEASE_SECONDS, ret)
                    : jobs_lease(&tx, worker, now, LEASE_SECONDS, ret);
    return got && db_commit(&tx);
}

/* In the demo what fell due since its first day goes before the papers of its invented past. */
static bool lease_fresh(Db *db, Arena *arena, const House *house, Instant now, LeasedJob *ret) {
    if (!house->is_demo)
        return lease(db, arena, NULL, now, ret);
    AUTO_TX Tx look = db_read(db, arena);
    JobWish fresh = { .from = { strtoll(people_setting(&look, "demo.from"), NULL, 10) } };
    db_rollback(&look);
    return lease(db, arena, &fresh, now, ret);
}

static void put_back(Db *db, Arena *arena, const LeasedJob *job, const char *why, Instant now) {
    AUTO_TX Tx tx = db_begin(db, arena);
    jobs_retry(&tx, job->id, why ? why : "?", now);
    if (!db_commit(&tx))
        log_error("job", "id=%lld why=%s", (long long)job->id.value, tx.error);
}

static MailRoute route_of(const House *house) {
    return (MailRoute){ .folder = house->mail_folder,
                        .smtp_url = house->smtp_url,
                        .user = house->smtp_user,
                        .password = house->smtp_password,
                        .ca_file = house->smtp_ca,
                        .needs_tls = house->smtp_needs_tls,
                        .host_name = house->mail_host,
                        .timeout_seconds = 30 };
}

static bool send_one(Db *db, const House *house, Instant now) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(db, arena);
    Organisation organisation;
    if (!people_organisation(&tx, &organisation))
        return false;
    db_rollback(&tx);
    MailRoute route = route_of(house);
    return message_send_next(db, arena, &route, organisation.email, organisation.name, now);
}

/* The demo clock jumps: a job then happens at its own time. */
static Instant time_of(const House *house, const LeasedJob *job, Instant now) {
    return house->is_demo && job->due_at.ms && job->due_at.ms < now.ms ? job->due_at : now;
}

static void do_job(Db *db, Arena *arena, const House *house, const LeasedJob *job, Instant now) {
    const char *why = NULL;
    if (run_job(db, arena, house, job, time_of(house, job, now), &why))
        return;
    log_warning("job", "id=%lld kind=%s what=%s why=%s", (long long)job->id.value, job->kind, job->what, why);
    put_back(db, arena, job, why, now);
}

int64_t app_work(Db *db, const House *house, Instant now, int64_t most) {
    int64_t done = 0;
    for (; done < most; done++) {
        AUTO_ARENA Arena *arena = arena_new();
        LeasedJob job;
        if (lease_fresh(db, arena, house, now, &job))
            do_job(db, arena, house, &job, now);
        else if (send_one(db, house, now))
            continue;
        else if (house->is_demo && lease(db, arena, NULL, now, &job))
            do_job(db, arena, house, &job, now);
        else
            return done;
    }
    return done;
}

void app_work_on(Db *db, const House *house, Thing thing, Instant now) {
    JobWish wish = { .machine = story_machine_name(thing.machine), .thing_id = thing.id };
    for (bool any = true; any;) {
        AUTO_ARENA Arena *arena = arena_new();
        LeasedJob job;
        any = lease(db, arena, &wish, now, &job);
        if (any)
            do_job(db, arena, house, &job, now);
    }
}
