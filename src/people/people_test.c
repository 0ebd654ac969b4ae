#include "test.h"

#include <string.h>

#include "access.h"
#include "crypt.h"
#include "date.h"
#include "frame.h"
#include "jobs.h"
#include "people_login_store.h"
#include "people_pages.h"
#include "test_browser_pages.h"
#include "text.h"

/* The next letter that waits: its code, and its path. */
static bool take_letter(Browser *b, const char *what, const char **ret_code, const char **ret_path) {
    AUTO_TX Tx tx = db_begin(b->db, b->arena);
    LeasedJob job;
    while (jobs_lease(&tx, "test", b->now, 60, &job)) {
        jobs_done(&tx, job.id, b->now);
        if (!job.thing_id.value || strcmp(job.what, what) != 0)
            continue;
        const char *bar = strchr(job.who, '|');
        *ret_code = arena_copy_n(b->arena, job.who, (size_t)(bar - job.who));
        *ret_path = bar + 1;
        return db_commit(&tx);
    }
    return false;
}

typedef struct World {
    CompanyId salon, garage;
    AccountId camille;
    const char *secret;
} World;

static World world(Browser *b) {
    World w = { .secret = crypt_totp_secret(b->arena) };
    AUTO_TX Tx tx = db_begin(b->db, b->arena);
    Company salon = { .name = "Salon Camille", .contact_first_name = "Camille", .email = "c@salon.example" };
    Company garage = { .name = "Garage Morel", .email = "m@garage.example" };
    salon.id = w.salon = people_company_add(&tx, &salon, b->now);
    w.garage = people_company_add(&tx, &garage, b->now);
    w.camille = people_company_account(&tx, &salon, b->now);
    Account thomas = {
        .role = "staff", .first_name = "Thomas", .email = "t@house.example", .is_active = true
    };
    people_account_add(&tx, &thomas, crypt_password_hash(b->arena, "un bon mot de passe"), w.secret, b->now);
    assert_true(db_commit(&tx));
    return w;
}

static void a_link_lets_in_once(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        const char *code = "", *path = "";
        world(&b);
        test_look(&b, "/connexion", people_login_page);
        assert_int_equal(b.rq.status, 200);
        TEST_SEND(&b, "/connexion", people_login_post, "email", "C@Salon.example", "suite",
                  "/dossiers/2026-0417");
        assert_int_equal(b.rq.status, 200);
        assert_true(take_letter(&b, "login_link", &code, &path));
        assert_int_equal(strlen(code), 6);
        for (int i = 0; i < 3; i++) /* mail programs look too */
            test_look(&b, path, people_link_page);
        assert_int_equal(b.rq.status, 200);
        TEST_SEND(&b, path, people_link_post, "x", "");
        assert_int_equal(b.rq.status, 303);
        assert_string_equal(b.rq.location, "/dossiers/2026-0417");
        assert_int_equal(test_viewer(&b)->role, ROLE_COMPANY);
        assert_true(b.rq.viewer->is_proved);
        Browser other = test_browser(arena, dbs.at[d]);
        test_look(&other, path, people_link_page);
        assert_int_equal(other.rq.status, 410);
        assert_non_null(strstr(test_body(&other), "value=\"c@salon.example\""));
        TEST_SEND(&other, path, people_link_post, "x", "");
        assert_int_equal(other.rq.status, 410);
    }
}

static void links_and_codes_grow_old(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        const char *code = "", *path = "";
        world(&b);
        test_look(&b, "/connexion", people_login_page);
        TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
        assert_true(take_letter(&b, "login_link", &code, &path));
        b.now = instant_add(b.now, 30 * 60);
        TEST_SEND(&b, path, people_link_post, "x", "");
        assert_int_equal(b.rq.status, 410);
        TEST_SEND(&b, "/connexion/code", people_login_code_post, "email", "c@salon.example", "code", code);
        assert_int_equal(b.rq.status, 422);
        assert_int_equal(test_viewer(&b)->role, ROLE_NOBODY);
    }
}

static void a_code_is_tried_five_times(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        for (int wrong = 4; wrong <= 5; wrong++) {
            Browser b = test_browser(arena, dbs.at[d]);
            const char *code = "", *path = "";
            if (wrong == 4)
                world(&b);
            b.now = instant_add(b.now, wrong * 3600);
            test_look(&b, "/connexion", people_login_page);
            TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
            assert_true(take_letter(&b, "login_link", &code, &path));
            for (int i = 0; i < wrong; i++) {
                TEST_SEND(&b, "/connexion/code", people_login_code_post, "email", "c@salon.example", "code",
                          strcmp(code, "000000") ? "000000" : "111111");
                assert_int_equal(b.rq.status, 422);
            }
            TEST_SEND(&b, "/connexion/code", people_login_code_post, "email", "c@salon.example", "code",
                      code);
            assert_int_equal(b.rq.status, wrong < 5 ? 303 : 422);
        }
    }
}

static void the_unknown_learn_nothing(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    world(&b);
    test_look(&b, "/connexion", people_login_page);
    TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
    size_t known = b.rq.body.n;
    int64_t before = db_steps();
    TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
    int64_t known_steps = db_steps() - before;
    before = db_steps();
    TEST_SEND(&b, "/connexion", people_login_post, "email", "x@salon.example");
    assert_int_equal(db_steps() - before, known_steps);
    assert_int_equal(b.rq.status, 200);
    assert_int_equal(b.rq.body.n, known);
    db_close(db);
}

static void who_tries_too_often_waits(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    world(&b);
    test_look(&b, "/connexion", people_login_page);
    for (int i = 0; i < 8; i++) {
        TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
        assert_int_equal(b.rq.status, 200);
    }
    TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
    assert_int_equal(b.rq.status, 429);
    assert_non_null(strstr(test_body(&b), "15 minutes"));
    TEST_SEND(&b, "/connexion", people_login_post, "email", "m@garage.example");
    assert_int_equal(b.rq.status, 200);
    b.now = instant_add(b.now, 15 * 60);
    TEST_SEND(&b, "/connexion", people_login_post, "email", "c@salon.example");
    assert_int_equal(b.rq.status, 200);
    db_close(db);
}

static void a_foreign_form_is_refused(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    const char *const fields[] = { "email", "c@salon.example", "csrf", "x", NULL };
    crypt_start();
    World w = world(&b);
    test_look(&b, "/connexion", people_login_page);
    test_ask(&b, METHOD_POST, "/connexion", ROLE_ANYBODY, people_login_post, fields, true);
    assert_int_equal(b.rq.status, 403);
    Browser bare = test_browser(arena, b.db); /* a token that no cookie vouches for */
    bare.csrf = b.csrf;
    TEST_SEND(&bare, "/connexion", people_login_post, "email", "c@salon.example");
    assert_int_equal(bare.rq.status, 403);
    test_log_in(&b, w.camille);
    test_ask(&b, METHOD_POST, "/x", ROLE_ANYBODY, test_nothing, fields, true);
    assert_int_equal(b.rq.status, 403);
    assert_int_equal(test_viewer(&b)->role, ROLE_COMPANY);
    TEST_SEND(&b, "/x", test_nothing, "x", "");
    assert_int_equal(b.rq.status, 200);
    db_close(db);
}

static void places_have_their_people(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    const char *const query[] = { "q", "a b", NULL };
    crypt_start();
    World w = world(&b);
    test_ask(&b, METHOD_GET, "/g", ROLE_STAFF, test_nothing, query, false);
    assert_int_equal(b.rq.status, 303);
    assert_string_equal(b.rq.location, "/connexion?suite=%2Fg%3Fq%3Da%2520b");
    test_ask(&b, METHOD_POST, "/g", ROLE_STAFF, test_nothing, NULL, false);
    assert_int_equal(b.rq.status, 403);
    test_log_in(&b, w.camille);
    test_ask(&b, METHOD_GET, "/g", ROLE_STAFF, test_nothing, NULL, false);
    assert_int_equal(b.rq.status, 404);
    test_look(&b, arena_print(arena, "/entreprises/%lld", (long long)w.salon.value), people_company_page);
    assert_int_equal(b.rq.status, 200);
    test_look(&b, arena_print(arena, "/entreprises/%lld", (long long)w.garage.value), people_company_page);
    assert_int_equal(b.rq.status, 404);
    test_look(&b, "/entreprises/nouvelle", people_company_page);
    assert_int_equal(b.rq.status, 404);
    db_close(db);
}

static const char *new_link(Browser *b, NewLink link) {
    AUTO_TX Tx tx = db_begin(b->db, b->arena);
    link.now = b->now;
    const char *path = people_link(&tx, &link, NULL);
    assert_true(db_commit(&tx));
    return path;
}

static void a_link_sees_its_own_thing_alone(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        World w = world(&b);
        struct {
            NewLink link;
            unsigned role;
            const char *home;
        } rows[] = {
            { { .kind = "dossier", .account_id = w.camille, .dossier_id = { 7 } }, ROLE_COMPANY, "/e" },
            { { .kind = "client_form", .account_id = w.camille, .dossier_id = { 7 } }, ROLE_COMPANY, "/e" },
            { { .kind = "participant", .participant_id = { 3 }, .email = "l@x.example" },
              ROLE_PARTICIPANT,
              "/p" },
            { { .kind = "auditor", .audit_id = { 5 }, .dossier_id = { 7 }, .email = "o@x.example" },
              ROLE_AUDITOR,
              "/a" },
        };
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            Browser one = test_browser(arena, dbs.at[d]);
            const char *path = new_link(&one, rows[i].link);
            for (int twice = 0; twice < 2; twice++) { /* not consumed */
                test_look(&one, path, people_link_page);
                TEST_SEND(&one, path, people_link_post, "x", "");
                assert_int_equal(one.rq.status, 303);
            }
            assert_string_equal(one.rq.location, rows[i].home);
            const Viewer *viewer = test_viewer(&one);
            assert_int_equal(viewer->role, rows[i].role);
            assert_int_equal(viewer->dossier_id.value, rows[i].link.dossier_id.value);
            assert_int_equal(viewer->participant_id.value, rows[i].link.participant_id.value);
            assert_int_equal(viewer->audit_id.value, rows[i].link.audit_id.value);
            assert_false(viewer->is_proved);
            one.now = instant_add(one.now, 31 * 86400); /* the login ends with its link */
            assert_int_equal(test_viewer(&one)->role, ROLE_NOBODY);
        }
    }
}

static void a_revoked_link_ends_its_logins(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        const char *path = new_link(&b, (NewLink){ .kind = "auditor", .audit_id = { 5 } });
        test_look(&b, path, people_link_page);
        TEST_SEND(&b, path, people_link_post, "x", "");
        assert_int_equal(test_viewer(&b)->role, ROLE_AUDITOR);
        AUTO_TX Tx tx = db_begin(b.db, arena);
        people_links_revoke(&tx, (AccountId){ 0 }, (ParticipantId){ 0 }, (AuditId){ 5 }, b.now);
        assert_true(db_commit(&tx));
        assert_int_equal(test_viewer(&b)->role, ROLE_NOBODY);
        test_look(&b, path, people_link_page);
        assert_int_equal(b.rq.status, 410);
    }
}

static void act(Request *rq) {
    if (page_needs_proof(rq))
        reply_text(rq, 200, "done");
}

static void an_act_asks_for_a_code(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        World w = world(&b);
        const char *code = "", *path = new_link(&b, (NewLink){ .kind = "dossier", .account_id = w.camille });
        test_look(&b, path, people_link_page);
        TEST_SEND(&b, path, people_link_post, "x", "");
        test_viewer(&b);
        TEST_SEND(&b, "/dossiers/2026-0417/demande", act, "x", "");
        assert_int_equal(b.rq.status, 303);
        assert_string_equal(b.rq.location, "/code?next=%2Fdossiers%2F2026-0417%2Fdemande");
        assert_true(take_letter(&b, "sign_code", &code, &path));
        assert_string_equal(path, "/dossiers/2026-0417/demande");
        TEST_SEND(&b, "/code", people_code_post, "code", "12", "next", path);
        assert_int_equal(b.rq.status, 422);
        TEST_SEND(&b, "/code", people_code_post, "code", code, "next", "//evil.example");
        assert_int_equal(b.rq.status, 303);
        assert_string_equal(b.rq.location, "/e");
        test_look(&b, "/moi", people_me_page); /* the sentence is said once */
        assert_non_null(strstr(test_body(&b), "role=\"status\""));
        test_look(&b, "/moi", people_me_page);
        assert_null(strstr(test_body(&b), "role=\"status\""));
        TEST_SEND(&b, "/dossiers/2026-0417/demande", act, "x", "");
        assert_int_equal(b.rq.status, 200);
        b.now = instant_add(b.now, PROOF_HOURS * 3600);
        TEST_SEND(&b, "/dossiers/2026-0417/demande", act, "x", "");
        assert_int_equal(b.rq.status, 303);
    }
}

static void staff_have_two_keys(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    World w = world(&b);
    const char *totp = crypt_totp_code(arena, w.secret, b.now), *code = "", *path = "";
    test_look(&b, "/connexion", people_login_page);
    TEST_SEND(&b, "/connexion", people_login_post, "email", "t@house.example");
    assert_false(take_letter(&b, "login_link", &code, &path)); /* no link opens what has a password */
    struct {
        const char *password, *totp;
        int status;
    } rows[] = {
        { "un mauvais mot", totp, 422 },
        { "un bon mot de passe", "000", 422 },
        { "un bon mot de passe", totp, 303 },
        { "un bon mot de passe", totp, 422 }, /* a code works once */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Browser one = test_browser(arena, b.db);
        test_look(&one, "/connexion", people_login_page);
        TEST_SEND(&one, "/connexion/mot-de-passe", people_password_post, "email", "t@house.example",
                  "mot_de_passe", rows[i].password, "totp", rows[i].totp);
        assert_int_equal(one.rq.status, rows[i].status);
        assert_int_equal(test_viewer(&one)->role, rows[i].status == 303 ? ROLE_STAFF : ROLE_NOBODY);
    }
    db_close(db);
}

static void leaving_everywhere_closes_every_device(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    crypt_start();
    Browser b[2] = { test_browser(arena, db), test_browser(arena, db) };
    World w = world(&b[0]);
    b[1].agent = "Safari";
    for (int i = 0; i < 2; i++)
        test_log_in(&b[i], w.camille);
    test_look(&b[0], "/moi", people_me_page);
    assert_non_null(strstr(test_body(&b[0]), "Safari"));
    TEST_SEND(&b[0], "/moi/deconnecter-partout", people_logout_all_post, "x", "");
    for (int i = 0; i < 2; i++)
        assert_int_equal(test_viewer(&b[i])->role, ROLE_NOBODY);
    db_close(db);
}

static void an_error_page_bears_everything(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const int statuses[] = { 400, 403, 404, 409, 410, 413, 429, 500, 503 };
    crypt_start();
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        Request rq = { .arena = arena, .number = "7F3K-21", .path = "/x", .method = METHOD_POST };
        people_error_page(&rq, statuses[i], NULL);
        assert_int_equal(rq.status, statuses[i]);
        assert_non_null(strstr(rq.body.p, "7F3K-21"));
        assert_true(rq.body.n < 3000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_lets_in_once),
        cmocka_unit_test(links_and_codes_grow_old),
        cmocka_unit_test(a_code_is_tried_five_times),
        cmocka_unit_test(the_unknown_learn_nothing),
        cmocka_unit_test(who_tries_too_often_waits),
        cmocka_unit_test(a_foreign_form_is_refused),
        cmocka_unit_test(places_have_their_people),
        cmocka_unit_test(a_link_sees_its_own_thing_alone),
        cmocka_unit_test(a_revoked_link_ends_its_logins),
        cmocka_unit_test(an_act_asks_for_a_code),
        cmocka_unit_test(staff_have_two_keys),
        cmocka_unit_test(leaving_everywhere_closes_every_device),
        cmocka_unit_test(an_error_page_bears_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
