/* The request to the OPCO and its answer: what is kept, ticked and refused. */
#include "funding_store.h"

#include <string.h>

#include "document_store.h"
#include "money.h"
#include "test_dossier_store.h"

static Thing first(const Scene *s) { return THING(dossier, s->dossiers[0]); }

static DocumentId paper(Tx *tx, const Scene *s, const char *key) {
    NewDocument document = { .kind = "answer",
                             .title = "Réponse de l'OPCO",
                             .file_name = "accord.pdf",
                             .mime = "application/pdf",
                             .template_sha256 = "",
                             .key = key,
                             .made_by = "Camille Roussel",
                             .dossier_id = s->dossiers[0],
                             .is_received = true,
                             .now = s->now };
    return document_keep(tx, &document, (Bytes){ key, strlen(key) });
}

static Scene sent(Tx *tx) {
    Scene s = scene_begin(tx);
    scene_sign(tx, &s);
    Act act = scene_act(&s, EVENT_company_declares_request_sent, COMPANY);
    assert_true(funding_send(tx, s.dossiers[0], date_of(2026, 11, 23), "REF-1", &act).done);
    return s;
}

static Outcome deposit(Tx *tx, const Scene *s, const char *key) {
    Act act = scene_act(s, EVENT_upload_agreement, COMPANY);
    return funding_deposit(tx, s->dossiers[0], paper(tx, s, key), &act);
}

static void type_letter(Tx *tx, const Scene *s, int64_t granted, const char *circuit, int64_t minutes) {
    Answer answer;
    assert_true(funding_answer(tx, s->dossiers[0], &answer));
    answer.funder_code = "OPCO_EP";
    answer.company_siret = "98765432400017";
    answer.file_number = "EP-26-1";
    answer.circuit = circuit;
    answer.granted_cents = answer.direct_cents = (Money){ granted };
    answer.granted_minutes = minutes;
    answer.participant_count = 2;
    answer.starts_on = date_of(2026, 12, 14);
    answer.ends_on = date_of(2026, 12, 15);
    answer.letter_on = date_of(2026, 12, 1);
    Act act = scene_act(s, EVENT_NONE, STAFF);
    funding_type(tx, answer.id, &answer, &act);
}

static Outcome decide(Tx *tx, const Scene *s, Event event, unsigned actor) {
    Act act = scene_act(s, event, actor);
    act.reason = "motif";
    return funding_decide(tx, s->dossiers[0], event, &act);
}

static bool is_ticked(Tx *tx, const Scene *s, Need need) { return story_facts(tx, first(s)).ticked[need]; }

static void the_request_is_kept(Tx *tx) {
    Scene s = sent(tx);
    FundingRequest request;
    assert_true(funding_request(tx, s.dossiers[0], &request));
    assert_int_equal(request.version, 1);
    assert_int_equal(request.requested_cents.cents, 140000);
    assert_int_equal(request.participant_count, 2);
    assert_int_equal(request.planned_minutes, 840);
    assert_string_equal(request.funder_ref, "REF-1");
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_request_sent);
    Act act = scene_act(&s, EVENT_company_declares_request_sent, COMPANY);
    assert_false(
        funding_send(tx, s.dossiers[0], s.now.ms ? date_of(2026, 11, 24) : (Date){ 0 }, "", &act).done);
}

static void two_deposits_are_two_versions(Tx *tx) {
    Scene s = sent(tx);
    Answer answer;
    assert_true(deposit(tx, &s, "one").done);
    type_letter(tx, &s, 140000, "direct", 420);
    assert_true(is_ticked(tx, &s, ANSWER_IS_TYPED));
    assert_false(is_ticked(tx, &s, GRANT_COVERS_SESSION));
    assert_true(decide(tx, &s, EVENT_control_ko, STAFF).done);
    assert_true(deposit(tx, &s, "two").done);
    assert_false(is_ticked(tx, &s, ANSWER_IS_TYPED)); /* the new letter is not read yet */
    assert_true(funding_answer(tx, s.dossiers[0], &answer));
    assert_int_equal(answer.version, 2);
    assert_string_equal(answer.verdict, "deposited");
    assert_int_equal(answer.typed_at.ms, 0);
    assert_int_equal(funding_waiting(tx).count, 1);
    assert_string_equal(funding_waiting(tx).at[0].company_name, "Salon Camille & Cœur");
}

static void a_whole_grant_gives_green(Tx *tx) {
    Scene s = sent(tx);
    Plan plan;
    assert_true(deposit(tx, &s, "one").done);
    Outcome early = decide(tx, &s, EVENT_control_ok, STAFF);
    assert_false(early.done);
    assert_int_equal(early.missing, ANSWER_IS_TYPED);
    assert_false(funding_plan(tx, s.dossiers[0], &plan));
    type_letter(tx, &s, 140000, "direct", 840);
    assert_true(is_ticked(tx, &s, GRANT_IS_WHOLE));
    assert_false(is_ticked(tx, &s, GRANT_IS_PARTIAL));
    assert_int_equal(decide(tx, &s, EVENT_partial_amount, STAFF).missing, GRANT_IS_PARTIAL);
    assert_true(decide(tx, &s, EVENT_control_ok, STAFF).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_green);
    assert_int_equal(story_where(tx, THING(session, s.session_id)), STATE_session_open);
    assert_true(funding_plan(tx, s.dossiers[0], &plan));
    assert_string_equal(plan.circuit, "direct");
    assert_int_equal(plan.shares.funder.cents, 140000);
    assert_int_equal(plan.shares.company.cents, 0);
    assert_int_equal(funding_waiting(tx).count, 0);
}

static void a_partial_grant_waits_for_the_company(Tx *tx) {
    Scene s = sent(tx);
    Plan plan;
    assert_true(deposit(tx, &s, "one").done);
    type_letter(tx, &s, 98000, "mixed", 840);
    assert_int_equal(decide(tx, &s, EVENT_control_ok, STAFF).missing, GRANT_IS_WHOLE);
    assert_true(decide(tx, &s, EVENT_partial_amount, STAFF).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_partial_pending);
    Signature signature = { .dossier_id = s.dossiers[0],
                            .what = "share",
                            .signer_name = "Camille Moreau",
                            .amount_cents = { 50400 },
                            .signed_at = s.now };
    Act act = scene_act(&s, EVENT_company_accepts_share, COMPANY);
    assert_true(funding_accept_share(tx, s.dossiers[0], &signature, &act).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_green);
    assert_true(funding_plan(tx, s.dossiers[0], &plan));
    assert_int_equal(plan.shares.funder.cents, 98000);
    assert_int_equal(plan.shares.company.cents, 42000);
}

static void who_pays_himself_needs_no_letter(Tx *tx) {
    Scene s = sent(tx);
    Plan plan;
    Signature signature = { .dossier_id = s.dossiers[0], .what = "commitment", .signed_at = s.now };
    Act act = scene_act(&s, EVENT_company_pays_itself, COMPANY);
    assert_true(funding_self_pay(tx, s.dossiers[0], &signature, &act).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_green);
    assert_true(funding_plan(tx, s.dossiers[0], &plan));
    assert_string_equal(plan.circuit, "self");
    assert_int_equal(plan.shares.funder.cents, 0);
    assert_int_equal(plan.shares.company.cents, 140000);
}

static void a_refusal_leaves_the_choice(Tx *tx) {
    Scene s = sent(tx);
    Plan plan;
    assert_true(deposit(tx, &s, "one").done);
    type_letter(tx, &s, 0, "refund", 840);
    assert_true(decide(tx, &s, EVENT_refused, FUNDER).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_refused);
    assert_false(funding_plan(tx, s.dossiers[0], &plan));
    Signature signature = { .dossier_id = s.dossiers[0], .what = "commitment", .signed_at = s.now };
    Act act = scene_act(&s, EVENT_company_accepts_to_pay, COMPANY);
    assert_true(funding_self_pay(tx, s.dossiers[0], &signature, &act).done);
    assert_int_equal(story_where(tx, first(&s)), STATE_dossier_green);
}

/* Another funder, another company, too few hours, people or days: none of them may become green. */
static void what_does_not_cover_is_held(Tx *tx) {
    Scene s = sent(tx);
    assert_true(deposit(tx, &s, "one").done);
    type_letter(tx, &s, 140000, "direct", 839);
    assert_false(is_ticked(tx, &s, GRANT_COVERS_SESSION));
    assert_int_equal(decide(tx, &s, EVENT_control_ok, STAFF).missing, GRANT_COVERS_SESSION);
    type_letter(tx, &s, 140000, "direct", 840);
    assert_true(is_ticked(tx, &s, GRANT_COVERS_SESSION)); /* read again, it does */
}

int main(void) {
    static const SceneTest tests[] = {
        { "the_request_is_kept", the_request_is_kept },
        { "two_deposits_are_two_versions", two_deposits_are_two_versions },
        { "a_whole_grant_gives_green", a_whole_grant_gives_green },
        { "a_partial_grant_waits_for_the_company", a_partial_grant_waits_for_the_company },
        { "who_pays_himself_needs_no_letter", who_pays_himself_needs_no_letter },
        { "a_refusal_leaves_the_choice", a_refusal_leaves_the_choice },
        { "what_does_not_cover_is_held", what_does_not_cover_is_held },
    };
    return scene_run("funding_store", tests, sizeof tests / sizeof *tests);
}
