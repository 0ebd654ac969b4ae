#include "tsv.h"

#include <string.h>

#include "test.h"

static Bytes bytes_of(const char *s) { return (Bytes){ s, strlen(s) }; }

static void tables_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Tsv tsv;
    const char *why = NULL;
    assert_true(
        tsv_parse(arena,
                  bytes_of("\xef\xbb\xbf# source: France compétences : table\r\n# published: 2026-08-11\n"
                           "# no colon\nidcc\tnom\topco\r\n1486\tSyntec\tatlas\r\n\n44\t\topco2i\n0\t\t"),
                  &tsv, &why));
    assert_string_equal(tsv.source, "France compétences : table");
    assert_string_equal(tsv.published, "2026-08-11");
    assert_int_equal(tsv.column_count, 3);
    assert_int_equal(tsv.row_count, 3);
    assert_string_equal(tsv_field(&tsv, 0, "opco"), "atlas");
    assert_string_equal(tsv_field(&tsv, 1, "nom"), "");
    assert_string_equal(tsv_field(&tsv, 1, "opco"), "opco2i");
    assert_string_equal(tsv_field(&tsv, 2, "idcc"), "0");
    assert_string_equal(tsv_field(&tsv, 2, "opco"), "");
    assert_null(why);
}

static void broken_tables_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *file, *why;
    } cases[] = {
        { "a\tb\n1\t2\n3\n", "Ligne 3\u00a0: 1 champ au lieu de 2" },
        { "# source: x\na\n1\t2\n", "Ligne 3\u00a0: 2 champs au lieu de 1" },
        { "", "Ce fichier n’a pas de ligne de titres" },
        { "# source: x\n\n", "Ce fichier n’a pas de ligne de titres" },
        { "a\tb\n\xe9\t2\n", "Ce fichier n’est pas un texte en UTF-8" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Tsv tsv;
        const char *why = NULL;
        assert_false(tsv_parse(arena, bytes_of(cases[i].file), &tsv, &why));
        assert_string_equal(why, cases[i].why);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(tables_are_read),
                                        cmocka_unit_test(broken_tables_are_refused) };
    return cmocka_run_group_tests_name("tsv", tests, NULL, NULL);
}
