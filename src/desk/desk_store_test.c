/* The desk's questions to the store: the worklist is in order, goes on by keyset, stays flat; and each sees
 * his own. */
#include "desk_store.h"

#include <string.h>

#include "date.h"
#include "test.h"
#include "test_db.h"

static const StoryHouse nothing_follows;
enum { DOSSIERS = 3, MANY = 20000 };

typedef struct World {
    TrainerId trainer;
    SessionId session;
    CompanyId companies[DOSSIERS];
    DossierId dossiers[DOSSIERS];
} World;

static World a_world(Tx *tx, Instant now) {
    static const char *const names[DOSSIERS] = { "Salon Camille", "Garage Morel", "Pharmacie des Lices" };
    Act act = { .actor = STAFF, .person = "Thomas Girard", .now = now };
    World w = { .trainer = people_trainer_add(tx,
                                              &(Trainer){ .first_name = "Nadia", .last_name = "Benali" }) };
    story_tick(tx, THING(trainer, w.trainer), PAPERS_ARE_VALID, true, now);
    act.event = EVENT_invited;
    story_fire(tx, THING(trainer, w.trainer), (Thing){ 0 }, act);
    act.event = EVENT_dossier_complete;
    story_fire(tx, THING(trainer, w.trainer), (Thing){ 0 }, act);
    CourseId course = session_course_add(tx, &(Course){ .trainer_id = w.trainer, .title = "Coloration" });
    HalfDay half = {
        .held_on = date_of(2026, 12, 14), .half = "am", .starts_minutes = 540, .ends_minutes = 750
    };
    const char *why = NULL;
    w.session = session_create(
        tx,
        &(Session){
            .course_id = course, .trainer_id = w.trainer, .title = "Coloration", .place_kind = "room" },
        &(HalfDays){ &half, 1 }, &act, &why);
    for (int i = 0; i < DOSSIERS; i++) {
        w.companies[i] = people_company_add(tx, &(Company){ .name = names[i], .siret = "12345678200010" },
                                            now);
        w.dossiers[i] = dossier_open(tx, w.session, w.companies[i], &act);
    }
    assert_null(tx->error);
    return w;
}

static void stand(Tx *tx, DossierId id, const char *state, Date late_on, bool is_for_staff) {
    db_run(tx, arena_print(tx->arena,
                           "UPDATE standing SET state = '%s', late_on = %d, is_for_staff = %d"
                           " WHERE machine = 'dossier' AND thing_id = %lld",
                           state, late_on.days, is_for_staff, (long long)id.value));
}

static void the_worklist_is_in_order(Tx *tx, const World *w) {
    Date day = date_of(2026, 12, 1);
    stand(tx, w->dossiers[0], "dossier_agreement_received", date_add(day, 2), true);
    stand(tx, w->dossiers[1], "dossier_agreement_received", day, true);
    stand(tx, w->dossiers[2], "dossier_signed", date_add(day, -3), false);
    WorkLines all = desk_work(tx, STATE_UNBORN, (WorkAfter){ 0 }, 10);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.at[0].company_name, "Garage Morel");
    assert_string_equal(all.at[1].company_name, "Salon Camille");
    assert_int_equal(all.at[0].state, STATE_dossier_agreement_received);

    WorkLines first = desk_work(tx, STATE_UNBORN, (WorkAfter){ 0 }, 1);
    WorkAfter after = { first.at[0].late_on, first.at[0].id };
    WorkLines second = desk_work(tx, STATE_UNBORN, after, 1);
    assert_int_equal(second.count, 1);
    assert_int_equal(second.at[0].id.value, w->dossiers[0].value);
    after = (WorkAfter){ second.at[0].late_on, second.at[0].id };
    assert_int_equal(desk_work(tx, STATE_UNBORN, after, 1).count, 0);

    assert_int_equal(desk_work(tx, STATE_dossier_signed, (WorkAfter){ 0 }, 10).count, 1);
    db_run(tx, "UPDATE standing SET state = 'dossier_green', late_on = NULL WHERE machine = 'dossier'");
    assert_int_equal(desk_work(tx, STATE_dossier_green, (WorkAfter){ 0 }, 10).count, DOSSIERS);
    after = (WorkAfter){ .dossier_id = w->dossiers[0] };
    assert_int_equal(desk_work(tx, STATE_dossier_green, after, 10).count, DOSSIERS - 1);
}

static void lists_and_search_find(Tx *tx, const World *w) {
    assert_int_equal(desk_work_of_session(tx, w->session).count, DOSSIERS);
    assert_int_equal(desk_work_of_company(tx, w->companies[0]).count, 1);
    assert_int_equal(desk_work_newest(tx, 2).count, 2);
    assert_int_equal(desk_work_found(tx, "2026-0002").count, 1);
    assert_int_equal(desk_work_found(tx, "%").count, 0);
    assert_int_equal(desk_companies_by_siret(tx, "123456").count, DOSSIERS);
    assert_int_equal(desk_companies_by_siret(tx, "124").count, 0);
    assert_int_equal(desk_invoice_numbered(tx, "F-2026-00001").value, 0);
    assert_int_equal(desk_invoice_numbered(tx, "-").value, 0);
    assert_int_equal(desk_sessions_of(tx, w->trainer, date_of(2026, 12, 14)).count, 1);
    assert_int_equal(desk_sessions_of(tx, w->trainer, date_of(2026, 12, 15)).count, 0);
    assert_int_equal(desk_sessions_in(tx, STATE_session_draft, 10).count, 1);
    assert_int_equal(desk_tallies(tx).of[STATE_session_draft], 1);
    assert_int_equal(desk_tallies(tx).of[STATE_dossier_preparing], DOSSIERS);
}

static void each_sees_his_own(Tx *tx, const World *w) {
    const struct {
        Viewer viewer;
        bool session, first, second;
    } cases[] = {
        { { .role = ROLE_STAFF }, true, true, true },
        { { .role = ROLE_ADVISER }, true, true, true },
        { { .role = ROLE_TRAINER, .trainer_id = w->trainer }, true, true, true },
        { { .role = ROLE_TRAINER, .trainer_id = { w->trainer.value + 1 } }, false, false, false },
        { { .role = ROLE_COMPANY, .company_id = w->companies[0] }, true, true, false },
        { { .role = ROLE_COMPANY, .company_id = { 999 } }, false, false, false },
        { { .role = ROLE_AUDITOR, .dossier_id = w->dossiers[1] }, true, false, true },
        { { .role = ROLE_NOBODY }, false, false, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Viewer *viewer = &cases[i].viewer;
        Sight sight;
        assert_int_equal(desk_see(tx, viewer, THING(session, w->session), &sight), cases[i].session);
        assert_int_equal(desk_see(tx, viewer, THING(dossier, w->dossiers[0]), &sight), cases[i].first);
        assert_int_equal(desk_see(tx, viewer, THING(dossier, w->dossiers[1]), &sight), cases[i].second);
        bool is_his = viewer->role == ROLE_STAFF || viewer->trainer_id.value == w->trainer.value;
        assert_int_equal(desk_see(tx, viewer, THING(trainer, w->trainer), &sight), is_his);
        assert_false(desk_see(tx, viewer, (Thing){ MACHINE_dossier, { -1 } }, &sight));
        assert_false(desk_see(tx, viewer, (Thing){ MACHINE_payout, { 1 } }, &sight));
    }
}

static void test_questions(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    Instant now = instant_at(date_of(2026, 11, 24), 600);
    for (size_t i = 0; i < dbs.count; i++) {
        db_set_house(dbs.at[i], &nothing_follows);
        AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
        World w = a_world(&tx, now);
        lists_and_search_find(&tx, &w);
        each_sees_his_own(&tx, &w);
        the_worklist_is_in_order(&tx, &w);
        assert_null(tx.error);
        db_rollback(&tx);
        db_close(dbs.at[i]);
    }
}

/* The work of one page of the worklist, in steps of SQLite's machine. */
static int64_t steps_of_page(Tx *tx) {
    int64_t before = db_vm_steps();
    desk_tallies(tx);
    WorkLines lines = desk_work(tx, STATE_UNBORN, (WorkAfter){ 0 }, WORK_PAGE);
    desk_soon(tx, date_of(2026, 11, 24));
    assert_int_equal(lines.count, WORK_PAGE);
    return db_vm_steps() - before;
}

static void add_dossiers(Tx *tx, const World *w, int first, int count) {
    db_run(tx, arena_print(
                   tx->arena,
                   "WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                   " INSERT INTO dossier SELECT i, 'T-' || i, %lld, %lld, 0, 0, 'direct', '', NULL, '', 1, 1"
                   " FROM n",
                   first, first + count - 1, (long long)w->session.value, (long long)w->companies[0].value));
    db_run(tx, arena_print(
                   tx->arena,
                   "INSERT INTO standing SELECT 'dossier', id, 'dossier_to_invoice', 'session', %lld, %lld,"
                   " 1, NULL, NULL, NULL, 20000 + id %% 50, 1, 0 FROM dossier WHERE id >= %d",
                   (long long)w->session.value, (long long)w->session.value, first));
}

static void test_flat(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    db_set_house(db, &nothing_follows);
    AUTO_TX Tx tx = db_begin(db, arena);
    World w = a_world(&tx, instant_at(date_of(2026, 11, 24), 600));
    add_dossiers(&tx, &w, 1000, 200);
    int64_t few = steps_of_page(&tx);
    add_dossiers(&tx, &w, 2000, MANY);
    int64_t many = steps_of_page(&tx);
    assert_null(tx.error);
    assert_true(few > 0);
    assert_true(many <= few + few / 10);
    db_rollback(&tx);
    db_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_questions), cmocka_unit_test(test_flat) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
