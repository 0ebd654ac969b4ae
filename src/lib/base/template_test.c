#include "template.h"

#include <string.h>

#include "test.h"

/* A company, two half-days with two people, an empty list. */
static Values *example(Arena *arena) {
    Values *v = values_new(arena);
    values_set(v, "client", "A*B_C [SARL] & fils");
    values_set(v, "ville", "Lyon");
    values_set(v, "vide", "");
    values_set(v, "adresse", "12 rue X\r\n\n- 3e étage\n69001 Lyon\n");
    values_set(v, "rang", "1. premier");
    values_list(v, "annexes");
    for (int day = 1; day <= 2; day++) {
        Values *half = values_item(v, "jours");
        values_set(half, "date", arena_print(arena, "%d mars", day));
        for (int i = 0; i < day; i++)
            values_set(values_item(half, "gens"), "nom", i ? "Zoé" : "Léa");
    }
    return v;
}

static void holes_are_filled(void **state) {
    (void)state;
    static const struct {
        const char *text, *plain, *markdown; /* markdown NULL: the same */
    } cases[] = {
        { "", "", NULL },
        { "sans trou", "sans trou", NULL },
        { "À {{ville}}, {{ ville }}.", "À Lyon, Lyon.", NULL },
        { "{{client}}", "A*B_C [SARL] & fils", "A\\*B\\_C \\[SARL\\] \\& fils" },
        { "{{adresse}}", "12 rue X\r\n\n- 3e étage\n69001 Lyon\n", "12 rue X\\\n\\- 3e étage\\\n69001 Lyon" },
        { "{{rang}}", "1. premier", "1\\. premier" },
        { "[{{vide}}]", "[]", NULL },
        { "{{#each jours}}{{date}} ({{ville}}){{/each}}", "1 mars (Lyon)2 mars (Lyon)", NULL },
        { "{{#each jours}}{{date}}:{{#each gens}} {{nom}} le {{date}}{{/each}};{{/each}}",
          "1 mars: Léa le 1 mars;2 mars: Léa le 2 mars Zoé le 2 mars;", NULL },
        { "| a |\n{{#each jours}}\n| {{date}} |\n{{/each}}\nfin", "| a |\n| 1 mars |\n| 2 mars |\nfin",
          NULL },
        { "a\n  {{#if ville}}  \nb\n  {{/if}}", "a\nb\n", NULL },
        { "a {{#if ville}}oui{{else}}non{{/if}} b", "a oui b", NULL },
        { "a {{#if vide}}oui{{else}}non{{/if}} b", "a non b", NULL },
        { "{{#if vide}}oui {{inconnu}}{{/if}}.", ".", NULL },
        { "{{#if annexes}}oui{{else}}aucune{{/if}}", "aucune", NULL },
        { "{{#if jours}}oui{{/if}}", "oui", NULL },
        { "{{#each annexes}}{{rien}}{{/each}}-", "-", NULL },
        { "{{#each vide}}x{{/each}}-", "-", NULL },
        { "{{#if vide}}{{#if ville}}a{{else}}b{{/if}}{{else}}{{#if ville}}c{{else}}d{{/if}}{{/if}}", "c",
          NULL },
        { "{{#if ville}}{{#if vide}}a{{else}}b{{/if}}{{else}}c{{/if}}", "b", NULL },
        { "\n{{#if ville}}\n{{#each jours}}\n{{date}}\n{{/each}}\n{{else}}\nrien\n{{/if}}\n",
          "\n1 mars\n2 mars\n", NULL },
        { "{ville} }} {", "{ville} }} {", NULL },
    };
    AUTO_ARENA Arena *arena = arena_new();
    const Values *values = example(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got = NULL;
        const char *why = NULL;
        if (!template_fill(arena, cases[i].text, values, false, &got, &why))
            fail_msg("%s: %s", cases[i].text, why);
        assert_string_equal(got, cases[i].plain);
        assert_true(template_fill(arena, cases[i].text, values, true, &got, &why));
        assert_string_equal(got, cases[i].markdown ? cases[i].markdown : cases[i].plain);
    }
}

static void gaps_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
        { "a\nb {{inconnu}}", "Modèle, ligne 2\u00a0: {{inconnu}} est inconnu" },
        { "{{#if inconnu}}{{/if}}", "Modèle, ligne 1\u00a0: {{#if inconnu}} est inconnu" },
        { "{{#each inconnu}}{{/each}}", "Modèle, ligne 1\u00a0: {{#each inconnu}} est inconnu" },
        { "{{#each jours}}{{nom}}{{/each}}", "Modèle, ligne 1\u00a0: {{nom}} est inconnu" },
        { "{{#each ville}}{{/each}}", "Modèle, ligne 1\u00a0: {{#each ville}} n’est pas une liste" },
        { "{{jours}}", "Modèle, ligne 1\u00a0: {{jours}} est une liste" },
        { "\n{{#if ville}}\n", "Modèle, ligne 2\u00a0: {{#if ville}} n’est pas fermé" },
        { "{{#if vide}}", "Modèle, ligne 1\u00a0: {{#if vide}} n’est pas fermé" },
        { "{{#each jours}}{{/if}}", "Modèle, ligne 1\u00a0: {{/if}} ne ferme pas le bloc ouvert" },
        { "{{#if vide}}{{/each}}", "Modèle, ligne 1\u00a0: {{/each}} ne ferme pas le bloc ouvert" },
        { "{{/each}}", "Modèle, ligne 1\u00a0: {{/each}} ne ferme pas le bloc ouvert" },
        { "{{else}}", "Modèle, ligne 1\u00a0: {{else}} n’a pas de condition avant lui" },
        { "{{#if vide}}{{else}}{{else}}{{/if}}",
          "Modèle, ligne 1\u00a0: {{else}} n’a pas de condition avant lui" },
        { "{{client", "Modèle, ligne 1\u00a0: {{client est mal écrit" },
        { "{{}}", "Modèle, ligne 1\u00a0: {{}} est mal écrit" },
        { "{{#unless a}}", "Modèle, ligne 1\u00a0: {{#unless a}} est mal écrit" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    const Values *values = example(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got = NULL;
        const char *why = NULL;
        if (template_fill(arena, cases[i].text, values, true, &got, &why))
            fail_msg("accepted: %s", cases[i].text);
        assert_string_equal(why, cases[i].why);
        assert_null(got);
    }
}

static void values_are_found(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Values *v = example(arena);
    assert_string_equal(values_get(v, "ville"), "Lyon");
    values_set(v, "ville", "Paris");
    assert_string_equal(values_get(v, "ville"), "Paris");
    assert_null(values_get(v, "inconnu"));
    assert_null(values_get(v, "jours"));
    values_set(v, "ville", NULL);
    assert_string_equal(values_get(v, "ville"), "");
}

/* What a company types never opens a hole. */
static void values_are_not_templates(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Values *v = values_new(arena);
    char *got = NULL;
    const char *why = NULL;
    values_set(v, "a", "{{b}} `x` <b> # !\\");
    assert_true(template_fill(arena, "{{a}}", v, false, &got, &why));
    assert_string_equal(got, "{{b}} `x` <b> # !\\");
    assert_true(template_fill(arena, "{{a}}", v, true, &got, &why));
    assert_string_equal(got, "\\{\\{b\\}\\} \\`x\\` \\<b\\> \\# \\!\\\\");
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(holes_are_filled),
                                        cmocka_unit_test(gaps_are_refused),
                                        cmocka_unit_test(values_are_found),
                                        cmocka_unit_test(values_are_not_templates) };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
