#include "mail_body.h"

#include <string.h>

#include "test.h"
#include "text.h"

static MailPage page_of(const char *body) {
    return (MailPage){ .brand = "Les Ateliers & Cie",
                       .colour = "",
                       .title = "Titre <b>",
                       .preheader = "Rien à faire",
                       .body = body,
                       .note = "",
                       .footer = "" };
}

/* What stands inside the card. */
static char *html_of(Arena *arena, const char *body) {
    MailPage page = page_of(body);
    char *html = mail_body_html(arena, &page), *from = strstr(html, "padding:24px\">\n"), *end = NULL;
    assert_non_null(from);
    from += strlen("padding:24px\">\n");
    end = strstr(from, "</div>");
    assert_non_null(end);
    *end = '\0';
    return from;
}

/* Without the signature. */
static char *text_of(Arena *arena, const char *body) {
    MailPage page = page_of(body);
    char *text = mail_body_text(arena, &page), *end = strstr(text, "\n-- \nLes Ateliers & Cie\n");
    assert_non_null(end);
    *end = '\0';
    return text;
}

static void a_text_has_three_parts(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        const char *file, *why;
    } cases[] = {
        { "Sujet : Fait\nAperçu : Rien\n\nCorps\n", NULL },
        { "Sujet : Fait\nCorps\n", "deuxième ligne" },
        { "Aperçu : Rien\nSujet : Fait\n\nCorps\n", "première ligne" },
        { "Sujet :  \nAperçu : Rien\n\nCorps\n", "première ligne" },
        { "Sujet : Fait\nAperçu : Rien\nCorps\n", "ligne vide" },
        { "Sujet : Fait\nAperçu : Rien\n\n  \n", "ligne vide" },
        { "Sujet : Fait\nAperçu : Rien", "ligne vide" },
        { "", "première ligne" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        MailText text = { 0 };
        const char *why = NULL;
        assert_int_equal(mail_text_parse(arena, cases[i].file, &text, &why), cases[i].why == NULL);
        if (cases[i].why)
            assert_non_null(strstr(why, cases[i].why));
    }
    MailText text;
    const char *why = NULL;
    assert_true(
        mail_text_parse(arena, "Sujet : D'accord ?\nAperçu : Oui !\n\nC'est {{a.b}} !\n", &text, &why));
    assert_string_equal(text.subject, "D’accord\u00a0?");
    assert_string_equal(text.preheader, "Oui\u00a0!");
    assert_string_equal(text.body, "C’est {{a.b}}\u00a0!\n");
}

static void markdown_becomes_text(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        const char *markdown, *text;
    } cases[] = {
        { "# Titre\n\nUn **mot**\nencore", "Titre\n\nUn mot encore\n" },
        { "[Voir](https://a.example/x?a_b)", "Voir\u00a0:\nhttps://a.example/x?a_b\n" },
        { "Ici : [là](https://a.example)", "Ici : là (https://a.example)\n" },
        { "Appelez le [04 00](tel:+3340)", "Appelez le 04 00\n" },
        { "<https://a.example>", "https://a.example\n" },
        { "[piège](javascript:alert)", "piège\n" },
        { "- un\n- deux\n  - trois\n- quatre\n\nfin", "- un\n- deux\n  - trois\n- quatre\n\nfin\n" },
        { "9. neuf\n10. dix\n11. onze", "9. neuf\n10. dix\n11. onze\n" },
        { "> cité\n\naprès", "    cité\n\naprès\n" },
        { "| | |\n|---|---:|\n| Prix | 4 € |\n| Vide | |", "  Prix\u00a0: 4 €\n  Vide\n" },
        { "| Tête | |\n|---|---|\n| a | b |", "  Tête\n  a\u00a0: b\n" },
        { "un\\\ndeux", "un\ndeux\n" },
        { "Texte <b>gras</b>\n\n<div>bloc</div>\n\nfin", "Texte gras\n\nfin\n" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_of(arena, cases[i].markdown), cases[i].text);
}

static void lines_keep_to_72(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char *text = text_of(
        arena, "Une phrase assez longue pour devoir être coupée au bon endroit, au 04 00 00 00 00.\n\n"
               "- une puce assez longue pour devoir elle aussi être coupée quelque part ici");
    assert_string_equal(
        text, "Une phrase assez longue pour devoir être coupée au bon endroit, au\n04 00 00 00 00.\n\n"
              "- une puce assez longue pour devoir elle aussi être coupée quelque part\n  ici\n");
    Text address = text_new(arena);
    text_add(&address, "Voir https://a.example/");
    for (int i = 0; i < 100; i++)
        text_add_char(&address, 'x');
    assert_non_null(strstr(text_of(arena, address.p), "Voir\nhttps://a.example/xxx"));
}

static void markdown_becomes_html(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        const char *markdown, *has, *lacks;
    } cases[] = {
        { "a < b & c", "a &lt; b &amp; c", "< b" },
        { "[Voir](https://a.example/?a=1&b=\"2\")", "href=\"https://a.example/?a=1&amp;b=&quot;2&quot;\"",
          "\"2\"" },
        { "[Voir](https://a.example)", "padding:13px 24px", "color:#0b5a4a" },
        { "Mot [Voir](https://a.example)", "color:#0b5a4a", "padding:13px 24px" },
        { "[piège](javascript:alert(1))", "piège", "<a" },
        { "[piège](<data:text/html,x>)", "piège", "<a" },
        { "![image](https://a.example/x.png)", "image", "<img" },
        { "<script>x</script>\n\nMot <b onclick=x>y</b>", "Mot y", "<script" },
        { "**Oui**\n\n# Titre", "border-radius:99px", "padding:13px" },
        { "**Oui**\n\nsuite", "<b>Oui</b>", "border-radius:99px" },
        { "- un\n- deux", "<li style=\"margin:0 0 6px\">un</li>", "<p" },
        { "3. un", "<ol style", "<ul" },
        { "| | |\n|---|---|\n| a | b |", "text-align:right;font-weight:600\">b</td>", "font-weight:700" },
        { "| T | |\n|---|---|\n| a | b |", "font-weight:700\">T</td>", "<th" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *html = html_of(arena, cases[i].markdown);
        if (!strstr(html, cases[i].has) || strstr(html, cases[i].lacks))
            fail_msg("%s\n%s", cases[i].markdown, html);
    }
    MailPage page = page_of("x");
    page.colour = "#123456\" onclick=\"x";
    assert_null(strstr(mail_body_html(arena, &page), "onclick=\""));
    assert_non_null(strstr(mail_body_html(arena, &page), "<title>Titre &lt;b&gt;</title>"));
}

/* Deeper than any mail: no recursion of ours, no place outside of an array. */
static void depth_does_no_harm(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Text deep = text_new(arena);
    for (int i = 0; i < 60; i++) {
        for (int j = 0; j < i; j++)
            text_add(&deep, "  ");
        text_add(&deep, "- x\n");
    }
    text_add(&deep, "\n");
    for (int i = 0; i < 200; i++)
        text_add_char(&deep, '>');
    text_add(&deep, " fond\n");
    assert_non_null(strstr(text_of(arena, deep.p), "fond"));
    assert_non_null(strstr(html_of(arena, deep.p), "fond"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_three_parts), cmocka_unit_test(markdown_becomes_text),
        cmocka_unit_test(lines_keep_to_72),       cmocka_unit_test(markdown_becomes_html),
        cmocka_unit_test(depth_does_no_harm),
    };
    return cmocka_run_group_tests_name("mail_body", tests, NULL, NULL);
}
