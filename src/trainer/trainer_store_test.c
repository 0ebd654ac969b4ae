/* A trainer works while his papers are there and in date; another IBAN is not verified. */
#include "trainer_store.h"

#include "date.h"
#include "test.h"
#include "test_db.h"

static StoryHouse house = { .reactions = { [REACTION_check_trainer_papers] = trainer_look_again } };
static const Trainer camille = { .first_name = "Camille",
                                 .last_name = "Roussel",
                                 .email = "camille@formation.example",
                                 .iban = "FR7630006000011234567890189",
                                 .bank_name = "Camille Roussel" };

static Act by_staff(Date day) {
    return (Act){ .event = EVENT_invited,
                  .actor = STAFF,
                  .account_id = { 1 },
                  .person = "Agnès Blanc",
                  .now = instant_at(day, 540) };
}

static void add(Tx *tx, TrainerId id, const char *kind, Date from, Date to) {
    Act act = by_staff(from);
    trainer_paper_add(tx, id, kind, (DocumentId){ 0 }, from, to, &act);
}

/* All papers on that day; vigilance lasts six months, insurance twelve. */
static void add_all(Tx *tx, TrainerId id, Date day) {
    static const char *const kinds[] = {
#define PAPER(kind, label, months, required) #kind,
#include "trainer_papers.def"
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        add(tx, id, kinds[i], day, (Date){ 0 });
}

static void invited_then_active_then_suspended(Tx *tx) {
    Date day = date_of(2026, 8, 31);
    Act act = by_staff(day);
    TrainerId id = trainer_invite(tx, &camille, &act);
    Thing thing = THING(trainer, id);
    assert_true(id.value > 0);
    assert_int_equal(trainer_invite(tx, &camille, &act).value, 0);
    assert_int_equal(people_accounts_of_trainer(tx, id).count, 1);
    assert_int_equal(story_where(tx, thing), STATE_trainer_invited);
    add(tx, id, "cv", day, (Date){ 0 });
    assert_false(trainer_is_ready(tx, id, day));
    act.event = EVENT_dossier_complete;
    assert_int_equal(story_fire(tx, thing, (Thing){ 0 }, act).missing, PAPERS_ARE_VALID);
    add_all(tx, id, day);
    assert_true(trainer_is_ready(tx, id, day));
    assert_true(story_fire(tx, thing, (Thing){ 0 }, act).done);
    assert_true(trainer_may_open(tx, id));
    /* 31 August and six months: 28 February is the last day */
    assert_true(trainer_vigilance_is_valid(tx, id, date_of(2027, 2, 28)));
    assert_false(trainer_vigilance_is_valid(tx, id, date_of(2027, 3, 1)));
    assert_false(trainer_is_ready(tx, id, date_of(2027, 3, 1)));
    assert_true(story_run_fire(tx, "doc_expired", thing, "x", instant_at(date_of(2027, 3, 1), 0)));
    assert_false(trainer_may_open(tx, id));
    Act claim = by_staff(date_of(2027, 3, 1));
    claim.event = EVENT_papers_renewed;
    assert_int_equal(story_fire(tx, thing, (Thing){ 0 }, claim).missing, PAPERS_ARE_VALID);
    add(tx, id, "vigilance", date_of(2027, 3, 2), (Date){ 0 });
    assert_true(trainer_may_open(tx, id));
    assert_null(tx->error);
}

static void the_latest_end_counts(Tx *tx) {
    Date day = date_of(2026, 11, 24);
    Act act = by_staff(day);
    TrainerId id = trainer_invite(tx, &camille, &act);
    add(tx, id, "assurance", day, date_of(2027, 12, 31));
    add(tx, id, "assurance", day, date_of(2027, 1, 31)); /* an older paper sent late takes nothing away */
    TrainerPapers papers = trainer_papers(tx, id, day);
    for (size_t i = 0; i < papers.count; i++)
        if (papers.at[i].is_there)
            assert_int_equal(papers.at[i].valid_to_on.days, date_of(2027, 12, 31).days);
    assert_null(tx->error);
}

static void another_iban_is_not_verified(Tx *tx) {
    Act act = by_staff(date_of(2026, 11, 24));
    TrainerId id = trainer_invite(tx, &camille, &act);
    Trainer t;
    assert_true(people_trainer(tx, id, &t));
    assert_false(trainer_iban_verify(tx, id, t.version + 1, "Agnès Blanc", act.now));
    assert_true(trainer_iban_verify(tx, id, t.version, "Agnès Blanc", act.now));
    assert_true(people_trainer(tx, id, &t));
    assert_int_equal(t.iban_verified_at.ms, act.now.ms);
    t.phone = "+33612345678";
    assert_true(trainer_save(tx, &t));
    assert_false(trainer_save(tx, &t)); /* version */
    assert_true(people_trainer(tx, id, &t));
    assert_string_equal(t.iban_verified_by, "Agnès Blanc");
    t.iban = "FR1420041010050500013M02606";
    assert_true(trainer_save(tx, &t));
    assert_true(people_trainer(tx, id, &t));
    assert_int_equal(t.iban_verified_at.ms, 0);
    assert_string_equal(t.iban_verified_by, "");
    assert_null(tx->error);
}

static void on_each(void **state) {
    void (*const *run)(Tx *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        db_set_house(dbs.at[i], &house);
        AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
        (*run)(&tx);
        db_rollback(&tx);
        db_close(dbs.at[i]);
    }
}

static void ends_by_kind(void **state) {
    (void)state;
    static const struct {
        const char *kind;
        int from[3], to[3];
    } table[] = {
        { "vigilance", { 2026, 1, 15 }, { 2026, 7, 15 } },
        { "vigilance", { 2027, 8, 29 }, { 2028, 2, 29 } },
        { "vigilance", { 2026, 12, 31 }, { 2027, 6, 30 } },
        { "assurance", { 2028, 2, 29 }, { 2029, 2, 28 } },
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(
            trainer_paper_end(table[i].kind, date_of(table[i].from[0], table[i].from[1], table[i].from[2]))
                .days,
            date_of(table[i].to[0], table[i].to[1], table[i].to[2]).days);
    assert_true(date_is_none(trainer_paper_end("cv", date_of(2026, 1, 1))));
    assert_true(date_is_none(trainer_paper_end("tartine", date_of(2026, 1, 1))));
    assert_null(trainer_paper_label("tartine"));
}

int main(void) {
    static void (*const life)(Tx *) = invited_then_active_then_suspended;
    static void (*const latest)(Tx *) = the_latest_end_counts;
    static void (*const iban)(Tx *) = another_iban_is_not_verified;
    const struct CMUnitTest tests[] = {
        { "invited, active, suspended", on_each, NULL, NULL, (void *)&life },
        { "the latest end counts", on_each, NULL, NULL, (void *)&latest },
        { "another IBAN is not verified", on_each, NULL, NULL, (void *)&iban },
        cmocka_unit_test(ends_by_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
