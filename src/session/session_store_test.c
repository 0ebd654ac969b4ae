/* A session: its number, its half-days, what is ticked, and when it moves no more. */
#include "session_store.h"

#include <string.h>

#include "date.h"
#include "people_store.h"
#include "test.h"
#include "test_db.h"

static const char *fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

typedef struct Scene {
    Session session;
    Act act;
} Scene;

static HalfDay day_half(Date day, bool is_am) {
    return (HalfDay){ .held_on = day,
                      .half = is_am ? "am" : "pm",
                      .starts_minutes = is_am ? MORNING_STARTS : AFTERNOON_STARTS,
                      .ends_minutes = is_am ? MORNING_ENDS : AFTERNOON_ENDS };
}

/* A trainer at work and his course. */
static Scene scene(Tx *tx) {
    Act act = { .event = EVENT_create_session,
                .actor = STAFF,
                .account_id = { 1 },
                .person = "Agnès Blanc",
                .now = instant_at(date_of(2026, 11, 24), 540) };
    TrainerId trainer = people_trainer_add(tx, &(Trainer){ .first_name = "Camille" });
    Thing thing = THING(trainer, trainer);
    Act invited = act;
    invited.event = EVENT_invited;
    assert_true(story_fire(tx, thing, (Thing){ 0 }, invited).done);
    story_tick(tx, thing, PAPERS_ARE_VALID, true, act.now);
    invited.event = EVENT_dossier_complete;
    assert_true(story_fire(tx, thing, (Thing){ 0 }, invited).done);
    CourseId course = session_course_add(
        tx, &(Course){ .trainer_id = trainer, .title = "Vendre", .objectives = "Savoir", .content = "Tout" });
    return (Scene){ { .course_id = course,
                      .trainer_id = trainer,
                      .title = "Vendre",
                      .place_kind = "remote",
                      .remote_bp = 10000,
                      .price_cents = { 80000 } },
                    act };
}

static SessionId create(Tx *tx, const Scene *s, Date day) {
    const char *why = NULL;
    HalfDay at[] = { day_half(day, true), day_half(day, false), day_half(date_add(day, 1), true) };
    SessionId id = session_create(tx, &s->session, &(HalfDays){ at, 3 }, &s->act, &why);
    if (!id.value)
        fail_msg("%s %s", why ? why : "", tx->error ? tx->error : "");
    return id;
}

static void numbered_without_gap(Tx *tx) {
    Scene s = scene(tx);
    Session first, second;
    assert_true(session_get(tx, create(tx, &s, date_of(2026, 12, 14)), &first));
    assert_true(session_get(tx, create(tx, &s, date_of(2026, 12, 21)), &second));
    assert_string_equal(first.reference, "S-2026-001");
    assert_string_equal(second.reference, "S-2026-002");
    assert_int_equal(first.duration_minutes, 3 * 210);
    assert_int_equal(first.ends_on.days, date_of(2026, 12, 15).days);
    HalfDays days = session_half_days(tx, first.id);
    assert_int_equal(days.count, 3);
    assert_string_equal(days.at[1].half, "pm");
    assert_int_equal(days.at[1].starts_minutes, AFTERNOON_STARTS);
}

static void seen_by_its_trainer_alone(Tx *tx) {
    Scene s = scene(tx);
    Session mine, seen;
    assert_true(session_get(tx, create(tx, &s, date_of(2026, 12, 14)), &mine));
    Viewer his = { .role = ROLE_TRAINER, .trainer_id = s.session.trainer_id };
    Viewer other = { .role = ROLE_TRAINER, .trainer_id = { s.session.trainer_id.value + 1 } };
    Viewer company = { .role = ROLE_COMPANY, .company_id = { 1 } };
    Viewer staff = { .role = ROLE_STAFF };
    assert_true(session_seen(tx, &his, mine.reference, &seen));
    assert_true(session_seen(tx, &staff, mine.reference, &seen));
    assert_false(session_seen(tx, &other, mine.reference, &seen));
    assert_false(session_seen(tx, &company, mine.reference, &seen));
}

static bool holds(Tx *tx, SessionId id, Need need) {
    Facts facts = story_facts(tx, THING(session, id));
    return facts.ticked[need];
}

static void ticked_from_its_rows(Tx *tx) {
    Scene s = scene(tx);
    SessionId id = create(tx, &s, date_of(2026, 12, 14));
    Session now;
    assert_true(holds(tx, id, SESSION_IS_COMPLETE));
    assert_true(holds(tx, id, DATES_ARE_AHEAD));
    assert_true(holds(tx, id, TRAINER_IS_ACTIVE));
    session_check(tx, id, instant_at(date_of(2026, 12, 14), 0));
    assert_false(holds(tx, id, DATES_ARE_AHEAD));
    assert_true(session_get(tx, id, &now));
    now.place_kind = "room";
    assert_true(session_save(tx, &now));
    assert_false(session_save(tx, &now)); /* version */
    session_check(tx, id, s.act.now);
    assert_false(holds(tx, id, SESSION_IS_COMPLETE)); /* a room has an address */
}

/* What the rooms to the right would tick on the way to the green light. */
static void go_to(Tx *tx, SessionId id, Act act, State until) {
    static const Event road[] = { EVENT_fill_for_client, EVENT_validate, EVENT_all_files_green,
                                  EVENT_first_slot_signed };
    static const unsigned whose[] = { STAFF, STAFF, CLOCK, TRAINER };
    Thing thing = THING(session, id);
    Thing dossier = { MACHINE_dossier, { 71 } };
    story_born(tx, dossier, thing, EVENT_opened, &act);
    story_tick(tx, thing, CLIENTS_ARE_COMPLETE, true, act.now);
    story_tick(tx, dossier, DOSSIER_IS_COMPLETE, true, act.now);
    for (size_t i = 0; i < 4 && story_where(tx, thing) != until; i++) {
        if (road[i] == EVENT_all_files_green) {
            story_follow(tx, dossier, EVENT_documents_generated, &act);
            story_tick(tx, dossier, SIGNATORY_IS_SURE, true, act.now);
            story_tick(tx, dossier, COMMITMENT_IS_SIGNED, true, act.now);
            act.actor = COMPANY, act.event = EVENT_agreement_signed;
            story_fire(tx, dossier, (Thing){ 0 }, act);
            act.event = EVENT_company_pays_itself;
            story_fire(tx, dossier, (Thing){ 0 }, act);
        }
        act.event = road[i], act.actor = whose[i];
        Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, act);
        if (!outcome.done)
            fail_msg("%s: %s %s", story_event_name(road[i]), outcome.why, tx->error ? tx->error : "");
    }
}

static void moves_until_it_starts(Tx *tx) {
    Scene s = scene(tx);
    SessionId id = create(tx, &s, date_of(2026, 12, 14));
    HalfDay at[] = { day_half(date_of(2027, 1, 11), true) };
    HalfDays days = { at, 1 };
    Session now;
    s.act.reason = "Salle inondée";
    assert_false(session_reschedule(tx, id, &days, &s.act).done); /* a draft is simply changed */
    go_to(tx, id, s.act, STATE_session_open);
    assert_true(session_reschedule(tx, id, &days, &s.act).done);
    assert_int_equal(story_where(tx, THING(session, id)), STATE_session_validated);
    assert_true(session_get(tx, id, &now));
    assert_int_equal(now.starts_on.days, date_of(2027, 1, 11).days);
    assert_int_equal(now.duration_minutes, 210);
    assert_false(holds(tx, id, NEW_DATES_ARE_SET));
    Act clock = s.act;
    clock.actor = CLOCK, clock.event = EVENT_all_files_green;
    assert_true(story_fire(tx, THING(session, id), (Thing){ 0 }, clock).done);
    clock.event = EVENT_first_slot_signed;
    assert_true(story_fire(tx, THING(session, id), (Thing){ 0 }, clock).done);
    assert_false(session_reschedule(tx, id, &days, &s.act).done);
}

static void on_each(void **state) {
    void (*const *run)(Tx *) = *state;
    StoryHouse house = { 0 };
    for (int r = 1; r < REACTION_COUNT; r++)
        house.reactions[r] = fine;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        db_set_house(dbs.at[i], &house);
        AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
        (*run)(&tx);
        assert_null(tx.error);
        db_rollback(&tx);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static void (*const runs[])(Tx *) = { numbered_without_gap, seen_by_its_trainer_alone,
                                          ticked_from_its_rows, moves_until_it_starts };
    const struct CMUnitTest tests[] = {
        { "numbered without gap", on_each, NULL, NULL, (void *)&runs[0] },
        { "seen by its trainer alone", on_each, NULL, NULL, (void *)&runs[1] },
        { "ticked from its rows", on_each, NULL, NULL, (void *)&runs[2] },
        { "moves until it starts", on_each, NULL, NULL, (void *)&runs[3] },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
