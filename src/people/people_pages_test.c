#include "test.h"

#include <string.h>

#include "crypt.h"
#include "directory_store.h"
#include "people_login_store.h"
#include "people_pages.h"
#include "test_browser_pages.h"

typedef struct World {
    AccountId staff, company;
    CompanyId salon;
} World;

static World world(Browser *b) {
    World w = { 0 };
    const char *why = NULL;
    AUTO_TX Tx tx = db_begin(b->db, b->arena);
    assert_true(directory_load(&tx, &why));
    Company salon = { .name = "Salon Camille", .contact_first_name = "Camille", .email = "c@salon.example" };
    salon.id = w.salon = people_company_add(&tx, &salon, b->now);
    w.company = people_company_account(&tx, &salon, b->now);
    Account staff = {
        .role = "staff", .first_name = "Thomas", .email = "t@house.example", .is_active = true
    };
    w.staff = people_account_add(&tx, &staff, "", "", b->now);
    assert_true(db_commit(&tx));
    return w;
}

static Company company_now(Browser *b, CompanyId company_id) {
    Company company;
    AUTO_TX Tx tx = db_read(b->db, b->arena);
    assert_true(people_company(&tx, company_id, &company));
    return company;
}

static void a_record_finds_its_funder(void **state) {
    (void)state;
    TEST_EACH_STORE(arena, dbs) {
        Browser b = test_browser(arena, dbs.at[d]);
        World w = world(&b);
        const char *path = arena_print(arena, "/entreprises/%lld", (long long)w.salon.value);
        struct {
            const char *idcc, *by_hand, *funder, *source;
        } rows[] = {
            { "2596", "", "OPCO_EP", "2596" },
            { "", "", "", "" },
            { "", "AKTO", "AKTO", "Thomas" },
        };
        test_log_in(&b, w.staff);
        test_look(&b, path, people_company_page);
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            const char *version = arena_print(arena, "%zu", i + 1);
            TEST_SEND(&b, path, people_company_post, "name", "Salon Camille", "idcc", rows[i].idcc,
                      "contact_first_name", "Camille", "contact_last_name", "Roussel", "email",
                      "c@salon.example", "funder_code", rows[i].by_hand, "version", version);
            assert_int_equal(b.rq.status, 303);
            Company company = company_now(&b, w.salon);
            assert_string_equal(company.funder_code, rows[i].funder);
            assert_non_null(strstr(company.funder_source, rows[i].source));
        }
        TEST_SEND(&b, path, people_company_post, "name", "Autre nom", "contact_first_name", "Camille",
                  "contact_last_name", "Roussel", "email", "c@salon.example", "version", "1");
        assert_int_equal(b.rq.status, 409); /* somebody else was faster */
        assert_string_equal(company_now(&b, w.salon).name, "Salon Camille");
    }
}

static void a_company_fills_in_all_of_it(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    World w = world(&b);
    const char *path = arena_print(arena, "/entreprises/%lld", (long long)w.salon.value);
    test_log_in(&b, w.company);
    test_look(&b, path, people_company_page);
    assert_int_equal(b.rq.status, 200);
    assert_null(strstr(test_body(&b), "funder_code"));
    TEST_SEND(&b, path, people_company_post, "name", "Salon Camille", "contact_first_name", "Camille",
              "contact_last_name", "Roussel", "email", "c@salon.example", "version", "1");
    assert_int_equal(b.rq.status, 422);
    assert_non_null(strstr(test_body(&b), "<title>Erreur"));
    assert_non_null(strstr(test_body(&b), "href=\"#siret\""));
    assert_non_null(strstr(test_body(&b), "value=\"Roussel\"")); /* what was typed is kept */
    db_close(db);
}

static void a_new_record_is_made_once(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    World w = world(&b);
    const char *led = NULL;
    test_log_in(&b, w.staff);
    test_look(&b, "/entreprises/nouvelle", people_company_page);
    for (int i = 0; i < 2; i++) {
        TEST_SEND(&b, "/entreprises/nouvelle", people_company_post, "request_key", "k", "name",
                  "Garage Morel", "contact_first_name", "M", "contact_last_name", "Morel", "email",
                  "m@garage.example");
        assert_int_equal(b.rq.status, 303);
        assert_true(!led || !strcmp(led, b.rq.location));
        led = b.rq.location;
    }
    db_close(db);
}

static void a_colleague_comes_and_goes(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    World w = world(&b);
    test_log_in(&b, w.staff);
    test_look(&b, "/g/equipe", people_team_page);
    TEST_SEND(&b, "/g/equipe", people_team_post, "role", "staff", "first_name", "Ali", "last_name", "Benali",
              "email", "ali@house.example");
    assert_int_equal(b.rq.status, 200);
    assert_non_null(strstr(test_body(&b), "otpauth://totp/"));
    TEST_SEND(&b, "/g/equipe", people_team_post, "role", "staff", "first_name", "Ali", "last_name", "Benali",
              "email", "ali@house.example");
    assert_int_equal(b.rq.status, 422);
    AccountId ali = { w.staff.value + 1 };
    Browser other = test_browser(arena, db);
    test_log_in(&other, ali);
    assert_int_equal(test_viewer(&other)->role, ROLE_STAFF);
    struct {
        AccountId account;
        int status;
    } rows[] = { { w.staff, 409 }, { w.company, 404 }, { { 999 }, 404 }, { ali, 303 } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TEST_SEND(&b, arena_print(arena, "/g/equipe/%lld", (long long)rows[i].account.value),
                  people_account_close_post, "x", "");
        assert_int_equal(b.rq.status, rows[i].status);
    }
    assert_int_equal(test_viewer(&other)->role, ROLE_NOBODY);
    db_close(db);
}

static void settings_are_checked_and_kept(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db(arena);
    Browser b = test_browser(arena, db);
    crypt_start();
    World w = world(&b);
    test_log_in(&b, w.staff);
    test_look(&b, "/g/reglages", people_organisation_page);
    static const char *const ends[] = { "01/01/2025", "01/01/2029" };
    for (size_t i = 0; i < 2; i++) {
        TEST_SEND(&b, "/g/reglages", people_organisation_post, "name", "Les Ateliers", "legal_form", "SAS",
                  "address", "1 rue X", "postcode", "69007", "city", "Lyon", "siret", "732 829 320 00074",
                  "nda", "84 69 99999 69", "nda_region", "Rhône", "vat_regime", "exempt_training", "email",
                  "c@house.example", "phone", "04 00 00 00 00", "contact_name", "T", "representative", "T",
                  "representative_role", "gérant", "qualiopi_from_on", "01/01/2026", "qualiopi_to_on",
                  ends[i]);
        assert_int_equal(b.rq.status, i ? 303 : 422);
    }
    test_look(&b, "/g/reglages", people_organisation_page);
    assert_non_null(strstr(test_body(&b), "Les Ateliers"));
    assert_non_null(strstr(test_body(&b), "01/01/2029"));
    db_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_finds_its_funder),     cmocka_unit_test(a_company_fills_in_all_of_it),
        cmocka_unit_test(a_new_record_is_made_once),     cmocka_unit_test(a_colleague_comes_and_goes),
        cmocka_unit_test(settings_are_checked_and_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
