/* Markdown of ours becomes HTML: with French typography, without raw HTML or scripts in links. */
#include "markdown_html.h"

#include <string.h>

#include "test.h"

static void check_markdown(void **state) {
    (void)state;
    static const struct {
        const char *markdown, *has, *lacks;
    } cases[] = {
        { "## Vos droits", "<h2>Vos droits</h2>", "##" },
        { "Une question ?", "question\u00a0?", "question ?" },
        { "[x](javascript:alert(1))", "<a href=\"\">x</a>", "javascript" },
        { "<script>alert(1)</script>", "", "<script" },
        { "[Nous](/aide/contact)", "<a href=\"/aide/contact\">Nous</a>", "[" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Html h = html_new(arena, "", "");
        html_markdown(&h, cases[i].markdown);
        assert_non_null(strstr(h.out.p, cases[i].has));
        assert_null(strstr(h.out.p, cases[i].lacks));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(check_markdown) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
