/* app.h - the roof: everything is joined here and nowhere else. */
#pragma once
#include "house.h"
#include "request.h"
#include "story_store.h"

extern const StoryHouse app_story; /* reactions.def, bound */

typedef struct AppConfig {
    House house;
    const char *listen, *trusted;
    int workers, job_workers;
    bool is_quiet; /* no readiness line */
} AppConfig;

/* Opens the store, checks schema and words; NULL with a French sentence for the operator. */
Db *app_open(const AppConfig *config, const char **ret_why);
int app_serve(const AppConfig *config, void (*ready)(const AppConfig *config));
void app_handle(void *worker,
                Request *rq); /* one request: recognise, admit, route, handle; tests call it too */
/* Does the jobs due by `now` until none is left (or `most`); returns how many. Tests and the demo clock call
 * it. */
int64_t app_work(Db *db, const House *house, Instant now, int64_t most);
void app_work_on(Db *db, const House *house, Thing thing, Instant now); /* all that waits for one thing */
Instant app_now(Db *db, const House *house); /* demo clock or real */
