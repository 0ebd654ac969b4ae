#include "test_attendance_store.h"

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
