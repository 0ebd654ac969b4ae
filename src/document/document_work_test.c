#include "document_work.h"

#include <string.h>
#include <sys/stat.h>

#include "crypt.h"
#include "document_store.h"
#include "embed.h"
#include "jobs.h"
#include "pdf.h"
#include "people_store.h"
#include "test.h"
#include "test_db.h"
#include "text.h"

static const Instant NOW = { 1796000000000 };
static bool is_inside; /* the maker was asked while the test looks */

static Subjects two_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    Subjects all = { arena_zero(tx->arena, 2, sizeof(Subject)), 2 };
    assert_string_equal(machine, "dossier");
    for (int i = 0; i < 2; i++)
        all.at[i] = (Subject){ .session_id = { 3 },
                               .dossier_id = { thing_id.value },
                               .participant_id = { 20 + i },
                               .file_name = arena_print(tx->arena, "convocation-%d.pdf", i) };
    return all;
}

static Subjects one_subject(Tx *tx, const char *machine, ThingId thing_id) {
    Subjects all = two_subjects(tx, machine, thing_id);
    all.count = 1;
    all.at[0].participant_id.value = 0;
    return all;
}

static void one_list(Values *values, const char *list) {
    static const struct {
        const char *list, *name, *example;
    } fields[] = {
#define FIELD(name, kind, what, example)
#define LIST_FIELD(list, name, kind, what, example) { #list, #name, example },
#include "fields.def"
#undef FIELD
#undef LIST_FIELD
    };
    Values *item = values_item(values, list);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (text_same(fields[i].list, list))
            values_set(item, fields[i].name, fields[i].example);
}

static void example_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    is_inside = now.ms == NOW.ms && tx->open && !tx->writes && subject->dossier_id.value;
#define FIELD(name, kind, what, example) set_##kind(values, #name, example);
#define LIST_FIELD(list, name, kind, what, example)
#define set_TEXT                     values_set
#define set_MONEY                    values_set
#define set_DATE                     values_set
#define set_FLAG                     values_set
#define set_LIST(all, name, example) one_list(all, name)
#include "fields.def"
#undef FIELD
#undef LIST_FIELD
}

static void one_house(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Organisation house = { .name = "Les Ateliers du Rhône",
                           .siret = "12345678200010",
                           .vat_regime = "vat_20",
                           .email = "bonjour@ateliers.example",
                           .brand = "#0b5a4a" };
    people_organisation_set(&tx, &house);
    jobs_add(&tx, &(NewJob){ .kind = "make",
                             .what = "convocation",
                             .machine = "dossier",
                             .thing_id = { 7 },
                             .job_key = "41/0",
                             .due_at = NOW });
    assert_true(db_commit(&tx));
}

static JobId leased(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    LeasedJob job;
    assert_true(jobs_lease(&tx, "w", NOW, 120, &job));
    assert_true(db_commit(&tx));
    return job.id;
}

static Documents kept(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    return documents_of_dossier(&tx, (DossierId){ 7 });
}

/* A platform's own words, quickly set. */
static const char *own_words(Arena *arena, const char *words) {
    const char *folder = test_folder(arena);
    mkdir(arena_print(arena, "%s/texts", folder), 0700);
    mkdir(arena_print(arena, "%s/texts/documents", folder), 0700);
    test_write(arena_print(arena, "%s/texts/documents/convocation.fr.md", folder), words, strlen(words));
    return folder;
}

static bool make(Db *db, Arena *arena, const char *paper, JobId job, const char *key, const char *files,
                 const char **ret_why) {
    bool is_many = text_same(paper, "convocation");
    PaperMaker maker = { paper, is_many ? two_subjects : one_subject, example_values };
    LeasedJob leased = { .id = job, .machine = "dossier", .thing_id = { 7 }, .job_key = key };
    return document_make(db, arena, &maker, &leased, NOW, files, ret_why);
}

/* The n-th step fails, for every n: neither papers nor the end of the job; then all of it, once. */
static void nothing_is_half_done(Db *db, Arena *arena) {
    const char words[] = "# {{session.intitule}}\n", *why = NULL, *files = own_words(arena, words);
    one_house(db, arena);
    JobId job = leased(db, arena);
    bool done = false;
    int step = 0;
    while (!done) {
        db_fail_at(++step);
        done = make(db, arena, "convocation", job, "41/0", files, &why);
        db_fail_at(0);
        AUTO_TX Tx tx = db_read(db, arena);
        assert_int_equal(documents_of_dossier(&tx, (DossierId){ 7 }).count, done ? 2 : 0);
        assert_int_equal(jobs_waiting(&tx, NOW), done ? 0 : 1);
        assert_true(done || strstr(why, "made up"));
        assert_true(step < 100);
    }
    assert_true(step > 8 && is_inside);
    assert_true(
        make(db, arena, "convocation", job, "41/0", files, &why)); /* its worker died before it said so */
    Documents all = kept(db, arena);
    assert_int_equal(all.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(all.at[i].version, 1);
        assert_string_equal(all.at[i].made_by, "Quitus");
        assert_string_equal(all.at[i].template_sha256,
                            crypt_sha256(arena, (Bytes){ words, sizeof words - 1 }));
    }
    assert_true(make(db, arena, "convocation", job, "42/0", files, &why));
    assert_int_equal(kept(db, arena).at[0].version, 2);
    assert_string_equal(kept(db, arena).at[0].sha256,
                        all.at[0].sha256); /* same values, same time: same bytes */
}

static void words_with_a_gap_make_nothing(Db *db, Arena *arena) {
    const char *why = NULL, *files = own_words(arena, "{{no.such.thing}}");
    one_house(db, arena);
    JobId job = leased(db, arena);
    assert_false(make(db, arena, "convocation", job, "41/0", files, &why));
    assert_non_null(strstr(why, "no.such.thing"));
    assert_false(make(db, arena, "no_such_paper", job, "41/0", files, &why));
    assert_int_equal(kept(db, arena).count, 0);
}

static void the_bundle_joins_the_last_papers(Db *db, Arena *arena) {
    static const char *const papers[] = { "convention", "programme", "devis", "dossier_individuel" };
    const char *why = NULL;
    one_house(db, arena);
    JobId job = leased(db, arena);
    assert_false(make(db, arena, "dossier_individuel", job, "40/0", "", &why)); /* too early */
    int pages = 0;
    for (int i = 0; i < 4; i++) {
        if (!make(db, arena, papers[i], job, arena_print(arena, "4%d/0", i), "", &why))
            fail_msg("%s: %s", papers[i], why);
        AUTO_TX Tx tx = db_read(db, arena);
        Document document;
        assert_true(document_last(&tx, (DossierId){ 7 }, papers[i], &document));
        Bytes pdf = document_body(&tx, document.id);
        if (i == 3)
            assert_int_equal(pdf_pages(pdf), pages + 1); /* behind a cover of one page */
        pages += pdf_pages(pdf);
        const Embedded *words = embed_find(arena_print(arena, "texts/documents/%s.fr.md", papers[i]));
        assert_string_equal(document.template_sha256, words->sha256);
    }
}

static void on_each(void **state) {
    void (*const *run)(Db *, Arena *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        (*run)(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static void (*runs[])(Db *, Arena *) = { nothing_is_half_done, words_with_a_gap_make_nothing,
                                             the_bundle_joins_the_last_papers };
    crypt_start();
    pdf_start();
    const struct CMUnitTest tests[] = {
        { "nothing_is_half_done", on_each, NULL, NULL, &runs[0] },
        { "words_with_a_gap_make_nothing", on_each, NULL, NULL, &runs[1] },
        { "the_bundle_joins_the_last_papers", on_each, NULL, NULL, &runs[2] },
    };
    return cmocka_run_group_tests_name("document_work", tests, NULL, NULL);
}
