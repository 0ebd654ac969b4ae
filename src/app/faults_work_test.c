/* Papers and mails of a validation on stores that fail at every step: each is there once in the end. */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "pdf.h"
#include "test_faults.h"

static House house_of(Arena *arena, const char *mails) {
    return (House){ .folder = test_folder(arena),
                    .db_url = "",
                    .public_url = "https://formation.example",
                    .mail_folder = mails,
                    .smtp_url = "",
                    .smtp_user = "",
                    .smtp_password = "",
                    .smtp_ca = "",
                    .mail_host = "localhost" };
}

static Walk validated(Db *db, Arena *arena) {
    db_set_house(db, &app_story);
    Walk w = people(db, arena);
    for (size_t k = 0; k < STEPS && strcmp(steps[k].name, "sign") != 0; k++)
        if (!attempt(db, &w, &steps[k], 0))
            fail_msg("%s", steps[k].name);
    return w;
}

static size_t mails_in(const char *folder) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *one; dir && (one = readdir(dir));)
        count += text_ends(one->d_name, ".eml");
    if (dir)
        closedir(dir);
    return count;
}

/* What failed may be tried again at once, as often as one likes. */
static void forgive(Db *db, Arena *arena, Instant now) {
    AUTO_TX Tx tx = db_begin(db, arena);
    db_run(&tx, arena_print(arena,
                            "UPDATE job SET attempt_count = 0, status = 'waiting', error = '', due_at = %lld"
                            " WHERE error <> ''; UPDATE mail SET attempt_count = 0, next_at = %lld"
                            " WHERE status IN ('queued', 'sending')",
                            (long long)now.ms, (long long)now.ms));
    if (!db_commit(&tx))
        fail_msg("%s", tx.error);
}

static const char mails[] = "SELECT count(*) FROM mail";

static void once_each(Db *db, const House *house) {
    static const char doubled[] =
        "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1) AS t";
    AUTO_ARENA Arena *arena = arena_new();
    assert_int_equal(ask(db, arena_print(arena, doubled, "document", "owner, kind")), 0);
    assert_int_equal(ask(db, arena_print(arena, doubled, "mail", "kind, to_address")), 0);
    static const char *const kinds[] = { "devis", "programme", "convention", "dossier_individuel" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_int_equal(
            ask(db, arena_print(arena, "SELECT count(*) FROM document WHERE kind = '%s'", kinds[i])), 1);
    assert_int_equal(
        ask(db, "SELECT count(*) FROM mail WHERE kind LIKE 'documents_ready%' AND to_role = 'company'"), 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM mail WHERE status <> 'sent'"), 0);
    assert_int_equal(mails_in(house->mail_folder), ask(db, mails));
}

enum { STRIDE = 5 }; /* every step would take minutes */

/* What is there at that moment is whole. */
static void whole(Db *db, int step) {
    static const char torn[] = "SELECT count(*) FROM document d WHERE body_bytes <> (SELECT"
                               " sum(length(body_blob)) FROM document_chunk c WHERE c.document_id = d.id)";
    static const char early[] = "SELECT count(*) FROM job WHERE status = 'done' AND kind = 'make'"
                                " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.kind = job.what)";
    if (ask(db, torn) || ask(db, early))
        fail_msg("failure at step %d: a paper is torn, or a job is done without its paper", step);
}

/* All the work of a validation, failing once at that step; then once more without. Returns its steps. */
static int64_t work_failing_at(Db *db, int step) {
    AUTO_ARENA Arena *arena = arena_new();
    House house = house_of(arena, test_folder(arena));
    Instant now = at(1, 561);
    int64_t began = db_steps();
    db_fail_at(step);
    app_work(db, &house, now, 200);
    db_fail_at(0);
    int64_t taken = db_steps() - began;
    whole(db, step);
    for (int i = 0; i < 3; i++) { /* a worker that lost its mail counts as dead after a while */
        now = instant_add(now, 3600);
        forgive(db, arena, now);
        app_work(db, &house, now, 200);
    }
    once_each(db, &house);
    return taken;
}

static void papers_and_mails_are_made_once(void **state) {
    (void)state;
    int64_t steps_taken = 1;
    for (int n = 0; n <= steps_taken; n += STRIDE) {
        AUTO_ARENA Arena *arena = arena_new();
        Db *db = test_db(arena);
        validated(db, arena);
        int64_t taken = work_failing_at(db, n);
        if (n == 0)
            steps_taken = taken + 20; /* commits count too */
        db_close(db);
    }
}

static void papers_and_mails_are_made_once_on_postgres(void **state) {
    (void)state;
    for (int n = 5; test_has_postgres() && n < 200; n += 39) { /* a new store each time: some steps only */
        AUTO_ARENA Arena *arena = arena_new();
        Db *db = test_db_postgres(arena);
        validated(db, arena);
        work_failing_at(db, n);
        db_close(db);
    }
}

/* A folder for mails that is no folder: they wait, and go when it is one. */
static void a_folder_that_cannot_be_written(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    const char *folder = arena_print(arena, "%s/mails", test_folder(arena));
    House house = house_of(arena, folder);
    validated(db, arena);
    test_write(folder, "", 0);
    Instant now = at(1, 561);
    app_work(db, &house, now, 200);
    assert_true(ask(db, "SELECT count(*) FROM mail") > 0);
    assert_int_equal(ask(db, "SELECT count(*) FROM mail WHERE status <> 'queued' OR detail = ''"), 0);
    assert_int_equal(ask(db, "SELECT count(*) FROM document WHERE kind = 'convention'"), 1);
    assert_int_equal(unlink(folder), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    app_work(db, &house, instant_add(now, 3600), 200);
    once_each(db, &house);
    db_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_and_mails_are_made_once),
        cmocka_unit_test(papers_and_mails_are_made_once_on_postgres),
        cmocka_unit_test(a_folder_that_cannot_be_written),
    };
    log_silence();
    crypt_start();
    pdf_start();
    return cmocka_run_group_tests_name("faults_work", tests, NULL, NULL);
}
