#include <stdio.h>
#include <string.h>
#include <time.h>

#include "access.h"
#include "app.h"
#include "clock.h"
#include "crypt.h"
#include "date.h"
#include "db.h"
#include "log.h"
#include "migrate.h"
#include "pdf.h"
#include "people_store.h"
#include "routes.h"
#include "server.h"

Db *app_open(const AppConfig *config, const char **ret_why) {
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = db_open(config->house.db_url, ret_why);
    if (!db)
        return NULL;
    db_set_house(db, &app_story);
    static char why[400]; /* outlives the arena */
    const char *word = NULL, *check = "";
    if (!migrate_check(db, arena, &check)) {
        snprintf(why, sizeof why, "%s", check);
        *ret_why = why;
        db_close(db);
        return NULL;
    }
    AUTO_TX Tx tx = db_read(db, arena);
    if (!story_knows_all(&tx, &word)) {
        snprintf(why, sizeof why, "La base contient un mot que ce programme ne connaît pas : %s.",
                 word ? word : "?");
        *ret_why = why;
        db_rollback(&tx);
        db_close(db);
        return NULL;
    }
    return db;
}

Instant app_now(Db *db, const House *house) {
    Instant real = clock_now();
    if (!house->is_demo)
        return real;
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(db, arena);
    return people_now(&tx, true, real);
}

/* What each web worker holds. */
typedef struct Worker {
    Db *db;
    const AppConfig *config;
} Worker;

static void *worker_start(void *house) {
    static Worker worker; /* one per process */
    const AppConfig *config = house;
    const char *why = NULL;
    crypt_start();
    reply_error_page(people_error_page);
    worker = (Worker){ .db = app_open(config, &why), .config = config };
    if (!worker.db)
        log_error("worker", "why=%s", why);
    return &worker;
}

static void worker_stop(void *worker) {
    Worker *w = worker;
    if (w->db)
        db_close(w->db);
    w->db = NULL;
}

void app_handle(void *worker, Request *rq) {
    Worker *w = worker;
    const char *why = NULL;
    rq->house = &w->config->house;
    if (!w->db && !(w->db = app_open(w->config, &why))) { /* the store was away at start: try again */
        log_error("store", "number=%s why=%s", rq->number, why);
        reply_error(rq, 503, NULL);
        return;
    }
    rq->db = w->db;
    rq->now = app_now(w->db, &w->config->house);
    rq->today = instant_date(rq->now);
    people_recognise(rq);
    if (rq->status)
        return;
    bool other = false;
    const Route *route = routes_find(rq, &other);
    if (!route)
        reply_error(rq, other ? 405 : 404, NULL);
    else if (people_admit(rq, route->roles))
        route->handler(rq);
}

static void job_worker(void *house, const volatile int *stop) {
    const AppConfig *config = house;
    Db *db = NULL;
    crypt_start();
    pdf_start();
    while (!*stop) {
        const char *why = NULL;
        if (!db && !(db = app_open(config, &why))) {
            log_error("jobs", "why=%s", why);
            nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
            continue;
        }
        if (app_work(db, &config->house, app_now(db, &config->house), 1) == 0)
            nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
    }
    if (db)
        db_close(db);
}

static void (*told_when_ready)(const AppConfig *config);
static void ready(void *house) {
    if (told_when_ready)
        told_when_ready(house);
}

int app_serve(const AppConfig *config, void (*when_ready)(const AppConfig *config)) {
    AppConfig copy = *config;
    told_when_ready = when_ready;
    Server server = {
        .listen = config->listen,
        .workers = config->workers,
        .job_workers = config->job_workers ? config->job_workers : 1,
        .trusted = config->trusted ? config->trusted : "",
        .upload_folder = config->house.folder,
        .start = worker_start,
        .handle = app_handle,
        .stop = worker_stop,
        .jobs = job_worker,
        .house = &copy,
        .ready = ready,
    };
    return server_run(&server);
}
