#include "pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text.h"

static const PdfPaper paper = { .title = "Essai – œuvre",
                                .author = "Les Ateliers du Rhône",
                                .subject = "Essai",
                                .header = "Les Ateliers du Rhône",
                                .footer = "SIRET 123 456 782 00010",
                                .logo_name = "Les Ateliers du Rhône",
                                .brand = "#0b5a4a",
                                .made_at = { 1796000000000 } };

static Bytes typeset(Arena *arena, const char *markdown) {
    Bytes pdf = { NULL, 0 };
    const char *why = "";
    if (!pdf_typeset(arena, markdown, &paper, &pdf, &why))
        fail_msg("refused: %s", why);
    assert_true(pdf.n > 1000);
    return pdf;
}

static const char *keep(Arena *arena, Bytes pdf) {
    const char *path = arena_print(arena, "%s/a.pdf", test_folder(arena));
    test_write(path, pdf.p, pdf.n);
    return path;
}

/* The words of one page, or of all (0); pdftotext makes blanks of NBSP. */
static const char *words_of(Arena *arena, const char *path, int page) {
    const char *first = arena_print(arena, "%d", page ? page : 1), *last = arena_print(arena, "%d", page);
    const char *const all[] = { "pdftotext", "-layout", path, "-", NULL };
    const char *const one[] = { "pdftotext", "-layout", "-f", first, "-l", last, path, "-", NULL };
    return test_run(arena, page ? one : all);
}

static void assert_says(const char *all, const char *words) {
    if (!strstr(all, words))
        fail_msg("\"%s\" is not in: %s", words, all);
}

static void words_can_be_read_again(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = keep(
        arena, typeset(arena, "# Cœur\n\nL’œuf « frais » – 1\u00a0234,05\u00a0€ — efficace, fière\n"
                              "\n| A | B |\n|---|--:|\n| œ | −3,00\u00a0€ |\n\n- [x] coché\n"));
    const char *words = words_of(arena, path, 0);
    assert_says(words, "Cœur");
    assert_says(words, "L’œuf « frais » – 1 234,05 € — efficace, fière");
    assert_says(words, "−3,00 €");
    assert_says(words, "coché");
    assert_says(words, "page 1 / 1");
}

static void fonts_are_lato_embedded(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = keep(
        arena, typeset(arena, "# Titre\n\nUn **gras**, un *penché*, ***les deux***, − 12\u202f%\n"));
    char *line = test_run(arena, (const char *const[]){ "pdffonts", path, NULL });
    int fonts = 0;
    for (line = strchr(strchr(line, '\n') + 1, '\n') + 1; *line; line = strchr(line, '\n') + 1, fonts++) {
        const char *row = arena_copy_n(arena, line, strcspn(line, "\n"));
        assert_says(row, "+Lato-");
        assert_says(row, " yes yes yes ");
    }
    assert_true(fonts >= 4);
}

static void the_file_is_sound_and_tagged(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = keep(arena,
                            typeset(arena, "# Titre\n\nTexte\n\n1. un\n2. deux\n\n| A |\n|---|\n| b |\n"));
    test_run(arena, (const char *const[]){ "qpdf", "--check", path, NULL });
    const char *tags = test_run(arena, (const char *const[]){ "pdfinfo", "-struct", path, NULL });
    static const char *const wanted[] = { "H1", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD" };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_says(tags, wanted[i]);
    const char *info = test_run(arena, (const char *const[]){ "pdfinfo", path, NULL });
    assert_says(info, "Essai – œuvre");
    assert_says(info, "Tagged:          yes");
    assert_says(info, "2026");
    const char *inside = test_run(arena,
                                  (const char *const[]){ "qpdf", "--json", "--json-key=qpdf", path, NULL });
    assert_says(inside, "\"/Lang\": \"u:fr-FR\"");
    assert_says(inside, "\"/Scope\": \"/Column\"");
}

static void same_words_same_bytes(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *markdown = "# Titre\n\nDes mots **gras** et *penchés*.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n";
    Bytes a = typeset(arena, markdown), b = typeset(arena, markdown), c = typeset(arena, "# Autre\n");
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    assert_true(c.n != a.n || memcmp(c.p, a.p, a.n) != 0);
}

static void a_glyph_that_lato_lacks_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *markdown, *named;
    } cases[] = {
        { "Bonjour 漢 !", "« 漢 » (U+6F22)" }, { "# Titre \U0001f600", "U+1F600" },
        { "| A |\n|---|\n| מ |\n", "« מ »" },  { "<!-- signatures: A | ☃ -->\n", "« ☃ »" },
        { "a\x01z", "« ? » (U+0001)" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bytes pdf = { NULL, 0 };
        const char *why = "";
        assert_false(pdf_typeset(arena, cases[i].markdown, &paper, &pdf, &why));
        assert_says(why, cases[i].named);
        assert_null(pdf.p);
    }
    const char *why = "";
    Bytes pdf = { NULL, 0 };
    assert_false(pdf_typeset(arena, "\xff\xfe", &paper, &pdf, &why));
    assert_says(why, "UTF-8");
    /* An accent that comes apart from its letter, as some systems write file names. */
    assert_true(pdf_typeset(arena, "E\u0301mile e\u0301margeant", &paper, &pdf, &why));
}

static const char *filler(Arena *arena, int lines) {
    Text text = text_new(arena);
    for (int i = 0; i < lines; i++)
        text_add(&text, "ligne\n\n");
    return text.p ? text.p : "";
}

/* Both words stand on one page, wherever the page ends. */
static void assert_together(Arena *arena, const char *markdown, const char *a, const char *b) {
    const char *path = keep(arena, typeset(arena, markdown));
    for (int page = 1; page <= 3; page++) {
        const char *words = words_of(arena, path, page);
        if (strstr(words, a)) {
            assert_says(words, b);
            return;
        }
    }
    fail_msg("%s is nowhere", a);
}

static void what_belongs_together_stays_together(void **state) {
    (void)state;
    static const struct {
        const char *markdown, *a, *b;
    } cases[] = {
        { "## TITRE\n\nAPRES\n", "TITRE", "APRES" },
        { "## TITRE\n\n### SOUS\n\nAPRES\n", "TITRE", "APRES" },
        { "VOICI :\n\n- APRES\n- suite\n", "VOICI", "APRES" },
        { "| TETE |\n|---|\n| APRES |\n| suite |\n", "TETE", "APRES" },
        { "Fait à LYON\n\n<!-- signatures: **A**<br>ROSE | B -->\n", "LYON", "ROSE" },
        { "PREMIER\\\nSECOND\\\nx\\\nx\\\n", "PREMIER", "SECOND" },
        { "x\\\nx\\\nx\\\nAVANT\\\nDERNIER\n", "AVANT", "DERNIER" },
        { "- x\n- AVANT\n- DERNIER\n", "AVANT", "DERNIER" },
        { "| x |\n|---|\n| y |\n\n| TETE |\n|---|\n| b |\n| c |\n| FIN |\n", "TETE", "FIN" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int lines = 22; lines < 34; lines++) {
            AUTO_ARENA Arena *arena = arena_new();
            assert_together(arena, arena_print(arena, "%s%s", filler(arena, lines), cases[i].markdown),
                            cases[i].a, cases[i].b);
        }
}

static void a_long_table_repeats_its_head(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text text = text_new(arena);
    text_add(&text, "| TETE | Montant |\n|---|--:|\n");
    for (int i = 0; i < 120; i++)
        text_print(&text, "| rang %03d | %d,00\u00a0€ |\n", i, i);
    Bytes pdf = typeset(arena, text.p);
    const char *path = keep(arena, pdf);
    int pages = pdf_pages(pdf), seen = 0;
    assert_int_equal(pages, 4);
    for (int page = 1; page <= pages; page++) {
        const char *words = words_of(arena, path, page);
        assert_says(words, "TETE");
        for (int i = 0; i < 120; i++)
            seen += strstr(words, arena_print(arena, "rang %03d", i)) != NULL;
    }
    assert_int_equal(seen, 120);
}

/* Nothing that people type falls off the page or is lost. */
static void hard_cases_lose_nothing(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text text = text_new(arena);
    text_add(&text, "| A | B |\n|---|---|\n| début ");
    for (int i = 0; i < 900; i++)
        text_add(&text, "mot ");
    text_add(&text, "FIN | x |\n\n");
    for (int depth = 0; depth < 12; depth++)
        text_print(&text, "%*s- niveau %d\n", depth * 2, "", depth);
    text_print(&text, "\n> note\n\n%0*d\n\n| %0*d | %0*d |\n|---|---|\n| a | b |\n", 400, 7, 90, 8, 90, 9);
    Bytes pdf = typeset(arena, text.p);
    assert_true(pdf_pages(pdf) > 1);
    const char *words = words_of(arena, keep(arena, pdf), 0);
    assert_says(words, "FIN");
    assert_says(words, "niveau 11");
    assert_says(words, "note");
    assert_int_equal(pdf_pages(typeset(arena, "")), 1);
    assert_int_equal(pdf_pages(typeset(arena, "- \n\nsuite\n\n> \n\n| |\n|---|\n| |\n")), 1);
    assert_int_equal(pdf_pages(typeset(arena, "a\n\n<!-- pagebreak -->\n\nb\n")), 2);
    assert_int_equal(pdf_pages(typeset(arena, "<!-- inconnu -->\n\n<!--\n\n<!-- signatures: -->\n")), 1);
}

static void files_are_joined(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Bytes parts[] = { typeset(arena, "UN\n\n<!-- pagebreak -->\n\nDEUX\n"), typeset(arena, "TROIS\n") };
    Bytes whole, again;
    const char *why = "";
    assert_true(pdf_join(arena, parts, 2, "Réuni – œ", &whole, &why));
    assert_true(pdf_join(arena, parts, 2, "Réuni – œ", &again, &why));
    assert_int_equal(pdf_pages(whole), 3);
    assert_int_equal(whole.n, again.n);
    assert_memory_equal(whole.p, again.p, whole.n);
    const char *path = keep(arena, whole);
    test_run(arena, (const char *const[]){ "qpdf", "--check", path, NULL });
    assert_says(test_run(arena, (const char *const[]){ "pdfinfo", path, NULL }), "Réuni – œ");
    assert_says(words_of(arena, path, 2), "DEUX");
    assert_says(words_of(arena, path, 3), "TROIS");
    parts[1] = (Bytes){ "Bonjour", 7 };
    assert_false(pdf_join(arena, parts, 2, "x", &whole, &why));
    assert_says(why, "n° 2");
    assert_int_equal(pdf_pages(parts[1]), 0);
    assert_int_equal(pdf_pages((Bytes){ NULL, 0 }), 0);
    assert_int_equal(pdf_pages((Bytes){ parts[0].p, parts[0].n / 2 }), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_can_be_read_again),
        cmocka_unit_test(fonts_are_lato_embedded),
        cmocka_unit_test(the_file_is_sound_and_tagged),
        cmocka_unit_test(same_words_same_bytes),
        cmocka_unit_test(a_glyph_that_lato_lacks_is_refused),
        cmocka_unit_test(what_belongs_together_stays_together),
        cmocka_unit_test(a_long_table_repeats_its_head),
        cmocka_unit_test(hard_cases_lose_nothing),
        cmocka_unit_test(files_are_joined),
    };
    pdf_start();
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
