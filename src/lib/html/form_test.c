#include "form.h"

#include <string.h>

#include "date.h"
#include "test.h"

static Date today(void) { return date_of(2026, 11, 23); }

static Form *with(Arena *arena, const char *value) {
    FieldValue *field = arena_zero(arena, 1, sizeof *field);
    *field = (FieldValue){ "champ", value };
    return form_new(arena, field, value ? 1 : 0, today());
}

static void texts(void **state) {
    (void)state;
    static const struct {
        const char *typed, *value, *message;
    } rows[] = {
        { "  Salon   Camille ", "Salon Camille", NULL },
        { "\u00a0Léa\u00a0", "Léa", NULL },
        { "e\u0301te\u0301", "\u00e9t\u00e9", NULL },
        { "une\r\nligne", "une ligne", NULL },
        { "a\u200bb\ufeffc", "abc", NULL },
        { "<b>&amp;</b>", "<b>&amp;</b>", NULL },
        { "👩‍🎓 à 9 h", "👩‍🎓 à 9 h", NULL },
        { "", "", "Remplissez «\u00a0Nom\u00a0»" },
        { " \t ", "", "Remplissez «\u00a0Nom\u00a0»" },
        { "\u200b", "", "Remplissez «\u00a0Nom\u00a0»" },
        { NULL, "", "Remplissez «\u00a0Nom\u00a0»" },
        { "abc\x01", "",
          "«\u00a0Nom\u00a0»\u00a0: un caractère invisible s’est glissé dans le texte, tapez-le à nouveau" },
        { "ab\u202ecd", "",
          "«\u00a0Nom\u00a0»\u00a0: un caractère invisible s’est glissé dans le texte, tapez-le à nouveau" },
        { "abc\xff", "", "«\u00a0Nom\u00a0»\u00a0: un caractère est illisible, tapez le texte à nouveau" },
        { "éééééééééééééééééééé", "éééééééééééééééééééé", NULL },
        { "ééééééééééééééééééééé", "", "«\u00a0Nom\u00a0»\u00a0: 20 caractères au plus, 21 saisis" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_ARENA Arena *arena = arena_new();
        Form *form = with(arena, rows[i].typed);
        assert_string_equal(form_text(form, "champ", "Nom", REQUIRED, 20), rows[i].value);
        const char *message = form_message(form, "champ");
        if (rows[i].message)
            assert_string_equal(message, rows[i].message);
        else
            assert_null(message);
        assert_int_equal(form_ok(form), !rows[i].message);
    }
    AUTO_ARENA Arena *arena = arena_new();
    assert_string_equal(form_text(with(arena, " a\r\n\r\nb\rc "), "champ", "Note", OPTIONAL, 1000),
                        "a\n\nb\nc");
    Form *empty = with(arena, "");
    assert_string_equal(form_text(empty, "champ", "Note", OPTIONAL, 1000), "");
    assert_true(form_ok(empty));
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        int64_t value;
        bool is_fine;
    } rows[] = {
        { "12", 12, true },
        { "1 234", 1234, true },
        { "1\u00a0234", 1234, true },
        { " 7 ", 7, true },
        { "0", 0, false },
        { "-3", 0, false },
        { "2001", 0, false },
        { "12.5", 0, false },
        { "douze", 0, false },
        { "", 0, false },
        { "99999999999999999999", 0, false },
        { "-", 0, false },
        { "1e3", 0, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_ARENA Arena *arena = arena_new();
        Form *form = with(arena, rows[i].typed);
        assert_int_equal(form_int(form, "champ", "Effectif", REQUIRED, 1, 2000), rows[i].value);
        assert_int_equal(form_ok(form), rows[i].is_fine);
    }
    AUTO_ARENA Arena *arena = arena_new();
    assert_int_equal(form_int(with(arena, "\u221212"), "champ", "Écart", REQUIRED, -20, 20), -12);
}

static void values_of_the_house(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    assert_int_equal(form_money(with(arena, "1 400,50 €"), "champ", "Prix", REQUIRED).cents, 140050);
    assert_int_equal(form_date(with(arena, "14/12/2026"), "champ", "Jour", REQUIRED).days,
                     date_of(2026, 12, 14).days);
    assert_int_equal(form_clock(with(arena, "9h30"), "champ", "Heure", REQUIRED), 570);
    assert_int_equal(form_hours(with(arena, "3 h 30"), "champ", "Durée", REQUIRED), 210);
    assert_string_equal(form_siret(with(arena, "356 000 000 00048"), "champ", "SIRET", REQUIRED).digits,
                        "35600000000048");
    assert_string_equal(form_email(with(arena, " Camille@Exemple.fr "), "champ", "Mail", REQUIRED).text,
                        "camille@exemple.fr");
    assert_string_equal(form_phone(with(arena, "06 12 34 56 78"), "champ", "Téléphone", REQUIRED).text,
                        "+33612345678");
    assert_string_equal(form_idcc(with(arena, "843"), "champ", "IDCC", REQUIRED).digits, "0843");
    assert_true(form_tick(with(arena, "1"), "champ"));
    assert_false(form_tick(with(arena, NULL), "champ"));
}

static void wrong_values_have_words(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Form *form = with(arena, "123 456 782 0001");
    assert_string_equal(form_siret(form, "champ", "SIRET", REQUIRED).digits, "");
    assert_string_equal(form_message(form, "champ"),
                        "Il manque un chiffre au SIRET\u00a0: 13 saisis, 14 attendus");
    form = with(arena, "30/02/2026");
    form_date(form, "champ", "Premier jour", REQUIRED);
    assert_string_equal(form_message(form, "champ"),
                        "«\u00a0Premier jour\u00a0»\u00a0: une date qui existe, par exemple 14/12/2026");
    form = with(arena, "beaucoup");
    form_money(form, "champ", "Prix", REQUIRED);
    assert_string_equal(form_message(form, "champ"),
                        "«\u00a0Prix\u00a0»\u00a0: un montant en euros, par exemple 1 400,00");
    static const char *const kinds[] = { "iban", "nda", "bic" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        form = with(arena, "faux");
        if (i == 0)
            form_iban(form, "champ", kinds[i], OPTIONAL);
        else if (i == 1)
            form_nda(form, "champ", kinds[i], OPTIONAL);
        else
            form_bic(form, "champ", kinds[i], OPTIONAL);
        assert_non_null(form_message(form, "champ"));
    }
}

static void choices_come_from_the_table(void **state) {
    (void)state;
    static const char *const words[] = { "direct", "refund", NULL };
    AUTO_ARENA Arena *arena = arena_new();
    assert_ptr_equal(form_choice(with(arena, "refund"), "champ", "Circuit", REQUIRED, words), words[1]);
    Form *foreign = with(arena, "refundx");
    assert_string_equal(form_choice(foreign, "champ", "Circuit", OPTIONAL, words), "");
    assert_false(form_ok(foreign));
    Form *empty = with(arena, "");
    assert_string_equal(form_choice(empty, "champ", "Circuit", OPTIONAL, words), "");
    assert_true(form_ok(empty));
    form_choice(empty, "champ", "Circuit", REQUIRED, words);
    assert_string_equal(form_message(empty, "champ"), "Choisissez une réponse à «\u00a0Circuit\u00a0»");
}

static void first_message_stays(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Form *form = form_empty(arena, today());
    form_preset(form, "a", "déjà là");
    assert_string_equal(form_typed(form, "a"), "déjà là");
    assert_string_equal(form_typed(form, "b"), "");
    form_refuse(form, "a", "A", "L'une");
    form_refuse(form, "a", "A", "L'autre");
    form_refuse(form, "b", "B", "Trop tard");
    assert_int_equal(form_errors(form), 2);
    const char *name;
    assert_string_equal(form_error(form, 0, &name), "L’une");
    assert_string_equal(name, "a");
    Form *sent = with(arena, "tapé");
    form_preset(sent, "champ", "déjà là");
    form_preset(sent, "case", "1");
    assert_string_equal(form_typed(sent, "champ"), "tapé");
    assert_string_equal(form_typed(sent, "case"), "");
}

static void fields_are_written(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const FieldValue typed[] = {
        { "debut", "14/11/\"2026" }, { "circuit", "refund" }, { "ok", "1" }, { "code", "secret" }
    };
    Form *form = form_new(arena, typed, 4, today());
    form_refuse(form, "debut", "Premier jour", "La formation doit commencer après aujourd'hui");
    Html h = html_new(arena, "c", "k");
    static const Option options[] = { { "direct", "L'OPCO paie", "Rien à avancer" },
                                      { "refund", "Vous payez", NULL } };
    form_summary(&h, form);
    form_field(
        &h, form,
        &(Field){
            .name = "debut", .label = "Premier jour", .hint = "Par exemple 14/12/2026", .type = "date" });
    form_field(
        &h, form,
        &(Field){
            .name = "mail", .label = "Adresse mail", .type = "email", .optional = true, .longest = 254 });
    form_field(&h, form, &(Field){ .name = "note", .label = "Note", .type = "textarea" });
    form_field(&h, form, &(Field){ .name = "code", .label = "Mot de passe", .type = "password" });
    form_field(&h, form, &(Field){ .name = "retour", .type = "hidden" });
    form_select(&h, form, "circuit", "Qui paie ?", options, 2);
    form_radios(&h, form, "autre", "Qui paie ?", options, 2);
    form_tickbox(&h, form, "ok", "J'ai lu", "Les conditions");
    form_file(&h, form, "piece", "Accord", "PDF ou photo", "application/pdf,image/*");
    assert_null(strstr(h.out.p, "secret"));
    test_golden("form.html", h.out.p, h.out.n);
    Html none = html_new(arena, "c", "k");
    html_raw(&none, "");
    form_summary(&none, form_empty(arena, today()));
    assert_string_equal(none.out.p, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(numbers),
        cmocka_unit_test(values_of_the_house),
        cmocka_unit_test(wrong_values_have_words),
        cmocka_unit_test(choices_come_from_the_table),
        cmocka_unit_test(first_message_stays),
        cmocka_unit_test(fields_are_written),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
