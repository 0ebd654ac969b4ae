/* One company's part of a session: who sees it, what makes it complete, whom it holds. */
#include "test_dossier_store.h"

#include "money.h"
#include "viewer.h"

static bool is_ticked(Tx *tx, Thing thing, Need need) { return story_facts(tx, thing).ticked[need]; }

static void opening_numbers_and_prices(Tx *tx) {
    Scene s = scene_begin(tx);
    Dossier first, second;
    assert_true(dossier_get(tx, s.dossiers[0], &first));
    assert_true(dossier_get(tx, s.dossiers[1], &second));
    assert_string_equal(first.reference, "2026-0001");
    assert_string_equal(second.reference, "2026-0002");
    assert_int_equal(first.price_cents.cents, 140000);
    assert_int_equal(second.price_cents.cents, 0);
    assert_string_equal(dossier_names(tx, s.dossiers[0]), "Léa Fontaine, Inès Haddad");
}

static void ticks_follow_the_rows(Tx *tx) {
    Scene s = scene_begin(tx);
    Thing session = THING(session, s.session_id);
    assert_true(is_ticked(tx, session, CLIENTS_ARE_NAMED));
    assert_false(is_ticked(tx, session, CLIENTS_ARE_COMPLETE));
    assert_false(is_ticked(tx, session, COMPANY_IS_ALONE));
    assert_true(is_ticked(tx, THING(dossier, s.dossiers[0]), DOSSIER_IS_COMPLETE));
    assert_false(is_ticked(tx, THING(dossier, s.dossiers[1]), DOSSIER_IS_COMPLETE));
    Participant one = { .first_name = "Omar", .last_name = "Diallo", .email = "" };
    dossier_participants_set(tx, s.dossiers[1], &(Participants){ &one, 1 });
    dossier_check(tx, s.session_id, s.now);
    assert_false(is_ticked(tx, session, CLIENTS_ARE_COMPLETE)); /* nobody signs without an address */
    one.email = "omar@n.example";
    dossier_participants_set(tx, s.dossiers[1], &(Participants){ &one, 1 });
    dossier_check(tx, s.session_id, s.now);
    assert_true(is_ticked(tx, session, CLIENTS_ARE_COMPLETE));
}

static void abandoned_companies_hold_nobody_back(Tx *tx) {
    Scene s = scene_begin(tx);
    scene_fire(tx, &s, THING(dossier, s.dossiers[1]), EVENT_cancelled, STAFF);
    dossier_check(tx, s.session_id, s.now);
    assert_true(is_ticked(tx, THING(session, s.session_id), CLIENTS_ARE_COMPLETE));
    assert_true(is_ticked(tx, THING(session, s.session_id), COMPANY_IS_ALONE));
    assert_int_equal(dossier_alive_of_session(tx, s.session_id).count, 1);
    assert_int_equal(dossier_of_session(tx, s.session_id).count, 2);
}

static void everybody_sees_his_own(Tx *tx) {
    Scene s = scene_begin(tx);
    Participants people = dossier_participants(tx, s.dossiers[0]);
    TrainerId other = scene_trainer(tx, &s, "autre@formateur.example");
    const struct {
        Viewer viewer;
        bool sees[2];
    } cases[] = {
        { { .role = ROLE_NOBODY }, { false, false } },
        { { .role = ROLE_STAFF }, { true, true } },
        { { .role = ROLE_ADVISER }, { true, true } },
        { { .role = ROLE_TRAINER, .trainer_id = s.trainer_id }, { true, true } },
        { { .role = ROLE_TRAINER, .trainer_id = other }, { false, false } },
        { { .role = ROLE_TRAINER }, { false, false } },
        { { .role = ROLE_COMPANY, .company_id = s.companies[0] }, { true, false } },
        { { .role = ROLE_COMPANY, .company_id = s.companies[1] }, { false, true } },
        { { .role = ROLE_COMPANY }, { false, false } },
        { { .role = ROLE_COMPANY, .company_id = s.companies[0], .dossier_id = s.dossiers[0] },
          { true, false } },
        { { .role = ROLE_PARTICIPANT, .participant_id = people.at[0].id }, { true, false } },
        { { .role = ROLE_PARTICIPANT }, { false, false } },
        { { .role = ROLE_AUDITOR, .dossier_id = s.dossiers[1] }, { false, true } },
        { { .role = ROLE_AUDITOR }, { false, false } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int k = 0; k < 2; k++) {
            Dossier d = { 0 };
            bool by_id = dossier_seen_id(tx, &cases[i].viewer, s.dossiers[k], &d);
            bool by_name = dossier_seen(tx, &cases[i].viewer, k ? "2026-0002" : "2026-0001", &d);
            if (by_id != cases[i].sees[k] || by_name != by_id)
                fail_msg("case %zu, dossier %d: %d by id, %d by reference", i, k, by_id, by_name);
        }
}

static void a_participant_is_replaced(Tx *tx) {
    Scene s = scene_begin(tx);
    scene_sign(tx, &s);
    Thing thing = THING(dossier, s.dossiers[0]);
    story_tick(tx, thing, COMMITMENT_IS_SIGNED, true, s.now);
    scene_fire(tx, &s, thing, EVENT_company_pays_itself, COMPANY);
    assert_int_equal(story_where(tx, thing), STATE_dossier_green);
    Participants people = dossier_participants(tx, s.dossiers[0]);
    ParticipantId gone = people.at[0].id;
    Participant comes = { .first_name = "Zoé", .last_name = "Petit", .email = "zoe@c.example" };
    Act act = scene_act(&s, EVENT_trainee_replaced, COMPANY);
    Outcome outcome = dossier_participant_replace(tx, gone, &comes, &act);
    if (!outcome.done)
        fail_msg("%s", outcome.why);
    assert_string_equal(dossier_names(tx, s.dossiers[0]), "Inès Haddad, Zoé Petit");
    assert_int_equal(story_where(tx, thing), STATE_dossier_agreement_to_fix);
    Participant old;
    assert_true(dossier_participant(tx, gone, &old) && old.is_gone); /* kept for the record */
    assert_false(dossier_participant_replace(tx, gone, &comes, &act).done);
}

static void the_last_signature_counts(Tx *tx) {
    Scene s = scene_begin(tx);
    Signature got,
        s1 = { .dossier_id = s.dossiers[0], .what = "convention", .signer_name = "A", .signed_at = s.now };
    assert_false(dossier_signature(tx, s.dossiers[0], "convention", &got));
    dossier_signature_add(tx, &s1);
    s1.signer_name = "B";
    dossier_signature_add(tx, &s1);
    assert_true(dossier_signature(tx, s.dossiers[0], "convention", &got));
    assert_string_equal(got.signer_name, "B");
    assert_false(dossier_signature(tx, s.dossiers[0], "share", &got));
    assert_false(dossier_signature(tx, s.dossiers[1], "convention", &got));
}

static void fees_add_up(Tx *tx) {
    Scene s = scene_begin(tx);
    Participant one = { .first_name = "Omar", .last_name = "Diallo", .email = "omar@n.example" };
    dossier_participants_set(tx, s.dossiers[1], &(Participants){ &one, 1 });
    dossier_check(tx, s.session_id, s.now);
    session_fee_set(tx, s.session_id, (Money){ 100001 });
    Money sum = money_add(dossier_fee(tx, s.dossiers[0]), dossier_fee(tx, s.dossiers[1]));
    assert_int_equal(sum.cents, 100001);
    assert_int_equal(dossier_fee(tx, s.dossiers[0]).cents, 66667);
}

static void stale_saves_are_refused(Tx *tx) {
    Scene s = scene_begin(tx);
    Dossier d;
    assert_true(dossier_get(tx, s.dossiers[0], &d));
    d.payment_choice = "refund";
    assert_true(dossier_save(tx, &d));
    assert_false(dossier_save(tx, &d));
}

int main(void) {
    static const SceneTest tests[] = {
        { "opening_numbers_and_prices", opening_numbers_and_prices },
        { "ticks_follow_the_rows", ticks_follow_the_rows },
        { "abandoned_companies_hold_nobody_back", abandoned_companies_hold_nobody_back },
        { "everybody_sees_his_own", everybody_sees_his_own },
        { "a_participant_is_replaced", a_participant_is_replaced },
        { "the_last_signature_counts", the_last_signature_counts },
        { "fees_add_up", fees_add_up },
        { "stale_saves_are_refused", stale_saves_are_refused },
    };
    return scene_run("dossier_store", tests, sizeof tests / sizeof *tests);
}
