#include "components.h"

#include <string.h>

#include "components_html.h"
#include "date.h"
#include "form.h"
#include "test.h"

static Url to(const char *path) { return (Url){ path }; }

static void open_page(Html *h) {
    html_raw(h, "<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Composants</title>\n"
                "<link rel=\"stylesheet\" href=\"app.css\"></head>\n<body>\n"
                "<main id=\"contenu\" class=\"wrap stack\">\n");
    static const CrumbLink links[] = { { "Mes dossiers", { "/dossiers" } }, { "Salon Camille", { "/e/1" } } };
    view_crumbs(h, links, 2);
    html_raw(h, "<h1>Coloration végétale</h1>\n<div class=\"cols cols-main\"><div class=\"stack\">\n");
}

static void write_turns(Html *h) {
    const Button buttons[] = {
        { .label = "Envoyer l'accord",
          .icon = "upload",
          .url = to("/d/1/accord"),
          .is_post = true,
          .name = "etape",
          .value = "a\"b" },
        { .label = "Pas encore reçue",
          .icon = "hourglass",
          .url = to("/d/1/pas-recue"),
          .kind = BUTTON_second },
        { .label = "Le feu vert", .missing = "Il manque la convention signée par l'entreprise" },
    };
    view_turn_card(
        h,
        &(TurnCard){
            .is_yours = true,
            .title = "Déposez la réponse de votre OPCO",
            .text =
                "OPCO EP vous l'a envoyée par mail, sous le nom « Accord de prise en charge ». Le PDF ou une "
                "photo lisible suffit : nous nous occupons de la lecture.",
            .due = "À faire avant le lundi 7 décembre (dans 14 jours).",
            .buttons = buttons,
            .button_count = 3,
            .more_title = "Où trouver ce document ?",
            .more = "Dans « Mes services en ligne », rubrique Formations.",
            .aside = "L'OPCO a refusé ou demande une pièce",
            .aside_url = to("/d/1/refus") });
    view_turn_card(h,
                   &(TurnCard){ .id = "autre",
                                .title = "OPCO EP étudie votre demande",
                                .text = "Réponse attendue vers le 24 novembre : nous la relançons pour vous.",
                                .due = "En retard de 4 jours.",
                                .is_late = true });
}

static void write_left(Html *h) {
    static const Step steps[] = {
        { STEP_done, "Session validée", "Nadia Benali, formatrice, le 10 novembre", { NULL } },
        { STEP_done, "Convention signée", "Vous, le 12 novembre à 18 h 42", { "/d/1/convention" } },
        { STEP_now,
          "Réponse de l'OPCO",
          "À vous de la déposer. OPCO EP répond le plus souvent en 9 jours.",
          { NULL } },
        { STEP_next, "Contrôle et feu vert", "Thomas Girard, sous 1 jour ouvré", { NULL } },
        { STEP_next, "Formation", NULL, { NULL } },
    };
    html_raw(h, "<section class=\"card\"><h2>Où en est votre dossier</h2>\n");
    view_steps(h, steps, 5);
    html_raw(h, "</section>\n");
    view_note(h, &(Note){ .tone = TONE_blue,
                          .text = "Un participant arrivé en retard signe quand même : "
                                  "l'heure exacte est enregistrée." });
    view_note(h, &(Note){ .tone = TONE_turn,
                          .icon = "hourglass",
                          .title = "Bientôt la date",
                          .text = "La formation commence dans 3 jours.",
                          .link = "Voir les dates",
                          .url = to("/d/1") });
    view_note(h, &(Note){ .tone = TONE_bad, .icon = "x", .text = "L'OPCO a refusé la demande." });
    view_note(
        h, &(Note){ .tone = TONE_ok, .icon = "check", .text = "Feu vert : la formation peut commencer !" });
    static const Tag tags[] = { { TONE_plain, NULL, "Brouillon" },
                                { TONE_turn, "hourglass", "À contrôler" },
                                { TONE_blue, "landmark", "À l'OPCO" },
                                { TONE_violet, "graduation-cap", "Certificat attendu" },
                                { TONE_rose, "building-2", "Entreprise" },
                                { TONE_green, NULL, "Facturé" },
                                { TONE_ok, "check", "Payé" },
                                { TONE_bad, NULL, "En retard" } };
    html_raw(h, "<p class=\"row\">\n");
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        view_tag(h, &tags[i]);
    html_raw(h, "</p>\n");
    view_progress(h, &(Progress){ "Préparation du dossier de contrôle : 128 pièces sur 412", 128, 412,
                                  "Environ 20 secondes" });
    view_empty(
        h, &(Empty){
               "Aucun accord à contrôler.",
               "Le prochain est attendu mercredi.",
               { .label = "Voir les dossiers en attente", .url = to("/travail"), .kind = BUTTON_second } });
    view_pages(h, &(Pages){ 51, 100, 1234, "triés par urgence", to("?page=1"), to("?page=3") });
}

static void write_form(Html *h) {
    static const FieldValue typed[] = { { "debut", "14/11/2026" },
                                        { "siret", "123 456 782 0001" },
                                        { "circuit", "direct" } };
    static const Option options[] = { { "direct", "L'OPCO paie l'organisme",
                                        "Vous ne réglez que le reste à charge." },
                                      { "refund", "Vous payez, l'OPCO vous rembourse", NULL } };
    Form *form = form_new(h->arena, typed, 3, date_of(2026, 11, 23));
    form_date(form, "debut", "Premier jour", REQUIRED);
    form_refuse(form, "debut", "Premier jour",
                "La formation doit commencer après aujourd'hui, par exemple le 14/12/2026");
    form_siret(form, "siret", "SIRET", REQUIRED);
    html_raw(h, "<form class=\"form\" method=\"post\" action=\"/s/nouvelle\" "
                "enctype=\"multipart/form-data\" novalidate>\n");
    html_csrf(h);
    form_summary(h, form);
    form_field(
        h, form,
        &(Field){
            .name = "debut", .label = "Premier jour", .hint = "Par exemple 14/12/2026", .type = "date" });
    form_field(h, form, &(Field){ .name = "siret", .label = "SIRET de l'entreprise", .type = "numeric" });
    form_field(h, form,
               &(Field){ .name = "mail", .label = "Adresse mail", .type = "email", .optional = true });
    form_field(h, form,
               &(Field){ .name = "code", .label = "Code reçu par mail", .type = "code", .longest = 6 });
    form_select(h, form, "pays", "Pays", (const Option[]){ { "fr", "France", NULL } }, 1);
    form_radios(h, form, "circuit", "Qui paie la formation ?", options, 2);
    form_file(h, form, "accord", "Accord de prise en charge", "PDF ou photo, 25 Mo au plus",
              "application/pdf,image/*");
    form_field(
        h, form,
        &(Field){ .name = "note", .label = "Un mot pour l'équipe", .type = "textarea", .optional = true });
    form_tickbox(h, form, "lu", "J'ai lu les conditions", "Elles tiennent en une page.");
    html_raw(h, "<div class=\"acts\"><button class=\"btn\">Continuer</button></div></form>\n");
}

static void write_right(Html *h) {
    static const SumLine cost[] = { { "Prix de la formation", "1\u00a0400,00\u00a0€", false, true },
                                    { "Demandé à l'OPCO", "\u22121\u00a0120,00\u00a0€", false, true },
                                    { "Reste à votre charge", "280,00\u00a0€", true, true } };
    static const SumLine about[] = { { "Participants", "Léa Fontaine, Inès Haddad", false, false },
                                     { "Lieu", "12 rue de Marseille, Lyon 7e", false, false } };
    static const DocLine docs[] = { { "file-check",
                                      "Convention de formation",
                                      "Signée, PDF, 214 ko",
                                      { "/doc/1" },
                                      "Signer",
                                      { "/doc/1/signer" } },
                                    { NULL, "Programme", "PDF, 96 ko", { "/doc/2" }, NULL, { NULL } },
                                    { NULL, "Certificat", "Après la formation", { NULL }, NULL, { NULL } } };
    html_raw(h, "<section class=\"card\"><h2>Ce que ça vous coûte</h2>\n");
    view_sum(h, cost, 3);
    html_raw(h, "</section>\n<section class=\"card\"><h2>La formation</h2>\n");
    view_sum_long(h, about, 2);
    html_raw(h, "</section>\n<section class=\"card\"><h2>Vos documents</h2>\n");
    view_docs(h, docs, 3);
    html_raw(h, "</section>\n");
    view_contact(h, &(Contact){ "Thomas Girard", "Suit votre dossier, répond avant 18 h", "04 00 00 00 00",
                                to("tel:+33400000000"), to("/d/1/message") });
}

/* The hash in the address of the sprite changes with every new icon; the golden shall not. */
static char *without_hash(Arena *arena, const Html *h) {
    Text out = text_new(arena);
    const char *icons = url_asset(arena, "icons.svg").path, *s = h->out.p, *hole;
    while ((hole = strstr(s, icons))) {
        text_add_n(&out, s, (size_t)(hole - s));
        text_add(&out, "icons.svg");
        s = hole + strlen(icons);
    }
    text_add(&out, s);
    return out.p;
}

static void all_parts_on_one_page(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Html h = html_new(arena, "jeton", "cle");
    open_page(&h);
    write_turns(&h);
    write_left(&h);
    write_form(&h);
    html_raw(&h, "</div><div class=\"stack\">\n");
    write_right(&h);
    html_raw(&h, "</div></div></main></body></html>\n");
    const char *page = without_hash(arena, &h);
    test_golden("components.html", page, strlen(page));
}

static void names_have_initials(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    assert_string_equal(initials(arena, "Thomas Girard"), "TG");
    assert_string_equal(initials(arena, "élodie de la Tour"), "ÉD");
    assert_string_equal(initials(arena, "Jean-Paul"), "JP");
    assert_string_equal(initials(arena, "  4x "), "");
    assert_string_equal(initials(arena, NULL), "");
}

static void what_is_typed_stays_text(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Html h = html_new(arena, "c", "k");
    const char *bad = "\"><script>x()</script>";
    view_turn_card(
        &h,
        &(TurnCard){ .title = bad, .text = bad, .due = bad, .eyebrow = bad, .more_title = bad, .more = bad });
    view_button(&h, &(Button){ .label = bad, .url = to("/x"), .is_post = true, .name = bad, .value = bad });
    view_note(&h, &(Note){ .text = bad, .title = bad, .link = bad, .url = to("/") });
    view_tag(&h, &(Tag){ TONE_bad, NULL, bad });
    assert_null(strstr(h.out.p, "<script"));
    assert_null(strstr(h.out.p, "\"\">"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_on_one_page),
        cmocka_unit_test(names_have_initials),
        cmocka_unit_test(what_is_typed_stays_text),
    };
    return cmocka_run_group_tests_name("components", tests, NULL, NULL);
}
