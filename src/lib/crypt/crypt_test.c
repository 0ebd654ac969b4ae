#include "crypt.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "text.h"

static int start(void **state) {
    (void)state;
    crypt_start();
    crypt_start(); /* twice does no harm */
    return 0;
}

static void passwords_are_hashed(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char *hash = crypt_password_hash(arena, "cheval agrafe été"),
         *again = crypt_password_hash(arena, "cheval agrafe été");
    assert_true(text_starts(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_string_not_equal(hash, again);
    assert_true(crypt_password_check(hash, "cheval agrafe été"));
    assert_true(crypt_password_check(hash, "cheval agrafe e\u0301te\u0301")); /* another keyboard */
    assert_false(crypt_password_check(hash, "cheval agrafe ete"));
    assert_false(crypt_password_check(hash, ""));
    assert_false(crypt_password_check("", ""));
    assert_false(crypt_password_check(NULL, "cheval agrafe été"));
    assert_false(crypt_password_check("not a hash", "cheval agrafe été"));
}

static void weak_passwords_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *password, *why; /* a word of the sentence; NULL: fine */
    } cases[] = {
        { "cheval agrafe été", NULL },       { "Tr0ub4dor&3x!", NULL },
        { "éééàààùùùîîîôôô", NULL },         { "quatre mots sans lien", NULL },
        { NULL, "12 caractères" },           { "", "12 caractères" },
        { "            ", "12 caractères" }, { "onze signes", "trop court" },
        { "éééééééé", "trop court" }, /* 16 bytes, 8 characters */
        { "aaaaaaaaaaaa", "les mêmes" },     { "abababababab", "les mêmes" },
        { "123456789012", "deviner" },       { "987654321098", "deviner" },
        { "abcdefghijkl", "deviner" },       { "motdepasse123", "deviner" },
        { "MotDePasse2026!", "deviner" },    { "!!Password1234", "deviner" },
        { "azertyuiop12", "deviner" },       { "Administrateur1", "deviner" },
        { "Bienvenue2026", "deviner" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = crypt_password_refusal(cases[i].password);
        if (!why != !cases[i].why || (why && !strstr(why, cases[i].why)))
            fail_msg("%s: %s", cases[i].password, why ? why : "accepted");
    }
    char huge[300];
    memset(huge, 'x', sizeof huge - 1);
    huge[sizeof huge - 1] = 0;
    assert_non_null(strstr(crypt_password_refusal(huge), "trop long"));
}

static void random_things_have_their_form(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *last = "";
    for (int i = 0; i < 200; i++) {
        char *token = crypt_token(arena), *code = crypt_code(arena), *reference = crypt_reference(arena);
        assert_int_equal(strlen(token), 43);
        assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                         43);
        assert_string_not_equal(token, last);
        last = token;
        assert_int_equal(strlen(code), 6);
        assert_int_equal(strspn(code, "0123456789"), 6);
        assert_int_equal(strlen(reference), 7);
        assert_int_equal(strspn(reference, "23456789ACDEFGHJKMNPQRSTVWXYZ"), 4);
        assert_int_equal(strspn(reference + 5, "0123456789"), 2);
        assert_int_equal(reference[4], '-');
    }
    assert_true(crypt_random() != crypt_random());
}

/* A child must not repeat what its parent draws. */
static void forks_draw_their_own(void **state) {
    (void)state;
    int ends[2];
    uint64_t theirs = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        crypt_start();
        uint64_t drawn = crypt_random();
        _exit(write(ends[1], &drawn, sizeof drawn) == (ssize_t)sizeof drawn ? 0 : 1);
    }
    uint64_t ours = crypt_random();
    assert_int_equal(read(ends[0], &theirs, sizeof theirs), sizeof theirs);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ends[0]);
    close(ends[1]);
    assert_true(ours != theirs);
}

static void hashes_are_those_of_the_standard(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_string_equal(crypt_sha256(arena, (Bytes){ "abc", 3 }), abc);
    assert_string_equal(crypt_token_hash(arena, "abc"), abc);
    assert_string_equal(crypt_sha256(arena, (Bytes){ NULL, 0 }),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 *sha = crypt_sha256_new(arena);
    crypt_sha256_add(sha, (Bytes){ "a", 1 });
    crypt_sha256_add(sha, (Bytes){ "", 0 });
    crypt_sha256_add(sha, (Bytes){ "bc", 2 });
    assert_string_equal(crypt_sha256_end(arena, sha), abc);
}

static void comparison(void **state) {
    (void)state;
    assert_true(crypt_same("abc", "abc"));
    assert_false(crypt_same("abc", "abd"));
    assert_false(crypt_same("abc", "abcd"));
    assert_false(crypt_same(NULL, ""));
    assert_true(crypt_same("", ""));
}

static void codes_are_those_of_the_standard(void **state) {
    (void)state;
    /* RFC 6238, appendix B: the key "12345678901234567890", the last six of its eight digits. */
    static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    static const struct {
        int64_t seconds;
        const char *code;
    } cases[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                  { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Instant now = { cases[i].seconds * 1000 };
        int64_t step = -1, first = cases[i].seconds / 30;
        assert_string_equal(crypt_totp_code(arena, secret, now), cases[i].code);
        for (int late = -2; late <= 2; late++) {
            Instant then = { now.ms + late * 30000 };
            bool is_right = then.ms >= 0 && crypt_totp_check(secret, cases[i].code, then, &step);
            assert_int_equal(is_right, then.ms >= 0 && late >= -1 && late <= 1);
            if (is_right)
                assert_int_equal(step, first); /* the step of the code, not of the clock */
        }
    }
    Instant now = { 59000 };
    int64_t step = -1;
    assert_true(crypt_totp_check(secret, "287 082", now, &step));
    assert_false(crypt_totp_check(secret, "28708", now, &step));
    assert_false(crypt_totp_check(secret, "2870822", now, &step));
    assert_false(crypt_totp_check(secret, "28708a", now, &step));
    assert_false(crypt_totp_check(secret, NULL, now, &step));
    assert_false(crypt_totp_check("not base32!", "287082", now, &step));
}

static void secrets_and_their_urls(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char *secret = crypt_totp_secret(arena);
    assert_int_equal(strlen(secret), 32);
    assert_int_equal(strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 32);
    assert_string_not_equal(secret, crypt_totp_secret(arena));
    assert_string_equal(
        crypt_totp_url(arena, "GEZDGNBV", "Quitus été", "a@b.fr"),
        "otpauth://totp/Quitus%20%C3%A9t%C3%A9:a%40b.fr?secret=GEZDGNBV&issuer=Quitus%20%C3%A9t%C3%A9"
        "&algorithm=SHA1&digits=6&period=30");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_are_hashed),
        cmocka_unit_test(weak_passwords_are_refused),
        cmocka_unit_test(random_things_have_their_form),
        cmocka_unit_test(forks_draw_their_own),
        cmocka_unit_test(hashes_are_those_of_the_standard),
        cmocka_unit_test(comparison),
        cmocka_unit_test(codes_are_those_of_the_standard),
        cmocka_unit_test(secrets_and_their_urls),
    };
    return cmocka_run_group_tests_name("crypt", tests, start, NULL);
}
