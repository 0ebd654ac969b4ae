/* Every hole of every paper of this room is set, in every regime of tax, signed or not. */
#include "dossier_paper.h"

#include <stdio.h>
#include <string.h>

#include "directory_store.h"
#include "embed.h"
#include "template.h"
#include "test_dossier_store.h"

static const char *fill(Tx *tx, const char *stem, const Values *values) {
    const Embedded *file = embed_find(arena_print(tx->arena, "texts/documents/%s.fr.md", stem));
    const char *why = NULL;
    char *text = NULL;
    assert_non_null(file);
    if (!template_fill(tx->arena, file->body.p, values, true, &text, &why))
        fail_msg("%s: %s", stem, why);
    return text;
}

static Values *values_of(Tx *tx, const Scene *s) {
    Values *values = values_new(tx->arena);
    dossier_paper_values(tx, &(Subject){ .dossier_id = s->dossiers[0] }, s->now, values);
    return values;
}

static void has(const char *text, const char *words) {
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void has_not(const char *text, const char *words) {
    if (strstr(text, words))
        fail_msg("\"%s\" is in:\n%s", words, text);
}

static void every_paper_fills(Tx *tx) {
    static const char *const stems[] = { "convention", "programme", "devis", "dossier_individuel",
                                         "avenant" };
    static const char *const regimes[] = { "vat_20", "exempt_training", "franchise_293b" };
    Scene s = scene_begin(tx);
    for (size_t r = 0; r < 3; r++) {
        scene_body(tx, regimes[r]);
        for (size_t i = 0; i < 5; i++)
            fill(tx, stems[i], values_of(tx, &s));
    }
}

static void taxes_follow_the_regime(Tx *tx) {
    Scene s = scene_begin(tx);
    const Values *values = values_of(tx, &s);
    assert_string_equal(values_get(values, "prix.ht"), "1\u00a0400,00\u00a0€");
    assert_string_equal(values_get(values, "prix.ttc"), "1\u00a0680,00\u00a0€");
    scene_body(tx, "exempt_training");
    values = values_of(tx, &s);
    assert_string_equal(values_get(values, "prix.ttc"), "1\u00a0400,00\u00a0€");
    assert_string_equal(values_get(values, "tva.taux"), "");
    assert_string_equal(values_get(values, "tva.exoneree"), "1");
    assert_string_equal(values_get(values, "tva.franchise"), "");
}

static void the_signed_version_says_who(Tx *tx) {
    Scene s = scene_begin(tx);
    has_not(fill(tx, "convention", values_of(tx, &s)), "Signé électroniquement");
    dossier_signature_add(tx, &(Signature){ .dossier_id = s.dossiers[0],
                                            .what = "convention",
                                            .signer_name = "Camille Moreau",
                                            .signer_role = "gérante",
                                            .proof = "code reçu par courriel",
                                            .signed_at = s.now });
    const char *text = fill(tx, "convention", values_of(tx, &s));
    has(text, "Signé électroniquement par Camille Moreau, gérante");
    has(text, "code reçu par courriel");
    has(text, "Léa Fontaine");
    has(text, "2026-0001");
}

static void who_pays_himself_reads_no_opco(Tx *tx) {
    Scene s = scene_begin(tx);
    const char *why = NULL;
    assert_true(directory_load(tx, &why));
    assert_string_equal(values_get(values_of(tx, &s), "opco.nom"), "OPCO EP");
    assert_string_equal(values_get(values_of(tx, &s), "paiement.subrogation"), "1");
    dossier_signature_add(
        tx, &(Signature){ .dossier_id = s.dossiers[0], .what = "commitment", .signed_at = s.now });
    assert_string_equal(values_get(values_of(tx, &s), "opco.nom"), "");
    assert_string_equal(values_get(values_of(tx, &s), "paiement.subrogation"), "");
}

static void each_participant_has_a_convocation(Tx *tx) {
    Scene s = scene_begin(tx);
    Subjects all = dossier_convocation_subjects(tx, "session", (ThingId){ s.session_id.value });
    assert_int_equal(all.count, 2);
    assert_string_equal(all.at[0].file_name, "convocation-2026-0001-1.pdf");
    Values *values = values_new(tx->arena);
    dossier_convocation_values(tx, &all.at[1], s.now, values);
    has(fill(tx, "convocation", values), "Bonjour Inès Haddad");
    Subjects one = dossier_convention_subjects(tx, "dossier", (ThingId){ s.dossiers[0].value });
    assert_int_equal(one.count, 1);
    assert_string_equal(one.at[0].file_name, "convention-2026-0001.pdf");
}

static void an_avenant_says_what_changed(Tx *tx) {
    Scene s = scene_begin(tx);
    people_setting_set(tx, arena_print(tx->arena, "session.%lld.former", (long long)s.session_id.value),
                       "du 7 au 8 décembre 2026");
    const char *text = fill(tx, "avenant", values_of(tx, &s));
    has(text, "| Dates | du 7 au 8 décembre 2026 | **les 14 et 15 décembre 2026** |");
    has(text, "2026-0001-1");
}

int main(void) {
    static const SceneTest tests[] = {
        { "every_paper_fills", every_paper_fills },
        { "taxes_follow_the_regime", taxes_follow_the_regime },
        { "the_signed_version_says_who", the_signed_version_says_who },
        { "who_pays_himself_reads_no_opco", who_pays_himself_reads_no_opco },
        { "each_participant_has_a_convocation", each_participant_has_a_convocation },
        { "an_avenant_says_what_changed", an_avenant_says_what_changed },
    };
    return scene_run("dossier_paper", tests, sizeof tests / sizeof *tests);
}
