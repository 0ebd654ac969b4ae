/* demo.h - an invented training body with its dossiers in every state, made only by what people may do. */
#pragma once
#include "date.h"
#include "house.h"
#include "people_store.h"

typedef struct DemoWish {
    int64_t dossiers;
    Date day; /* day 0: the clock stands at 9:00 */
} DemoWish;

/* Fills an empty store (schema there). False with *ret_why: a fault, nothing to be kept. */
bool demo_create(Db *db, const House *house, const DemoWish *wish, const char **ret_why);
/* Does the demo's setting say that this store is one? */
bool demo_is_there(Db *db);

typedef struct DemoPerson {
    const char *who, *label; /* "camille", "Camille, patronne du salon" */
    unsigned role;
    const char *email; /* of the account; "": reached by a link of the hero file */
    const char *first_name;
} DemoPerson;
size_t demo_people(const DemoPerson **ret_all);
