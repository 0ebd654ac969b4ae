/* test_attendance_store.h - a small house for the tests of presence: two companies, three people, one day,
 * and the real reactions of session, dossier and attendance. */
#pragma once
#include <string.h>

#include "attendance_store.h"
#include "date.h"
#include "people_store.h"
#include "session_store.h"
#include "test.h"
#include "test_db.h"

static inline const char *fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

static StoryHouse house;

static inline void set_house(Db *db) {
    for (int r = 1; r < REACTION_COUNT; r++)
        house.reactions[r] = fine;
    house.reactions[REACTION_open_dossier_papers] = dossier_open_papers;
    house.reactions[REACTION_try_open_session] = session_try_open;
    house.reactions[REACTION_lose_session_green] = session_lose_green;
    house.reactions[REACTION_plan_slots] = attendance_plan;
    house.reactions[REACTION_cancel_slots] = attendance_cancel;
    house.reactions[REACTION_cancel_dossiers] = dossier_cancel_all;
    house.reactions[REACTION_move_dossiers] = dossier_move_all;
    house.reactions[REACTION_start_session] = attendance_start;
    db_set_house(db, &house);
}

enum { AM_STARTS = 9 * 60, AM_ENDS = 12 * 60 + 30, PM_STARTS = 13 * 60 + 30, PM_ENDS = 17 * 60 };

/* Two companies, three people, one day of two half-days. */
typedef struct World {
    SessionId session_id;
    DossierId dossiers[2];
    ParticipantId people[3];
} World;

static inline Date first_day(void) { return date_of(2026, 12, 14); }
static inline Instant on_day(int minutes) { return instant_at(first_day(), minutes); }
static inline Instant long_before(void) { return instant_at(date_of(2026, 11, 2), 9 * 60); }

static inline Act act(Event event, unsigned actor, Instant now) {
    return (Act){ .event = event, .actor = actor, .person = "Camille Roussel", .now = now };
}

static inline void must(Tx *tx, Outcome outcome) {
    if (!outcome.done)
        fail_msg("%s (%s)", outcome.why ? outcome.why : "", tx->error ? tx->error : "");
}

static inline void must_not(Outcome outcome, const char *part) {
    assert_false(outcome.done);
    if (!outcome.why || !strstr(outcome.why, part))
        fail_msg("%s", outcome.why ? outcome.why : "no reason");
}

static inline void fire(Tx *tx, Thing thing, Event event, unsigned actor, Instant now) {
    must(tx, story_fire(tx, thing, (Thing){ 0 }, act(event, actor, now)));
}

static inline HalfDays one_day(Arena *arena, Date day) {
    HalfDay *at = arena_zero(arena, 2, sizeof *at);
    at[0] = (HalfDay){ .held_on = day, .half = "am", .starts_minutes = AM_STARTS, .ends_minutes = AM_ENDS };
    at[1] = (HalfDay){ .held_on = day, .half = "pm", .starts_minutes = PM_STARTS, .ends_minutes = PM_ENDS };
    return (HalfDays){ at, 2 };
}

static inline Company company_named(const char *name) {
    return (Company){ .name = name,
                      .siret = "98765432400017",
                      .address = "3 place du Village",
                      .postcode = "69400",
                      .city = "Villefranche",
                      .idcc = "",
                      .funder_code = "",
                      .funder_source = "",
                      .headcount = "",
                      .contact_first_name = "Camille",
                      .contact_last_name = "Moreau",
                      .email = "camille@salon.example",
                      .phone = "" };
}

static inline ParticipantId add_person(Tx *tx, DossierId dossier_id, const char *name) {
    return dossier_participant_add(tx, &(Participant){ .dossier_id = dossier_id,
                                                       .first_name = name,
                                                       .last_name = "Martin",
                                                       .email = "qui@salon.example" });
}

/* His papers are in order. */
static inline void active(Tx *tx, TrainerId trainer_id, const Act *by) {
    Thing thing = THING(trainer, trainer_id);
    Act invited = *by, complete = *by;
    invited.event = EVENT_invited;
    complete.event = EVENT_dossier_complete;
    must(tx, story_fire(tx, thing, (Thing){ 0 }, invited));
    story_tick(tx, thing, PAPERS_ARE_VALID, true, by->now);
    must(tx, story_fire(tx, thing, (Thing){ 0 }, complete));
}

static inline SessionId new_session(Tx *tx, const Act *by) {
    const char *why = NULL;
    Trainer trainer = { .first_name = "Nadia",
                        .last_name = "Benali",
                        .email = "nadia@example.fr",
                        .phone = "",
                        .business = "",
                        .siret = "",
                        .nda = "",
                        .vat_regime = "",
                        .iban = "",
                        .bank_name = "",
                        .iban_verified_by = "" };
    TrainerId trainer_id = people_trainer_add(tx, &trainer);
    active(tx, trainer_id, by);
    CourseId course_id = session_course_add(tx, &(Course){ .trainer_id = trainer_id,
                                                           .title = "Coloration",
                                                           .objectives = "colorer",
                                                           .content = "pigments",
                                                           .duration_minutes = 420,
                                                           .price_cents = { 70000 } });
    HalfDays days = one_day(tx->arena, first_day());
    SessionId id = session_create(tx,
                                  &(Session){ .course_id = course_id,
                                              .trainer_id = trainer_id,
                                              .title = "Coloration",
                                              .place_kind = "room",
                                              .address = "1 rue Neuve",
                                              .postcode = "69001",
                                              .city = "Lyon",
                                              .price_cents = { 70000 } },
                                  &days, by, &why);
    if (!id.value)
        fail_msg("%s", why);
    return id;
}

/* Up to validated: no company has its financing yet. */
static inline World validated(Tx *tx) {
    World w = { 0 };
    Act by = act(EVENT_create_session, STAFF, long_before());
    w.session_id = new_session(tx, &by);
    const char *const names[] = { "Salon Camille", "Studio Lebrun" };
    for (int i = 0; i < 2; i++) {
        Company company = company_named(names[i]);
        w.dossiers[i] = dossier_open(tx, w.session_id, people_company_add(tx, &company, by.now), &by);
    }
    w.people[0] = add_person(tx, w.dossiers[0], "Lea");
    w.people[1] = add_person(tx, w.dossiers[0], "Ines");
    w.people[2] = add_person(tx, w.dossiers[1], "Marc");
    session_check(tx, w.session_id, by.now);
    dossier_check(tx, w.session_id, by.now);
    fire(tx, THING(session, w.session_id), EVENT_fill_for_client, STAFF, by.now);
    session_fee_set(tx, w.session_id, (Money){ 100000 });
    fire(tx, THING(session, w.session_id), EVENT_validate, STAFF, by.now);
    return w;
}

static inline void pay_oneself(Tx *tx, DossierId dossier_id) {
    Thing thing = THING(dossier, dossier_id);
    story_tick(tx, thing, SIGNATORY_IS_SURE, true, long_before());
    fire(tx, thing, EVENT_agreement_signed, COMPANY, long_before());
    story_tick(tx, thing, COMMITMENT_IS_SIGNED, true, long_before());
    fire(tx, thing, EVENT_company_pays_itself, COMPANY, long_before());
}

static inline World green(Tx *tx) {
    World w = validated(tx);
    pay_oneself(tx, w.dossiers[0]);
    pay_oneself(tx, w.dossiers[1]);
    assert_int_equal(story_where(tx, THING(session, w.session_id)), STATE_session_open);
    return w;
}

static inline Slot slot_of(Tx *tx, ParticipantId participant_id, size_t which) {
    Slots all = attendance_of_participant(tx, participant_id);
    assert_true(which < all.count);
    return all.at[which];
}

static inline Outcome sign(Tx *tx, ParticipantId participant_id, size_t which, Instant now) {
    Act by = act(EVENT_trainee_signs, TRAINEE, now);
    return attendance_sign(tx, slot_of(tx, participant_id, which).id, "link", &by);
}

static inline Outcome countersign(Tx *tx, const World *w, size_t which, Instant now) {
    Act by = act(EVENT_trainer_countersigns, TRAINER, now);
    return attendance_countersign(tx, session_half_days(tx, w->session_id).at[which].id, &by);
}

/* The morning signed by all, the afternoon by one; one absent, one regularised. */
static inline World ended(Tx *tx) {
    World w = green(tx);
    for (int i = 0; i < 3; i++)
        must(tx, sign(tx, w.people[i], 0, on_day(AM_STARTS)));
    must(tx, countersign(tx, &w, 0, on_day(AM_ENDS)));
    Act trainer = act(EVENT_mark_absent, TRAINER, on_day(PM_STARTS + 20));
    must(tx, sign(tx, w.people[0], 1, on_day(PM_STARTS)));
    must(tx, attendance_absent(tx, slot_of(tx, w.people[1], 1).id, "retard", &trainer));
    Thing third = THING(slot, slot_of(tx, w.people[2], 1).id);
    Act clock = act(EVENT_open_window, CLOCK, on_day(PM_STARTS - 15));
    must(tx, story_follow(tx, third, EVENT_open_window, &clock));
    must(tx, story_follow(tx, third, EVENT_window_closed, &clock));
    must_not(sign(tx, w.people[2], 1, on_day(24 * 60 - 1)), "preuve");
    must_not(countersign(tx, &w, 1, on_day(PM_ENDS)), "manque une signature");
    Thing session = THING(session, w.session_id);
    assert_false(
        story_fire(tx, session, (Thing){ 0 }, act(EVENT_declare_end, TRAINER, on_day(PM_ENDS))).done);
    fire(tx, third, EVENT_regularise, STAFF, on_day(PM_ENDS));
    assert_false(story_facts(tx, session).ticked[ALL_SLOTS_ARE_SETTLED]);
    must(tx, countersign(tx, &w, 1, on_day(PM_ENDS)));
    fire(tx, session, EVENT_declare_end, TRAINER, on_day(PM_ENDS));
    return w;
}

typedef void (*Told)(Tx *tx);

static inline void on_each(void **state) {
    Told told = *(const Told *)*state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        set_house(dbs.at[i]);
        {
            AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
            told(&tx);
            if (tx.error)
                fail_msg("%s", tx.error);
        }
        db_close(dbs.at[i]);
    }
}
