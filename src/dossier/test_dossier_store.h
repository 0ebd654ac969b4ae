/* test_dossier_store.h - for tests of this room and of those to the right: one session with two companies. */
#pragma once
#include "date.h"
#include "dossier_store.h"
#include "test.h"
#include "test_db.h"
#include "text.h"

typedef struct Scene {
    Instant now;
    TrainerId trainer_id;
    CompanyId companies[2];
    SessionId session_id;
    DossierId dossiers[2];
} Scene;

static inline const char *scene_fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

static StoryHouse scene_house;

static inline void scene_bind(Db *db) {
    for (int r = 1; r < REACTION_COUNT; r++)
        scene_house.reactions[r] = scene_fine;
    scene_house.reactions[REACTION_open_dossier_papers] = dossier_open_papers;
    scene_house.reactions[REACTION_try_open_session] = session_try_open;
    db_set_house(db, &scene_house);
}

static inline Act scene_act(const Scene *s, Event event, unsigned actor) {
    return (Act){ .event = event, .actor = actor, .person = "Camille Roussel", .now = s->now };
}

static inline void scene_fire(Tx *tx, const Scene *s, Thing thing, Event event, unsigned actor) {
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, scene_act(s, event, actor));
    if (!outcome.done)
        fail_msg("%s: %s (%s)", story_event_name(event), outcome.why, tx->error ? tx->error : "");
}

static inline void scene_body(Tx *tx, const char *vat_regime) {
    people_organisation_set(tx, &(Organisation){ .name = "Les Ateliers du Rhône",
                                                 .legal_form = "SAS",
                                                 .address = "12 rue de Marseille",
                                                 .postcode = "69007",
                                                 .city = "Lyon",
                                                 .siret = "12345678200010",
                                                 .nda = "84699999969",
                                                 .nda_region = "Auvergne-Rhône-Alpes",
                                                 .rcs = "",
                                                 .capital = "10 000 €",
                                                 .vat_regime = vat_regime,
                                                 .vat_number = "",
                                                 .iban = "FR7630006000011234567890189",
                                                 .bic = "",
                                                 .bank_name = "LES ATELIERS DU RHONE",
                                                 .email = "bonjour@ateliers.example",
                                                 .phone = "+33400000000",
                                                 .representative = "Hélène Œuvrard",
                                                 .representative_role = "présidente",
                                                 .contact_name = "Thomas Girard",
                                                 .brand = "",
                                                 .qualiopi_to_on = date_of(2028, 5, 3) });
}

static inline TrainerId scene_trainer(Tx *tx, const Scene *s, const char *email) {
    Trainer trainer = { .first_name = "Nadia",
                        .last_name = "Benali",
                        .email = email,
                        .phone = "",
                        .business = "",
                        .siret = "",
                        .nda = "",
                        .vat_regime = "",
                        .iban = "",
                        .bank_name = "",
                        .iban_verified_by = "" };
    TrainerId id = people_trainer_add(tx, &trainer);
    scene_fire(tx, s, THING(trainer, id), EVENT_invited, STAFF);
    story_tick(tx, THING(trainer, id), PAPERS_ARE_VALID, true, s->now);
    scene_fire(tx, s, THING(trainer, id), EVENT_dossier_complete, STAFF);
    return id;
}

static inline CompanyId scene_company(Tx *tx, const Scene *s, const char *name, const char *siret) {
    return people_company_add(tx,
                              &(Company){ .name = name,
                                          .siret = siret,
                                          .address = "3 place du Marché",
                                          .postcode = "69400",
                                          .city = "Villefranche-sur-Saône",
                                          .idcc = "2596",
                                          .funder_code = "OPCO_EP",
                                          .funder_source = "",
                                          .headcount = "under_11",
                                          .contact_first_name = "Camille",
                                          .contact_last_name = "Moreau",
                                          .email = arena_print(tx->arena, "camille@%s.example", siret),
                                          .phone = "+33600000000" },
                              s->now);
}

static inline SessionId scene_session(Tx *tx, const Scene *s) {
    const char *why = "";
    HalfDay days[4];
    CourseId course = session_course_add(
        tx, &(Course){ .trainer_id = s->trainer_id,
                       .title = "Coloration végétale",
                       .objectives = "réaliser un diagnostic\nchoisir les pigments",
                       .content = "Pigments\nPose",
                       .prerequisites = "Aucun.",
                       .audience = "Coiffeuses et coiffeurs.",
                       .methods = "Démonstrations.",
                       .means = "Plateau.",
                       .assessment = "Une mise en situation.",
                       .accessibility = "Accessible.",
                       .access_delay = "Trois semaines.",
                       .duration_minutes = 840,
                       .price_cents = { 70000 } });
    for (int i = 0; i < 4; i++)
        days[i] = (HalfDay){ .held_on = date_of(2026, 12, 14 + i / 2),
                             .half = i % 2 ? "pm" : "am",
                             .starts_minutes = i % 2 ? 810 : 540,
                             .ends_minutes = i % 2 ? 1020 : 750 };
    Session session = { .course_id = course,
                        .trainer_id = s->trainer_id,
                        .title = "Coloration végétale",
                        .place_kind = "on_site",
                        .address = "3 place du Marché",
                        .postcode = "69400",
                        .city = "Villefranche-sur-Saône",
                        .price_cents = { 70000 } };
    Act act = scene_act(s, EVENT_create_session, TRAINER);
    SessionId id = session_create(tx, &session, &(HalfDays){ days, 4 }, &act, &why);
    if (!id.value)
        fail_msg("%s (%s)", why, tx->error ? tx->error : "");
    return id;
}

/* A draft with two companies; the first has two participants, the second none. */
static inline Scene scene_begin(Tx *tx) {
    Scene s = { .now = instant_at(date_of(2026, 11, 23), 9 * 60) };
    scene_body(tx, "vat_20");
    s.trainer_id = scene_trainer(tx, &s, "nadia@benali.example");
    s.companies[0] = scene_company(tx, &s, "Salon Camille & Cœur", "98765432400017");
    s.companies[1] = scene_company(tx, &s, "Atelier Nord", "73282932000074");
    s.session_id = scene_session(tx, &s);
    Act act = scene_act(&s, EVENT_opened, TRAINER);
    for (int i = 0; i < 2; i++)
        s.dossiers[i] = dossier_open(tx, s.session_id, s.companies[i], &act);
    Participant people[] = {
        { .first_name = "Léa", .last_name = "Fontaine", .email = "lea@c.example", .job = "coiffeuse" },
        { .first_name = "Inès", .last_name = "Haddad", .email = "ines@c.example" }
    };
    dossier_participants_set(tx, s.dossiers[0], &(Participants){ people, 2 });
    dossier_check(tx, s.session_id, s.now);
    return s;
}

/* The second company leaves; the first one's dossier stands in "Demande à envoyer". */
static inline void scene_sign(Tx *tx, const Scene *s) {
    scene_fire(tx, s, THING(dossier, s->dossiers[1]), EVENT_cancelled, STAFF);
    dossier_check(tx, s->session_id, s->now);
    session_check(tx, s->session_id, s->now);
    scene_fire(tx, s, THING(session, s->session_id), EVENT_fill_for_client, TRAINER);
    scene_fire(tx, s, THING(session, s->session_id), EVENT_validate, TRAINER);
    story_tick(tx, THING(dossier, s->dossiers[0]), SIGNATORY_IS_SURE, true, s->now);
    scene_fire(tx, s, THING(dossier, s->dossiers[0]), EVENT_agreement_signed, COMPANY);
}

typedef struct SceneTest {
    const char *name;
    void (*run)(Tx *);
} SceneTest;

/* Runs a test, which *state points at, on a fresh store of each engine. */
static inline void scene_on_each(void **state) {
    const SceneTest *test = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        scene_bind(dbs.at[i]);
        {
            AUTO_TX Tx tx = db_begin(dbs.at[i], arena);
            test->run(&tx);
            if (tx.error)
                fail_msg("%s", tx.error);
        }
        db_close(dbs.at[i]);
    }
}

enum { SCENE_TESTS_MOST = 20 };
static inline int scene_run(const char *group, const SceneTest *tests, size_t count) {
    struct CMUnitTest all[SCENE_TESTS_MOST] = { 0 };
    for (size_t i = 0; i < count && i < SCENE_TESTS_MOST; i++)
        all[i] = (struct CMUnitTest){ tests[i].name, scene_on_each, NULL, NULL,
                                      (void *)(uintptr_t)&tests[i] };
    return _cmocka_run_group_tests(group, all, count, NULL, NULL);
}
