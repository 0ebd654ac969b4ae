/* Every paper of the catalogue: its words are there, its holes are known and used, it can be printed, it says
 * what the law wants. */
#include <string.h>

#include "embed.h"
#include "pdf.h"
#include "template.h"
#include "test.h"
#include "text.h"

typedef enum Kind { TEXT, MONEY, DATE, FLAG, LIST } Kind;

static const struct {
    const char *list, *name; /* list "" : outside of any */
    Kind kind;
    const char *what, *example;
} fields[] = {
#define FIELD(name, kind, what, example)            { "", #name, kind, what, example },
#define LIST_FIELD(list, name, kind, what, example) { #list, #name, kind, what, example },
#include "fields.def"
#undef FIELD
#undef LIST_FIELD
};
enum { FIELDS = sizeof fields / sizeof *fields };

static const struct {
    const char *id, *title, *stem, *machine;
    int keep_years;
} papers[] = {
#define DOCUMENT(id, title, stem, machine, keep_years) { #id, title, stem, #machine, keep_years },
#include "catalogue.def"
#undef DOCUMENT
};
enum { PAPERS = sizeof papers / sizeof *papers };

static const char *words_of(Arena *arena, const char *stem) {
    const Embedded *file = embed_find(arena_print(arena, "texts/documents/%s.fr.md", stem));
    if (!file)
        fail_msg("texts/documents/%s.fr.md is missing", stem);
    return file ? arena_copy_n(arena, file->body.p, file->body.n) : "";
}

/* Three of each: no paper may count on one. */
static void fill_list(Arena *arena, Values *values, const char *list) {
    enum { ITEMS = 3 };
    values_list(values, list);
    for (int i = 0; i < ITEMS; i++) {
        Values *item = values_item(values, list);
        for (size_t f = 0; f < FIELDS; f++) {
            if (!text_same(fields[f].list, list))
                continue;
            if (fields[f].kind == LIST)
                fill_list(arena, item, fields[f].name);
            else
                values_set(item, fields[f].name, fields[f].example);
        }
    }
}

/* Bare: without tax, without what may be missing. */
static Values *demo_values(Arena *arena, bool is_bare) {
    Values *values = values_new(arena);
    for (size_t f = 0; f < FIELDS; f++) {
        bool is_missing = is_bare && (fields[f].kind == FLAG || strstr(fields[f].what, "vide"));
        if (!text_is_empty(fields[f].list))
            continue;
        if (fields[f].kind == LIST)
            fill_list(arena, values, fields[f].name);
        else
            values_set(values, fields[f].name, is_missing ? "" : fields[f].example);
    }
    if (is_bare)
        values_set(values, "tva.exoneree", "1");
    return values;
}

static char *filled(Arena *arena, const char *stem, const Values *values) {
    char *ret = NULL;
    const char *why = "";
    if (!template_fill(arena, words_of(arena, stem), values, true, &ret, &why))
        fail_msg("%s: %s", stem, why);
    return ret;
}

static Bytes printed(Arena *arena, size_t paper, const Values *values) {
    PdfPaper sheet = { .title = papers[paper].title,
                       .author = "Les Ateliers du Rhône",
                       .subject = "Formation",
                       .header = "Les Ateliers du Rhône — dossier 2026-0417",
                       .footer = "Les Ateliers du Rhône — SIRET 123 456 782 00010",
                       .logo_name = "Les Ateliers du Rhône",
                       .brand = "#0b5a4a",
                       .is_landscape = text_same(papers[paper].id, "emargement"),
                       .made_at = { 1796000000000 } };
    Bytes pdf = { NULL, 0 };
    const char *why = "";
    if (!pdf_typeset(arena, filled(arena, papers[paper].stem, values), &sheet, &pdf, &why))
        fail_msg("%s: %s", papers[paper].stem, why);
    return pdf;
}

/* What a reader finds: lines joined, words that were cut at their end whole again. */
static char *read_back(Arena *arena, Bytes pdf) {
    const char *path = arena_print(arena, "%s/a.pdf", test_folder(arena));
    test_write(path, pdf.p, pdf.n);
    const char *words = test_run(arena, (const char *const[]){ "pdftotext", path, "-", NULL });
    Text whole = text_new(arena);
    for (; *words; words++) {
        if (text_starts(words, "\u00ad\n"))
            words += strlen("\u00ad");
        else
            text_add_char(&whole, *words);
    }
    return text_squeeze(arena, whole.p);
}

static void catalogue_and_texts_agree(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const Embedded *all = NULL;
    size_t n = embed_list(&all), files = 0;
    for (size_t i = 0; i < n; i++)
        files += text_starts(all[i].path, "texts/documents/");
    assert_int_equal(files, PAPERS);
    for (size_t p = 0; p < PAPERS; p++) {
        words_of(arena, papers[p].stem);
        assert_true(papers[p].keep_years == 6 || papers[p].keep_years == 10);
        assert_true(text_same(papers[p].machine, "session") || text_same(papers[p].machine, "dossier") ||
                    text_same(papers[p].machine, "invoice"));
    }
}

static bool is_known(const char *name) {
    for (size_t f = 0; f < FIELDS; f++)
        if (text_same(fields[f].name, name))
            return true;
    return false;
}

static void each_hole_is_known(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t p = 0; p < PAPERS; p++)
        for (const char *at = words_of(arena, papers[p].stem); (at = strstr(at, "{{")); at += 2) {
            const char *name = at + 2;
            if (*name == '/' || text_starts(name, "else}}"))
                continue;
            if (*name == '#')
                name = strchr(name, ' ') + 1;
            name = arena_copy_n(arena, name, strcspn(name, "}"));
            if (!is_known(name))
                fail_msg("%s: {{%s}} is not in fields.def", papers[p].stem, name);
        }
}

static void each_field_is_used(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text all = text_new(arena);
    for (size_t p = 0; p < PAPERS; p++)
        text_add(&all, words_of(arena, papers[p].stem));
    for (size_t f = 0; f < FIELDS; f++) {
        const char *way = fields[f].kind == LIST ? "#each " : fields[f].kind == FLAG ? "#if " : "";
        char *hole = arena_print(arena, "{{%s%s}}", way, fields[f].name);
        if (!strstr(all.p, hole))
            fail_msg("%s is used by no paper", hole);
    }
}

/* With every value there, and with those that may be missing gone. */
static void each_paper_is_printed(void **state) {
    (void)state;
    for (size_t p = 0; p < PAPERS; p++)
        for (int is_bare = 0; is_bare < 2; is_bare++) {
            AUTO_ARENA Arena *arena = arena_new();
            Values *values = demo_values(arena, is_bare);
            Bytes pdf = printed(arena, p, values), again = printed(arena, p, values);
            assert_int_equal(pdf.n, again.n);
            assert_memory_equal(pdf.p, again.p, pdf.n);
            int pages = pdf_pages(pdf);
            if (pages < 1 || pages > 5)
                fail_msg("%s has %d pages", papers[p].stem, pages);
            const char *words = read_back(arena, pdf);
            static const char *const leftovers[] = { "{{", "}}", "**", "<br", "|", "\u00a0 ", " , ", "()" };
            for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
                if (strstr(words, leftovers[i]))
                    fail_msg("%s prints \"%s\": %s", papers[p].stem, leftovers[i], words);
        }
}

/* R6351-6 */
static const char nda[] =
    "Déclaration d’activité enregistrée sous le numéro 84 69 99999 69 auprès du préfet de "
    "région Auvergne-Rhône-Alpes";

/* The mandatory mentions, as a reader finds them. */
static const struct {
    const char *id, *says;
} wanted[] = {
    { "convention", "Coloration végétale : pratiquer au salon" }, /* D6353-1: intitulé */
    { "convention", "réaliser un diagnostic du cheveu" },         /* objectif */
    { "convention", "Part de l’enseignement à distance 0 %" },    /* since 1 July 2025 */
    { "convention", "14 h par participant" },
    { "convention", "Moyens techniques et encadrement." },
    { "convention", "Suivi, évaluation et sanction" },
    { "convention", "2 520,00 €" },
    { "convention", nda },
    { "convention", "SIRET 987 654 324 00017" },
    { "convention", "Léa Fontaine" },
    { "convention", "rembourse les sommes qu’il a indûment perçues de ce fait (article L. 6354-1" },
    { "convention", "L’entreprise doit à l’organisme toute part du prix que l’OPCO ne prend pas en charge" },
    { "convention", "n’est pas le prix d’une formation" },
    { "convention", "réclamation auprès de la CNIL" },
    { "convention", "devant le tribunal compétent" },
    { "convention", "articles 1366 et 1367 du Code civil" },
    { "programme", "Public visé" },
    { "programme", "Prérequis" },
    { "programme", "Méthodes pédagogiques" },
    { "programme", "délai d’accès" },
    { "programme", "situation de handicap" },
    { "programme", "2 520,00 € TTC" },
    { "devis", "Valable jusqu’au 23 janvier 2027" },
    { "devis", "3 stagiaires × 14 h" },
    { "devis", nda },
    { "devis", "Bon pour accord" },
    { "dossier_individuel", "Ce dossier contient trois pièces" },
    { "dossier_individuel", "Avant le 13 novembre 2026" },
    { "convocation", "réaliser un diagnostic du cheveu" }, /* L6353-8 */
    { "convocation", "Nadia Benali" },
    { "convocation", "9 h 00 – 12 h 30" },
    { "convocation", "Les acquis sont évalués" },
    { "convocation", "Camille Moreau, 06 00 00 00 00 chargé(e) de vos relations avec l’organisme" },
    { "convocation", "Règlement intérieur" },
    { "convocation", "L. 6353-9" },
    { "emargement", "Signé le 14/12/2026 à 9 h 02" },
    { "emargement", "Signé le 14/12/2026 à 12 h 34" },
    { "emargement", "9 h 00 – 12 h 30" },
    { "certificat", "Je soussigné(e) Hélène Œuvrard, représentant(e) légal(e) du dispensateur de l’action "
                    "concourant au développement des compétences Les Ateliers du Rhône, atteste que :" },
    { "certificat", "Mme Léa Fontaine, salarié(e) de l’entreprise Salon Camille & Cœur, a suivi l’action" },
    { "certificat", "action de formation par apprentissage" },
    { "certificat", "qui s’est déroulée du 14/12/2026 au 15/12/2026 pour une durée de 14,00 heures" },
    { "certificat",
      "je m’engage à conserver l’ensemble des pièces justificatives qui ont permis d’établir le "
      "présent certificat pendant une durée de 3 ans à compter de la fin de l’année du dernier "
      "paiement. En cas de cofinancement des fonds européens, la durée de conservation est "
      "étendue conformément aux obligations conventionnelles spécifiques." },
    { "certificat", "Cachet et signature du responsable du dispensateur de formation" },
    { "facture", "Facture n° F-2026-00001" },
    { "facture", "Date d’émission 18 décembre 2026" },
    { "facture", "Payable au plus tard le 17 janvier 2027" },
    { "facture", "SIREN 853 000 982" },
    { "facture", "TVA FR 32 123456782" },
    { "facture", "prestation de services" },
    { "facture", "trois fois le taux de l’intérêt légal" },
    { "facture", "indemnité forfaitaire de 40 € pour frais de recouvrement" },
    { "facture", "Pas d’escompte" },
    { "facture", "EP-26-104482" },
    { "facture", "(subrogation)" },
    { "facture", "FR76 3000 6000 0112 3456 7890 189" },
    { "facture", nda },
    { "facture", "S-2026-088" },
    { "avoir", "n° F-2026-00001 du 18 décembre 2026" },
    { "avoir", "Total de l’avoir TTC 2 520,00 €" },
    { "avenant", "Au lieu de" },
    { "avenant", "du 14 au 15 décembre 2026" },
    { "avenant", "Toutes les autres stipulations" },
};

static void each_paper_says_what_the_law_wants(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *words[PAPERS];
    for (size_t p = 0; p < PAPERS; p++)
        words[p] = read_back(arena, printed(arena, p, demo_values(arena, false)));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        for (size_t p = 0; p < PAPERS; p++)
            if (text_same(papers[p].id, wanted[i].id) && !strstr(words[p], wanted[i].says))
                fail_msg("%s lacks \"%s\": %s", wanted[i].id, wanted[i].says, words[p]);
}

/* One mention per regime, on each paper that shows a price. */
static void each_regime_has_its_mention(void **state) {
    (void)state;
    static const char *const priced[] = { "convention", "programme", "devis", "facture", "avoir", "avenant" };
    static const struct {
        const char *rate, *exempt, *franchise, *says;
    } regimes[] = {
        { "20 %", "", "", "TVA 20 %" },
        { "", "1", "", "article 261, 4, 4° a du CGI" },
        { "", "", "1", "TVA non applicable" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof priced / sizeof *priced; i++)
        for (size_t r = 0; r < 3; r++) {
            Values *values = demo_values(arena, false);
            values_set(values, "tva.taux", regimes[r].rate);
            values_set(values, "tva.exoneree", regimes[r].exempt);
            values_set(values, "tva.franchise", regimes[r].franchise);
            const char *markdown = filled(arena, priced[i], values);
            for (size_t other = 0; other < 3; other++)
                if ((strstr(markdown, regimes[other].says) != NULL) != (other == r))
                    fail_msg("%s, regime %zu, mention %zu", priced[i], r, other);
        }
}

/* What people typed stays words, also inside the boxes of signatures. */
static void values_cannot_write_markup(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *evil = "A*B_C <br>x</b> --> | # 1. [a](b) `c`";
    for (size_t p = 0; p < PAPERS; p++) {
        Values *values = demo_values(arena, false);
        values_set(values, "entreprise.nom", evil);
        values_set(values, "entreprise.representant", evil);
        values_set(values, "payeur.nom", evil);
        const char *words = read_back(arena, printed(arena, p, values));
        if (strstr(words_of(arena, papers[p].stem), "{{entreprise.nom}}") &&
            !strstr(words, "<br>x</b> --> | # 1. [a](b) `c`"))
            fail_msg("%s: %s", papers[p].stem, words);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue_and_texts_agree),   cmocka_unit_test(each_hole_is_known),
        cmocka_unit_test(each_field_is_used),          cmocka_unit_test(each_paper_is_printed),
        cmocka_unit_test(each_regime_has_its_mention), cmocka_unit_test(each_paper_says_what_the_law_wants),
        cmocka_unit_test(values_cannot_write_markup),
    };
    pdf_start();
    return cmocka_run_group_tests_name("document_fields", tests, NULL, NULL);
}
