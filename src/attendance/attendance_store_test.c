#include "attendance_store.h"

#include <string.h>

#include "date.h"
#include "people_store.h"
#include "session_store.h"
#include "test.h"
#include "test_db.h"
#include "trainer_store.h"

/* The trainer's papers are another room's business. */
__attribute__((weak)) bool trainer_may_open(Tx *tx, TrainerId trainer_id) {
    (void)tx;
    return trainer_id.value != 0;
}

static const char *fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

static StoryHouse house;

static void set_house(Db *db) {
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

static Date first_day(void) { return date_of(2026, 12, 14); }
static Instant on_day(int minutes) { return instant_at(first_day(), minutes); }
static Instant long_before(void) { return instant_at(date_of(2026, 11, 2), 9 * 60); }

static Act act(Event event, unsigned actor, Instant now) {
    return (Act){ .event = event, .actor = actor, .person = "Camille Roussel", .now = now };
}

static void must(Tx *tx, Outcome outcome) {
    if (!outcome.done)
        fail_msg("%s (%s)", outcome.why ? outcome.why : "", tx->error ? tx->error : "");
}

static void must_not(Outcome outcome, const char *part) {
    assert_false(outcome.done);
    if (!outcome.why || !strstr(outcome.why, part))
        fail_msg("%s", outcome.why ? outcome.why : "no reason");
}

static void fire(Tx *tx, Thing thing, Event event, unsigned actor, Instant now) {
    must(tx, story_fire(tx, thing, (Thing){ 0 }, act(event, actor, now)));
}

static HalfDays one_day(Arena *arena, Date day) {
    HalfDay *at = arena_zero(arena, 2, sizeof *at);
    at[0] = (HalfDay){ .held_on = day, .half = "am", .starts_minutes = AM_STARTS, .ends_minutes = AM_ENDS };
    at[1] = (HalfDay){ .held_on = day, .half = "pm", .starts_minutes = PM_STARTS, .ends_minutes = PM_ENDS };
    return (HalfDays){ at, 2 };
}

static Company company_named(const char *name) {
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

static ParticipantId add_person(Tx *tx, DossierId dossier_id, const char *name) {
    return dossier_participant_add(tx, &(Participant){ .dossier_id = dossier_id,
                                                       .first_name = name,
                                                       .last_name = "Martin",
                                                       .email = "qui@salon.example" });
}

static SessionId new_session(Tx *tx, const Act *by) {
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
static World validated(Tx *tx) {
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
    fire(tx, THING(session, w.session_id), EVENT_validate, STAFF, by.now);
    return w;
}

static void pay_oneself(Tx *tx, DossierId dossier_id) {
    Thing thing = THING(dossier, dossier_id);
    story_tick(tx, thing, SIGNATORY_IS_SURE, true, long_before());
    fire(tx, thing, EVENT_agreement_signed, COMPANY, long_before());
    story_tick(tx, thing, COMMITMENT_IS_SIGNED, true, long_before());
    fire(tx, thing, EVENT_company_pays_itself, COMPANY, long_before());
}

static World green(Tx *tx) {
    World w = validated(tx);
    pay_oneself(tx, w.dossiers[0]);
    pay_oneself(tx, w.dossiers[1]);
    assert_int_equal(story_where(tx, THING(session, w.session_id)), STATE_session_open);
    return w;
}

static Slot slot_of(Tx *tx, ParticipantId participant_id, size_t which) {
    Slots all = attendance_of_participant(tx, participant_id);
    assert_true(which < all.count);
    return all.at[which];
}

static Outcome sign(Tx *tx, ParticipantId participant_id, size_t which, Instant now) {
    Act by = act(EVENT_trainee_signs, TRAINEE, now);
    return attendance_sign(tx, slot_of(tx, participant_id, which).id, "link", &by);
}

static Outcome countersign(Tx *tx, const World *w, size_t which, Instant now) {
    Act by = act(EVENT_trainer_countersigns, TRAINER, now);
    return attendance_countersign(tx, session_half_days(tx, w->session_id).at[which].id, &by);
}

/* ---- the tests, each on a fresh store of each engine ---- */

static void plan_is_idempotent(Tx *tx) {
    World w = green(tx);
    Cause cause = { .thing = THING(session, w.session_id),
                    .root_id = { w.session_id.value },
                    .act = act(EVENT_all_files_green, CLOCK, long_before()) };
    for (int i = 0; i < 3; i++)
        assert_int_equal(attendance_of_participant(tx, w.people[i]).count, 2);
    assert_null(attendance_plan(tx, &cause));
    assert_int_equal(attendance_of_dossier(tx, w.dossiers[0]).count, 4);
    assert_string_equal(slot_of(tx, w.people[0], 0).state, "slot_planned");
}

static void window_opens_before_the_start(Tx *tx) {
    World w = green(tx);
    must_not(sign(tx, w.people[0], 0, on_day(AM_STARTS - 16)), "ouvre \xc3\xa0 8 h 45");
    must_not(sign(tx, w.people[0], 0, long_before()), "ouvre le 14");
    must_not(sign(tx, w.people[0], 0, on_day(24 * 60 - 1)), "preuve");
    must(tx, sign(tx, w.people[0], 0, on_day(AM_STARTS - 15)));
    assert_string_equal(slot_of(tx, w.people[0], 0).state, "slot_signed");
    assert_int_equal(story_where(tx, THING(session, w.session_id)), STATE_session_running);
}

static void signed_twice_is_once(Tx *tx) {
    World w = green(tx);
    must(tx, sign(tx, w.people[0], 0, on_day(AM_STARTS)));
    Outcome again = sign(tx, w.people[0], 0, on_day(AM_STARTS + 5));
    assert_true(again.done && again.is_repeat);
    Slot slot = slot_of(tx, w.people[0], 0);
    assert_true(slot.signed_at.ms == on_day(AM_STARTS).ms);
    assert_string_equal(slot.evidence, "link");
    Lines lines = story_lines(tx, THING(slot, slot.id));
    assert_int_equal(lines.count, 3); /* planned, opened, signed */
}

static void countersigned_after_the_end(Tx *tx) {
    World w = green(tx);
    Act trainer = act(EVENT_mark_absent, TRAINER, on_day(AM_STARTS + 20));
    must(tx, sign(tx, w.people[0], 0, on_day(AM_STARTS)));
    must(tx, sign(tx, w.people[1], 0, on_day(AM_STARTS)));
    must_not(countersign(tx, &w, 0, on_day(AM_ENDS - 1)), "fin de la demi-journ");
    must_not(countersign(tx, &w, 0, on_day(AM_ENDS)), "manque une signature");
    must(tx, attendance_absent(tx, slot_of(tx, w.people[2], 0).id, "malade", &trainer));
    /* the story's own door is closed before the end, too */
    attendance_check(tx, w.session_id, on_day(AM_ENDS - 1));
    Outcome direct = story_fire(tx, THING(slot, slot_of(tx, w.people[0], 0).id), (Thing){ 0 },
                                act(EVENT_trainer_countersigns, TRAINER, on_day(AM_ENDS - 1)));
    assert_false(direct.done);
    assert_int_equal(direct.missing, SLOT_IS_OVER);
    must(tx, countersign(tx, &w, 0, on_day(AM_ENDS)));
    assert_int_equal(attendance_minutes(tx, w.people[0]), AM_ENDS - AM_STARTS);
    assert_int_equal(attendance_minutes(tx, w.people[2]), 0);
    assert_string_equal(slot_of(tx, w.people[2], 0).absent_reason, "malade");
    assert_true(countersign(tx, &w, 0, on_day(AM_ENDS + 1)).is_repeat);
}

/* The morning signed by all, the afternoon by one; one absent, one regularised. */
static World ended(Tx *tx) {
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

static void certificates_tell_what_was_attended(Tx *tx) {
    World w = ended(tx);
    const int half = AM_ENDS - AM_STARTS, minutes[] = { 2 * half, half, 2 * half };
    Act staff = act(EVENT_delivered, STAFF, on_day(PM_ENDS + 60));
    for (int i = 0; i < 3; i++)
        assert_int_equal(attendance_minutes(tx, w.people[i]), minutes[i]);
    must_not(attendance_deliver(tx, w.dossiers[0], &staff), "attest");
    must_not(attendance_attest(tx, w.people[0], "superb", &staff), "acquis");
    for (int i = 0; i < 2; i++)
        must(tx, attendance_attest(tx, w.people[i], i ? "partly" : "acquired", &staff));
    must(tx, attendance_deliver(tx, w.dossiers[0], &staff));
    Certificat certificat;
    assert_true(attendance_certificat(tx, w.people[1], &certificat));
    assert_int_equal(certificat.attended_minutes, half);
    assert_string_equal(certificat.skills, "partly");
    assert_true(certificat.signed_at.ms == staff.now.ms);
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[0])), STATE_dossier_to_invoice);
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[1])), STATE_dossier_green);
    must_not(attendance_attest(tx, w.people[1], "not", &staff), "sign");
    Outcome back = story_fire(tx, THING(session, w.session_id), (Thing){ 0 },
                              act(EVENT_take_back, STAFF, on_day(PM_ENDS + 61)));
    assert_int_equal(back.missing, NO_CERTIFICATE_IS_SIGNED);
}

static void nobody_attended_is_delivered_too(Tx *tx) {
    World w = green(tx);
    for (size_t half = 0; half < 2; half++) {
        int starts = half ? PM_STARTS : AM_STARTS;
        Act trainer = act(EVENT_mark_absent, TRAINER, on_day(starts));
        must(tx, sign(tx, w.people[0], half, on_day(starts)));
        must(tx, sign(tx, w.people[1], half, on_day(starts)));
        must(tx, attendance_absent(tx, slot_of(tx, w.people[2], half).id, "malade", &trainer));
        must(tx, countersign(tx, &w, half, on_day(PM_ENDS)));
    }
    fire(tx, THING(session, w.session_id), EVENT_declare_end, TRAINER, on_day(PM_ENDS));
    Act staff = act(EVENT_delivered, STAFF, on_day(PM_ENDS + 60));
    Certificat certificat;
    must_not(attendance_attest(tx, w.people[2], "acquired", &staff), "aucune demi-journ");
    must(tx, attendance_deliver(tx, w.dossiers[1], &staff));
    assert_false(attendance_certificat(tx, w.people[2], &certificat));
    assert_int_equal(story_where(tx, THING(dossier, w.dossiers[1])), STATE_dossier_to_invoice);
}

static void moved_session_plans_anew(Tx *tx) {
    World w = green(tx);
    Slot before = slot_of(tx, w.people[0], 0);
    HalfDays days = one_day(tx->arena, date_of(2026, 12, 16));
    Act by = act(EVENT_reschedule, STAFF, long_before());
    by.reason = "formateur malade";
    must(tx, session_reschedule(tx, w.session_id, &days, &by));
    assert_int_equal(story_where(tx, THING(slot, before.id)), STATE_slot_cancelled);
    for (int i = 0; i < 2; i++) {
        if (story_where(tx, THING(dossier, w.dossiers[i])) == STATE_dossier_green)
            continue;
        story_tick(tx, THING(dossier, w.dossiers[i]), COMMITMENT_IS_SIGNED, true, long_before());
        fire(tx, THING(dossier, w.dossiers[i]), EVENT_company_pays_itself, COMPANY, long_before());
    }
    assert_int_equal(story_where(tx, THING(session, w.session_id)), STATE_session_open);
    Slot after = slot_of(tx, w.people[0], 0);
    assert_int_equal(attendance_of_participant(tx, w.people[0]).count, 2);
    assert_int_equal(after.held_on.days, date_of(2026, 12, 16).days);
    assert_string_equal(after.state, "slot_planned");
}

static void light_lost_and_found_plans_anew(Tx *tx) {
    World w = green(tx);
    fire(tx, THING(dossier, w.dossiers[1]), EVENT_green_lost, STAFF, long_before());
    assert_int_equal(attendance_of_participant(tx, w.people[0]).count, 0);
    fire(tx, THING(dossier, w.dossiers[1]), EVENT_company_pays_itself, COMPANY, long_before());
    assert_int_equal(attendance_of_participant(tx, w.people[0]).count, 2);
}

/* Without the green light no slot is there; where one is forced into being, no door lets it be signed. */
static void nobody_signs_without_green_light(Tx *tx) {
    World w = validated(tx);
    pay_oneself(tx, w.dossiers[0]);
    Cause cause = { .thing = THING(session, w.session_id),
                    .root_id = { w.session_id.value },
                    .act = act(EVENT_all_files_green, CLOCK, long_before()) };
    assert_int_equal(attendance_of_participant(tx, w.people[0]).count, 0);
    assert_null(attendance_plan(tx, &cause));
    const unsigned actors[] = { TRAINEE, TRAINER, STAFF, COMPANY, CLOCK };
    const Event events[] = { EVENT_open_window, EVENT_trainee_signs, EVENT_mark_absent, EVENT_regularise,
                             EVENT_trainer_countersigns };
    for (int p = 0; p < 3; p++) {
        Slot slot = slot_of(tx, w.people[p], 0);
        for (size_t a = 0; a < sizeof actors / sizeof *actors; a++) {
            Act by = act(EVENT_trainee_signs, actors[a], on_day(AM_STARTS));
            assert_false(attendance_sign(tx, slot.id, "link", &by).done);
            assert_false(attendance_absent(tx, slot.id, "malade", &by).done);
            for (size_t e = 0; e < sizeof events / sizeof *events; e++)
                assert_false(story_fire(tx, THING(slot, slot.id), (Thing){ 0 },
                                        act(events[e], actors[a], on_day(AM_STARTS)))
                                 .done);
        }
        assert_false(countersign(tx, &w, 0, on_day(AM_ENDS)).done);
        assert_string_equal(slot_of(tx, w.people[p], 0).state, "slot_planned");
        assert_int_equal(slot_of(tx, w.people[p], 0).signed_at.ms, 0);
    }
    assert_int_equal(story_where(tx, THING(session, w.session_id)), STATE_session_validated);
}

static void interrupted_session_ends_early(Tx *tx) {
    World w = green(tx);
    Thing session = THING(session, w.session_id);
    for (int i = 0; i < 3; i++)
        must(tx, sign(tx, w.people[i], 0, on_day(AM_STARTS)));
    must(tx, countersign(tx, &w, 0, on_day(AM_ENDS)));
    attendance_check(tx, w.session_id, on_day(AM_ENDS));
    assert_false(story_facts(tx, session).ticked[ALL_SLOTS_ARE_SETTLED]);
    fire(tx, session, EVENT_interrupt, STAFF, on_day(AM_ENDS));
    attendance_check(tx, w.session_id, on_day(AM_ENDS));
    fire(tx, session, EVENT_end_early, STAFF, on_day(AM_ENDS));
    assert_int_equal(attendance_of_participant(tx, w.people[0]).count, 1);
    assert_int_equal(attendance_minutes(tx, w.people[0]), AM_ENDS - AM_STARTS);
}

static void others_slots_are_not_seen(Tx *tx) {
    World w = green(tx);
    Slot slot = slot_of(tx, w.people[0], 0), ret;
    Session session;
    assert_true(session_get(tx, w.session_id, &session));
    const struct {
        Viewer viewer;
        bool sees;
    } cases[] = {
        { { .role = ROLE_STAFF }, true },
        { { .role = ROLE_TRAINER, .trainer_id = session.trainer_id }, true },
        { { .role = ROLE_TRAINER, .trainer_id = { session.trainer_id.value + 1 } }, false },
        { { .role = ROLE_PARTICIPANT, .participant_id = w.people[0] }, true },
        { { .role = ROLE_PARTICIPANT, .participant_id = w.people[1] }, false },
        { { .role = ROLE_PARTICIPANT, .participant_id = w.people[2] }, false },
        { { .role = ROLE_NOBODY }, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(attendance_slot_seen(tx, &cases[i].viewer, slot.id, &ret), cases[i].sees);
}

typedef void (*Told)(Tx *tx);

static void on_each(void **state) {
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

int main(void) {
    static const struct {
        const char *name;
        Told told;
    } all[] = {
#define TOLD(function) { #function, function }
        TOLD(plan_is_idempotent),
        TOLD(window_opens_before_the_start),
        TOLD(signed_twice_is_once),
        TOLD(countersigned_after_the_end),
        TOLD(certificates_tell_what_was_attended),
        TOLD(nobody_attended_is_delivered_too),
        TOLD(moved_session_plans_anew),
        TOLD(light_lost_and_found_plans_anew),
        TOLD(nobody_signs_without_green_light),
        TOLD(interrupted_session_ends_early),
        TOLD(others_slots_are_not_seen),
    };
    enum { COUNT = sizeof all / sizeof *all };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each, NULL, NULL, (void *)(uintptr_t)&all[i].told };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
