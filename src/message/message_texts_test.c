/* Every mail of the catalogue: its words are there, its holes are known, its two bodies are fit to send. */
#include <string.h>

#include "embed.h"
#include "mail_body.h"
#include "template.h"
#include "test.h"
#include "text.h"

static const char *const stems[] = {
#define MAIL(id, stem, kind) stem,
#include "mails.def"
#undef MAIL
};
enum { COUNT = sizeof stems / sizeof *stems, LONGEST_SUBJECT = 60, LARGEST_HTML = 10 * 1024 };

typedef enum Kind { LEGAL, CHASE, NOTICE } Kind;
static const Kind kinds[] = {
#define MAIL(id, stem, kind) kind,
#include "mails.def"
#undef MAIL
};

/* All holes with their examples. The items of a list find theirs outside of it. */
static Values *demo_values(Arena *arena) {
    Values *values = values_new(arena);
#define FIELD(name, what, example) values_set(values, #name, example);
#define LIST(name, what)           values_item(values, #name);
#include "mail_fields.def"
#undef FIELD
#undef LIST
    return values;
}

static const char *words_of(Arena *arena, const char *stem) {
    const Embedded *file = embed_find(arena_print(arena, "texts/mails/%s.fr.md", stem));
    if (!file) {
        fail_msg("texts/mails/%s.fr.md is missing", stem);
        return "";
    }
    return arena_copy_n(arena, file->body.p, file->body.n);
}

static MailText parsed(Arena *arena, const char *stem) {
    MailText text;
    const char *why = "";
    if (!mail_text_parse(arena, words_of(arena, stem), &text, &why))
        fail_msg("%s: %s", stem, why);
    return text;
}

static char *filled(Arena *arena, const char *stem, const char *text, const Values *values,
                    bool is_markdown) {
    char *ret = NULL;
    const char *why = "";
    if (!template_fill(arena, text, values, is_markdown, &ret, &why))
        fail_msg("%s: %s", stem, why);
    return ret;
}

/* These two carry their own time limit. */
static bool kind_is_code(const char *stem) {
    return text_same(stem, "login_link") || text_same(stem, "sign_code");
}

static MailPage page_of(Arena *arena, const char *stem, const Values *values) {
    MailText text = parsed(arena, stem);
    return (MailPage){
        .brand = values_get(values, "organisme.nom"),
        .colour = "",
        .title = filled(arena, stem, text.subject, values, false),
        .preheader = filled(arena, stem, text.preheader, values, false),
        .body = filled(arena, stem, text.body, values, true),
        .note = kind_is_code(stem) ? "" : "Lien personnel, valable 7 jours. Ne le transférez pas.",
        .footer = "Une question\u00a0? Répondez à ce mail ou appelez Thomas Girard au "
                  "[04 00 00 00 00](tel:+33400000000).\\\nDossier 2026-0417. "
                  "[Régler mes notifications](https://ateliers.example/n)",
    };
}

/* From NULL, the whole text. */
static size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

static void catalogue_and_texts_agree(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const Embedded *all = NULL;
    size_t n = embed_list(&all), files = 0;
    for (size_t i = 0; i < n; i++) {
        if (!text_starts(all[i].path, "texts/mails/"))
            continue;
        files++;
        bool is_known = false;
        for (size_t s = 0; s < COUNT; s++)
            is_known = is_known ||
                       text_same(all[i].path, arena_print(arena, "texts/mails/%s.fr.md", stems[s]));
        if (!is_known)
            fail_msg("%s is not in mails.def", all[i].path);
    }
    assert_int_equal(files, COUNT);
    for (size_t s = 0; s < COUNT; s++) {
        words_of(arena, stems[s]);
        assert_int_equal(kinds[s] == CHASE,
                         text_starts(stems[s], "chase_") || text_starts(stems[s], "invoice_overdue"));
    }
}

/* With every value there, and with those that may be missing gone. */
static void each_mail_is_fit_to_send(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t s = 0; s < COUNT; s++) {
        for (int is_bare = 0; is_bare < 2; is_bare++) {
            Values *values = demo_values(arena);
            if (is_bare) {
                values_set(values, "motif", "");
                values_set(values, "facture.reste", "");
            }
            MailPage page = page_of(arena, stems[s], values);
            if (text_length(page.title) > LONGEST_SUBJECT)
                fail_msg("%s: subject of %zu: %s", stems[s], text_length(page.title), page.title);
            if (text_length(page.preheader) > 90 || !text_ends(arena_print(arena, "%s", page.body), "\n"))
                fail_msg("%s: preheader \"%s\"", stems[s], page.preheader);
            char *html = mail_body_html(arena, &page), *text = mail_body_text(arena, &page);
            assert_true(strlen(html) <= LARGEST_HTML);
            assert_null(strstr(html, "<img"));
            assert_null(strstr(html, "{{"));
            assert_null(strstr(text, "{{"));
            assert_null(strstr(text, "**"));
            size_t buttons = count_of(html, "padding:13px 24px");
            bool wants_one = !text_ends(stems[s], "_funder") && !text_same(stems[s], "sign_code") &&
                             !text_same(stems[s], "session_cancelled_trainee");
            if (buttons != (wants_one ? 1 : 0))
                fail_msg("%s: %zu buttons", stems[s], buttons);
        }
    }
}

/* A hole nobody uses is a value somebody computes for nothing. */
static void each_hole_is_used(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text all = text_new(arena);
    for (size_t s = 0; s < COUNT; s++)
        text_add(&all, words_of(arena, stems[s]));
    static const char *const names[] = {
#define FIELD(name, what, example) "{{" #name "}}",
#define LIST(name, what)           "{{#each " #name "}}",
#include "mail_fields.def"
#undef FIELD
#undef LIST
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strstr(all.p, names[i]))
            fail_msg("%s is used by no mail", names[i]);
}

/* What people typed stays words, in both bodies. */
static void values_cannot_write_markup(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Values *values = demo_values(arena);
    const char *evil = "A*B_C <script>x</script> [x](https://evil.example) | `y`";
    values_set(values, "entreprise.nom", evil);
    values_set(values, "participants.noms", evil);
    values_set(values, "motif", "# titre\n\n- [gagné](https://evil.example)\n<b>x</b>");
    for (size_t s = 0; s < COUNT; s++) {
        MailPage page = page_of(arena, stems[s], values);
        char *html = mail_body_html(arena, &page);
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, "href=\"https://evil"));
        assert_null(strstr(html, "# titre</h"));
        if (count_of(html, "<h1") != 1)
            fail_msg("%s: %zu titles", stems[s], count_of(html, "<h1"));
    }
    MailPage page = page_of(arena, "green_light_trainer", values);
    assert_non_null(strstr(mail_body_text(arena, &page), "A*B_C <script>x</script>"));
}

/* A badge and facts; a list; money and a head; a quotation and choices. */
static bool has_html_golden(const char *stem) {
    return text_same(stem, "green_light") || text_same(stem, "answer_rejected") ||
           text_same(stem, "transfer_executed") || text_same(stem, "refusal");
}

static void bodies_are_as_agreed(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const Values *values = demo_values(arena);
    Text all = text_new(arena);
    for (size_t s = 0; s < COUNT; s++) {
        MailPage page = page_of(arena, stems[s], values);
        text_print(&all, "======== %s\n%s\n(%s)\n\n%s\n", stems[s], page.title, page.preheader,
                   mail_body_text(arena, &page));
        if (has_html_golden(stems[s])) {
            char *html = mail_body_html(arena, &page);
            test_golden(arena_print(arena, "mail/%s.html", stems[s]), html, strlen(html));
        }
    }
    test_golden("mail/all.txt", all.p, all.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue_and_texts_agree), cmocka_unit_test(each_mail_is_fit_to_send),
        cmocka_unit_test(each_hole_is_used),         cmocka_unit_test(values_cannot_write_markup),
        cmocka_unit_test(bodies_are_as_agreed),
    };
    return cmocka_run_group_tests_name("message_texts", tests, NULL, NULL);
}
