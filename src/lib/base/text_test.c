#include "text.h"

#include <string.h>

#include "test.h"

typedef struct Case {
    const char *given, *wanted;
} Case;

typedef char *Change(Arena *arena, const char *s);

static void expect(Change *change, const Case *cases, size_t n) {
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < n; i++)
        assert_string_equal(change(arena, cases[i].given), cases[i].wanted);
}

#define EXPECT(change, cases) expect(change, cases, sizeof cases / sizeof *cases)

static void a_text_grows(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text text = text_new(arena);
    assert_string_equal(text.p, "");
    for (int i = 0; i < 1000; i++)
        text_print(&text, "%d,", i % 10);
    text_add(&text, "fin");
    text_add_n(&text, "...", 2);
    text_add_char(&text, '!');
    text_add(&text, NULL);
    assert_int_equal(text.n, 2006);
    assert_int_equal(strlen(text.p), 2006);
    assert_string_equal(text.p + 1998, "9,fin..!");
    assert_int_equal(text_bytes(&text).n, 2006);
}

static void blanks_go(void **state) {
    (void)state;
    static const Case trimmed[] = {
        { "", "" },    { NULL, "" }, { "  ", "" }, { " a  b ", "a  b" }, { "\u00a0\u202f a\n\t", "a" },
        { "é ", "é" },
    };
    static const Case squeezed[] = {
        { NULL, "" },     { " a \t\n b ", "a b" }, { "a\u00a0\u202f b", "a b" },
        { "\u00a0", "" }, { "été", "été" },
    };
    EXPECT(text_trim, trimmed);
    EXPECT(text_squeeze, squeezed);
    assert_true(text_is_empty(NULL));
    assert_true(text_is_empty(" \u00a0\n"));
    assert_false(text_is_empty(" . "));
}

static void folding_forgets_accents(void **state) {
    (void)state;
    static const Case cases[] = {
        { "Évêque", "eveque" },
        { "E\u0301VE\u0302QUE", "eveque" },
        { "CŒUR", "coeur" },
        { "Straße", "strasse" },
        { "l’Œuvre", "l'oeuvre" },
        { "a\u00a0b", "a b" },
        { NULL, "" },
        { "\xe9t\xe9", "ete" },
        { "Ça, là-bas", "ca, la-bas" },
    };
    EXPECT(text_fold, cases);
}

static void bytes_become_clean_text(void **state) {
    (void)state;
    static const struct {
        const char *given;
        size_t n;
        const char *wanted;
    } cases[] = {
        { "été", 5, "été" },
        { "\xe9t\xe9", 3, "été" },
        { "12 \x80", 4, "12 €" },
        { "\x93oui\x94", 5, "“oui”" },
        { "a\r\n\tb\x01\x7f", 7, "a\n\tb" },
        { "a\0b", 3, "ab" },
        { "\xef\xbb\xbftête", 8, "tête" },
        { "\xc2\x85x", 3, "x" },
        { "\x81x", 2, "x" },
        { "\xed\xa0\x80", 3, "í\u00a0€" }, /* a surrogate is not a character */
        { "\xc3", 1, "Ã" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *clean = text_clean(arena, cases[i].given, cases[i].n);
        assert_string_equal(clean, cases[i].wanted);
        assert_true(text_is_utf8(clean, strlen(clean)));
    }
    assert_false(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("\xe9", 1));
    assert_true(text_is_utf8("é", 2));
    assert_true(text_is_utf8("", 0));
}

static void comparisons(void **state) {
    (void)state;
    assert_int_equal(text_length("été"), 3);
    assert_int_equal(text_length(NULL), 0);
    assert_true(text_starts("dossier-12", "dossier"));
    assert_false(text_starts("dos", "dossier"));
    assert_false(text_starts(NULL, "a"));
    assert_true(text_ends("a.pdf", ".pdf"));
    assert_false(text_ends("pdf", ".pdf"));
    assert_true(text_same(NULL, ""));
    assert_false(text_same("a", "b"));
    AUTO_ARENA Arena *arena = arena_new();
    assert_string_equal(text_hex(arena, "\x00\xab\xff", 3), "00abff");
}

static void prose_gets_its_spaces(void **state) {
    (void)state;
    static const Case cases[] = {
        { NULL, "" },
        { "Objet : devis", "Objet\u00a0: devis" },
        { "Objet: devis", "Objet\u00a0: devis" },
        { "Bonjour !", "Bonjour\u00a0!" },
        { "Vraiment?!", "Vraiment\u00a0?!" },
        { "l'accord d'« Atlas »", "l’accord d’«\u00a0Atlas\u00a0»" },
        { "«Atlas»", "«\u00a0Atlas\u00a0»" },
        { "«\u202fAtlas\u202f»", "«\u00a0Atlas\u00a0»" },
        { "1\u202f400 € HT, 12€, 20 %, 5,5%", "1\u00a0400\u00a0€ HT, 12\u00a0€, 20\u00a0%, 5,5\u00a0%" },
        { "à 9:30, https://x.fr/a?b=1%20c", "à 9:30, https://x.fr/a?b=1%20c" },
        { "**Note:** oui; non", "**Note\u00a0:** oui\u00a0; non" },
        { "| :--- | ---: |\n![logo](a.png)", "| :--- | ---: |\n![logo](a.png)" },
        { "a&nbsp;b &amp; c", "a&nbsp;b &amp; c" },
        { "  indented\n  : so", "  indented\n  : so" },
        { "en € et %", "en\u00a0€ et\u00a0%" },
        { "(voir ci-dessous) :\n", "(voir ci-dessous)\u00a0:\n" },
    };
    EXPECT(text_typographic, cases);
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) /* twice changes nothing more */
        assert_string_equal(text_typographic(arena, cases[i].wanted), cases[i].wanted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows),
        cmocka_unit_test(blanks_go),
        cmocka_unit_test(folding_forgets_accents),
        cmocka_unit_test(bytes_become_clean_text),
        cmocka_unit_test(comparisons),
        cmocka_unit_test(prose_gets_its_spaces),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
