#include "bench.h"

#include <stdio.h>
#include <string.h>

#include "app.h"
#include "clock.h"
#include "crypt.h"
#include "date.h"
#include "directory_store.h"
#include "document_work.h"
#include "dossier_paper.h"
#include "embed.h"
#include "jobs.h"
#include "migrate.h"
#include "pdf.h"
#include "people_store.h"
#include "template.h"
#include "trainer_store.h"

enum { CONVENTIONS = 60 };

typedef struct Bench {
    Db *db;
    House house;
    Instant now;
    TrainerId trainer_id;
    CourseId course_id;
} Bench;

static Act by_staff(const Bench *b, Event event) {
    return (Act){ .event = event, .actor = STAFF, .person = "bench", .now = b->now };
}

static bool furnish(Bench *b) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_begin(b->db, arena);
    const char *why = NULL;
    directory_load(&tx, &why);
    people_organisation_set(&tx, &(Organisation){ .name = "Organisme",
                                                  .legal_form = "SAS",
                                                  .address = "1 rue",
                                                  .postcode = "69007",
                                                  .city = "Lyon",
                                                  .siret = "98765432400019",
                                                  .nda = "84699999969",
                                                  .nda_region = "Auvergne",
                                                  .rcs = "",
                                                  .capital = "",
                                                  .vat_regime = "exempt_training",
                                                  .vat_number = "",
                                                  .iban = "FR7630006000011234567890189",
                                                  .bic = "",
                                                  .bank_name = "O",
                                                  .email = "o@example.fr",
                                                  .phone = "+33400000000",
                                                  .representative = "R",
                                                  .representative_role = "directrice",
                                                  .contact_name = "T",
                                                  .brand = "#0b5a4a" });
    b->trainer_id = people_trainer_add(
        &tx, &(Trainer){ .first_name = "N", .last_name = "B", .email = "n@example.fr" });
    Thing trainer = THING(trainer, b->trainer_id);
    story_fire(&tx, trainer, (Thing){ 0 }, by_staff(b, EVENT_invited));
    story_tick(&tx, trainer, PAPERS_ARE_VALID, true, b->now);
    story_fire(&tx, trainer, (Thing){ 0 }, by_staff(b, EVENT_dossier_complete));
    b->course_id = session_course_add(&tx, &(Course){ .title = "Coloration",
                                                      .objectives = "Savoir",
                                                      .content = "Voir\nFaire",
                                                      .duration_minutes = 840,
                                                      .price_cents = { 70000 },
                                                      .is_published = true });
    return db_commit(&tx);
}

/* A whole session in one transaction, as a trainer's last click makes it. */
static DossierId validate_one(Bench *b, int n) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_begin(b->db, arena);
    const char *why = NULL;
    Date day = date_add(instant_date(b->now), 30);
    HalfDay halves[] = { { .held_on = day, .half = "am", .starts_minutes = 540, .ends_minutes = 750 },
                         { .held_on = day, .half = "pm", .starts_minutes = 810, .ends_minutes = 1020 } };
    Act act = by_staff(b, EVENT_create_session);
    SessionId session_id = session_create(&tx,
                                          &(Session){ .course_id = b->course_id,
                                                      .trainer_id = b->trainer_id,
                                                      .title = "Coloration",
                                                      .place_kind = "room",
                                                      .address = "1 rue",
                                                      .postcode = "69007",
                                                      .city = "Lyon",
                                                      .price_cents = { 70000 },
                                                      .fee_cents = { 45000 } },
                                          &(HalfDays){ halves, 2 }, &act, &why);
    CompanyId company_id = people_company_add(&tx,
                                              &(Company){ .name = arena_print(arena, "Salon %d", n),
                                                          .siret = "12345678200010",
                                                          .address = "2 rue",
                                                          .postcode = "69002",
                                                          .city = "Lyon",
                                                          .funder_code = "OPCO_EP",
                                                          .contact_first_name = "C",
                                                          .contact_last_name = "R",
                                                          .email = arena_print(arena, "c%d@example.fr", n) },
                                              b->now);
    DossierId dossier_id = dossier_open(&tx, session_id, company_id, &act);
    dossier_participant_add(
        &tx, &(Participant){
                 .dossier_id = dossier_id, .first_name = "L", .last_name = "F", .email = "l@example.fr" });
    dossier_check(&tx, session_id, b->now);
    story_fire(&tx, THING(session, session_id), (Thing){ 0 }, by_staff(b, EVENT_fill_for_client));
    Outcome outcome = story_fire(&tx, THING(session, session_id), (Thing){ 0 }, by_staff(b, EVENT_validate));
    if (!outcome.done || !db_commit(&tx))
        fprintf(stderr, "bench: %s\n", outcome.why ? outcome.why : tx.error);
    return dossier_id;
}

/* CPU of bare typesetting of the very text that the job fills. */
static int64_t typeset_us(Bench *b, DossierId dossier_id) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(b->db, arena);
    Values *values = values_new(arena);
    dossier_paper_values(&tx, &(Subject){ .dossier_id = dossier_id }, b->now, values);
    db_rollback(&tx);
    const Embedded *text = embed_find("texts/documents/convention.fr.md");
    char *filled = NULL;
    const char *why = NULL;
    if (!text || !template_fill(arena, text->body.p, values, true, &filled, &why))
        return 0;
    int64_t began = clock_cpu_us();
    Bytes pdf;
    for (int i = 0; i < CONVENTIONS; i++)
        pdf_typeset(arena, filled,
                    &(PdfPaper){ .title = "Convention",
                                 .author = "O",
                                 .footer = "F",
                                 .header = "H",
                                 .logo_name = "O",
                                 .brand = "#0b5a4a",
                                 .made_at = b->now },
                    &pdf, &why);
    return (clock_cpu_us() - began) / CONVENTIONS;
}

static int64_t convention_us(Bench *b, DossierId dossier_id) {
    static const PaperMaker maker = { "convention", dossier_convention_subjects, dossier_paper_values };
    int64_t began = clock_cpu_us();
    for (int i = 0; i < CONVENTIONS; i++) {
        AUTO_ARENA Arena *arena = arena_new();
        const char *why = NULL;
        LeasedJob job = { .machine = "dossier",
                          .thing_id = { dossier_id.value },
                          .job_key = arena_print(arena, "bench%d", i) };
        document_make(b->db, arena, &maker, &job, b->now, "", &why);
    }
    return (clock_cpu_us() - began) / CONVENTIONS;
}

int bench_run(const char *folder, int seconds) {
    AUTO_ARENA Arena *arena = arena_new();
    const char *why = NULL;
    Bench b = { .now = clock_now(), .db = db_open(arena_print(arena, "%s.db", folder), &why) };
    b.house = (House){ .folder = arena_print(arena, "%s", folder),
                       .public_url = "http://127.0.0.1",
                       .mail_folder = folder };
    crypt_start();
    pdf_start();
    if (!b.db || !migrate_up(b.db, arena, &why)) {
        fprintf(stderr, "bench: %s\n", why);
        return 1;
    }
    db_set_house(b.db, &app_story);
    if (!furnish(&b))
        return 1;
    int made = 0;
    DossierId last = { 0 };
    int64_t began = clock_monotonic_ms();
    for (; clock_monotonic_ms() - began < seconds * 1000; made++) {
        last = validate_one(&b, made);
        while (app_work(b.db, &b.house, b.now, 100) == 100) {
        }
    }
    int64_t spent_ms = clock_monotonic_ms() - began;
    printf("{\"validated_per_1000_s\": %lld, \"convention_us\": %lld, \"typeset_us\": %lld}\n",
           (long long)made * 1000000 / spent_ms, (long long)convention_us(&b, last),
           (long long)typeset_us(&b, last));
    db_close(b.db);
    return 0;
}
