/* Audits: numbered, late in time, seen by staff and by their auditor alone; every visit is kept. */
#include "quality_store.h"

#include "date.h"
#include "people_store.h"
#include "test.h"
#include "test_db.h"

static const StoryHouse nothing_follows;

static CompanyId a_company(Tx *tx, Instant now) {
    return people_company_add(tx, &(Company){ .name = "Salon Camille", .email = "c@salon.example" }, now);
}

/* A dossier of a session, with everything that it needs to stand. */
static DossierId a_dossier(Tx *tx, Instant now) {
    Act act = { .actor = STAFF, .person = "Thomas Girard", .now = now };
    TrainerId trainer = people_trainer_add(tx, &(Trainer){ .first_name = "Nadia", .last_name = "Benali" });
    story_tick(tx, THING(trainer, trainer), PAPERS_ARE_VALID, true, now);
    act.event = EVENT_invited;
    story_fire(tx, THING(trainer, trainer), (Thing){ 0 }, act);
    act.event = EVENT_dossier_complete;
    story_fire(tx, THING(trainer, trainer), (Thing){ 0 }, act);
    CourseId course = session_course_add(tx, &(Course){ .trainer_id = trainer, .title = "Coloration" });
    HalfDay half = {
        .held_on = date_of(2026, 12, 14), .half = "am", .starts_minutes = 540, .ends_minutes = 750
    };
    const char *why = NULL;
    SessionId session = session_create(
        tx, &(Session){ .course_id = course, .trainer_id = trainer, .title = "Coloration" },
        &(HalfDays){ &half, 1 }, &act, &why);
    return dossier_open(tx, session, a_company(tx, now), &act);
}

static void audits_of(Db *db, Arena *arena) {
    Instant now = instant_at(date_of(2026, 11, 24), 600);
    db_set_house(db, &nothing_follows);
    AUTO_TX Tx tx = db_begin(db, arena);
    DossierId dossier = a_dossier(&tx, now);
    Act act = { .actor = STAFF, .person = "Thomas Girard", .now = now };
    Audit asked = { .dossier_id = dossier,
                    .funder_code = "OPCO_EP",
                    .funder_ref = "CSF-12",
                    .asked_on = date_of(2026, 11, 23),
                    .due_on = date_of(2026, 12, 20),
                    .scope_text = "Feuilles",
                    .auditor_email = "a@opco.example",
                    .auditor_name = "A. Roux" };
    const char *why = NULL;
    AuditId id = quality_audit_open(&tx, &asked, &act, &why);
    assert_null(tx.error);
    assert_null(why);
    Audit audit;
    assert_true(quality_audit(&tx, id, &audit));
    assert_string_equal(audit.reference, "C-2026-0001");
    assert_string_equal(audit.state, "audit_requested");
    assert_string_equal(audit.made_by, "Thomas Girard");
    assert_int_equal(quality_audits(&tx, "", 10).count, 1);
    assert_int_equal(quality_audits(&tx, "audit_requested", 10).count, 1);
    assert_int_equal(quality_audits(&tx, "audit_closed", 10).count, 0);
    assert_int_equal(quality_audits_of_dossier(&tx, dossier).count, 1);

    Viewer staff = { .role = ROLE_STAFF }, his = { .role = ROLE_AUDITOR, .audit_id = id };
    Viewer other = { .role = ROLE_AUDITOR, .audit_id = { id.value + 1 } };
    Viewer company = { .role = ROLE_COMPANY, .audit_id = id };
    assert_true(quality_seen(&tx, &staff, id, &audit));
    assert_true(quality_seen(&tx, &his, id, &audit));
    assert_false(quality_seen(&tx, &other, id, &audit));
    assert_false(quality_seen(&tx, &company, id, &audit));

    quality_visit(&tx, id, "Convention", now);
    quality_visit(&tx, id, "Feuille", instant_add(now, 60));
    Visits visits = quality_visits(&tx, id);
    assert_int_equal(visits.count, 2);
    assert_string_equal(visits.at[0].what, "Feuille");

    quality_refund_set(&tx, id, (Money){ 12345 });
    assert_true(quality_audit(&tx, id, &audit));
    assert_int_equal(audit.refund_cents.cents, 12345);
    assert_true(db_commit(&tx));
}

static void test_audits(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        audits_of(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_audits) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
