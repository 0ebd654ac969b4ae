/* test_story_store.h - a small house for the tests of the story: session 1, its dossiers 11 and 12, and what
 * reacts to their moves. */
#pragma once
#include "date.h"
#include "story_store.h"
#include "test.h"
#include "test_db.h"

static const Thing session = { MACHINE_session, { 1 } }, nothing = { MACHINE_NONE, { 0 } };
static const Thing dossiers[] = { { MACHINE_dossier, { 11 } }, { MACHINE_dossier, { 12 } } };
static const char *refuse_with; /* what plan_slots answers */

static inline const char *fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

static inline const char *react_open_papers(Tx *tx, const Cause *cause) {
    for (int i = 0; i < 2; i++) {
        story_tick(tx, dossiers[i], DOSSIER_IS_COMPLETE, true, cause->act.now);
        story_follow(tx, dossiers[i], EVENT_documents_generated, &cause->act);
    }
    return fine(tx, cause);
}

static inline const char *react_try_open(Tx *tx, const Cause *cause) {
    story_follow(tx, (Thing){ MACHINE_session, cause->root_id }, EVENT_all_files_green, &cause->act);
    return fine(tx, cause);
}

static inline const char *react_plan_slots(Tx *tx, const Cause *cause) {
    for (int i = 0; i < 2; i++)
        story_born(tx, (Thing){ MACHINE_slot, { 100 + i } }, dossiers[i], EVENT_planned, &cause->act);
    fine(tx, cause);
    return refuse_with;
}

static inline const char *react_cancel_dossiers(Tx *tx, const Cause *cause) {
    for (int i = 0; i < 2; i++)
        story_follow(tx, dossiers[i], EVENT_session_cancelled, &cause->act);
    return fine(tx, cause);
}

static StoryHouse house;

static inline void set_house(Db *db) {
    for (int r = 1; r < REACTION_COUNT; r++)
        house.reactions[r] = fine;
    house.reactions[REACTION_open_dossier_papers] = react_open_papers;
    house.reactions[REACTION_try_open_session] = react_try_open;
    house.reactions[REACTION_plan_slots] = react_plan_slots;
    house.reactions[REACTION_cancel_dossiers] = react_cancel_dossiers;
    db_set_house(db, &house);
}

static inline Instant at(int year, int month, int day, int hour) {
    return instant_at(date_of(year, month, day), hour * 60);
}

static inline Act act(Event event, unsigned actor, Instant now) {
    return (
        Act){ .event = event, .actor = actor, .account_id = { 5 }, .person = "Camille Roussel", .now = now };
}

static inline void must(Tx *tx, Thing thing, Thing parent, Act a) {
    Outcome outcome = story_fire(tx, thing, parent, a);
    if (!outcome.done)
        fail_msg("%s: %s (%s)", story_event_name(a.event), outcome.why, tx->error ? tx->error : "");
}

/* A session ready to validate, with its two dossiers. */
static inline void begin_session(Tx *tx, Instant now) {
    Act create = act(EVENT_create_session, TRAINER, now);
    const Need needs[] = { TRAINER_IS_ACTIVE, CLIENTS_ARE_COMPLETE, SESSION_IS_COMPLETE, DATES_ARE_AHEAD };
    for (int i = 0; i < 4; i++)
        story_tick(tx, session, needs[i], true, now);
    must(tx, session, nothing, create);
    for (int i = 0; i < 2; i++)
        assert_true(story_born(tx, dossiers[i], session, EVENT_opened, &create).done);
    must(tx, session, nothing, act(EVENT_fill_for_client, TRAINER, now));
}

static void validate(Tx *tx, Instant now) { must(tx, session, nothing, act(EVENT_validate, TRAINER, now)); }

static inline void sign(Tx *tx, Thing dossier, Instant now) {
    story_tick(tx, dossier, SIGNATORY_IS_SURE, true, now);
    must(tx, dossier, nothing, act(EVENT_agreement_signed, COMPANY, now));
}

static inline void pay_oneself(Tx *tx, Thing dossier, Instant now) {
    story_tick(tx, dossier, COMMITMENT_IS_SIGNED, true, now);
    must(tx, dossier, nothing, act(EVENT_company_pays_itself, COMPANY, now));
}

static inline int64_t count_of(Tx *tx, const char *sql) {
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t count = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return count;
}

typedef struct StoreTest {
    const char *name;
    void (*run)(Db *, Arena *);
} StoreTest;

/* Runs a test, whose function *state points at, on a fresh store of each engine. */
static inline void on_each(void **state) {
    void (*const *run)(Db *, Arena *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        set_house(dbs.at[i]);
        (*run)(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}
