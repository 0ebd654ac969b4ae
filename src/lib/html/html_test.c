#include "html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"
#include "test.h"

static Html page(Arena *arena) { return html_new(arena, "jeton", "cle"); }

static void text_is_escaped(void **state) {
    (void)state;
    static const struct {
        const char *typed, *written;
    } rows[] = {
        { NULL, "" },
        { "", "" },
        { "Salon Camille", "Salon Camille" },
        { "A & B", "A &amp; B" },
        { "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
        { "\"><img src=x onerror='a()'>", "&quot;&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;" },
        { "&amp;", "&amp;amp;" },
        { "l'été à 100 €", "l&#39;été à 100 €" },
        { "&&", "&amp;&amp;" },
    };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Html h = page(arena);
        html_raw(&h, "");
        html_put(&h, rows[i].typed);
        assert_string_equal(h.out.p, rows[i].written);
    }
}

/* A naughty string never opens a tag, an attribute or an entity of its own. */
static void naughty_strings_stay_text(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = test_shared(arena, "judges/data/security/blns/blns.txt");
    if (!path)
        skip();
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *line = NULL;
    size_t room = 0, count = 0;
    while (getline(&line, &room, file) >= 0) {
        Html h = page(arena);
        html_raw(&h, "");
        html_text(&h, line);
        assert_null(strpbrk(h.out.p, "<>\"'"));
        for (const char *s = h.out.p; (s = strchr(s, '&')); s++)
            assert_true(text_starts(s, "&amp;") || text_starts(s, "&lt;") || text_starts(s, "&gt;") ||
                        text_starts(s, "&quot;") || text_starts(s, "&#39;"));
        count++;
    }
    free(line);
    fclose(file);
    assert_true(count > 400);
}

static void values_are_written_by_type(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Html h = page(arena);
    html_put(&h, 7);
    html_put(&h, (int64_t)-1234567);
    html_put(&h, (size_t)1000);
    html_put(&h, (Money){ 123405 });
    html_put(&h, (Date){ 0 });
    html_put(&h, (Date){ 20801 });
    html_put(&h, (Instant){ 0 });
    html_attribute(&h, (int64_t)-1234567);
    html_attribute(&h, (size_t)1000);
    assert_string_equal(h.out.p, "7"
                                 "\u22121\u00a0234\u00a0567"
                                 "1\u00a0000"
                                 "1\u00a0234,05\u00a0€"
                                 "14/12/2026"
                                 "-1234567"
                                 "1000");
    Html least = page(arena);
    html_int(&least, INT64_MIN);
    assert_string_equal(least.out.p, "\u22129\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808");
}

static void addresses_are_made_here_only(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    assert_string_equal(url_print(arena, "/e/dossiers/%s/%d", "2026-0417", 3).path,
                        "/e/dossiers/2026-0417/3");
    assert_string_equal(url_print(arena, "/x?q=%s&page=%ld", "a b&c=\"é/../<", (long)2).path,
                        "/x?q=a%20b%26c%3D%22%C3%A9%2F..%2F%3C&page=2");
    assert_string_equal(url_print(arena, "/%s", "/mal.fr").path, "/%2Fmal.fr");
    assert_string_equal(url_print(arena, "/p/100%%").path, "/p/100%");
    assert_string_equal(url_print(arena, "tel:%s", "+33612345678").path, "tel:+33612345678");
    assert_string_equal(url_print(arena, "mailto:%s", "a+b@exemple.fr?x").path, "mailto:a+b@exemple.fr%3Fx");
    assert_string_equal(url_print(arena, "https://%s/f", "exemple.fr").path, "https://exemple.fr/f");
    assert_string_equal(url_print(arena, "?page=%d", 2).path, "?page=2");
    static const char *const bad[] = { "//mal.fr", "http://mal.fr", "javascript:alert(1)", "mal.fr",
                                       "",         "\\mal",         "data:text/html,x",    " /x" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *format = bad[i];
        assert_true(url_is_none(url_print(arena, format, (const char *)NULL)));
    }
    Html h = page(arena);
    html_raw(&h, "");
    html_url(&h, url_print(arena, "/x?a=%s&b=%s", "1", "2"));
    assert_string_equal(h.out.p, "/x?a=1&amp;b=2");
}

static void the_way_back_stays_here(void **state) {
    (void)state;
    static const char *const good[] = { "/", "/e/dossiers/2026-0417", "/x?q=a%20b&page=2" };
    static const char *const bad[] = { NULL,  "",           "//mal.fr", "/\\mal.fr", "https://mal.fr",
                                       "mal", "/x\r\nA: b", "/\tx",     "/x#y<",     "javascript:x" };
    AUTO_ARENA Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Url url = { NULL };
        assert_true(url_local(arena, good[i], &url));
        assert_string_equal(url.path, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Url url = { NULL };
        assert_false(url_local(arena, bad[i], &url));
        assert_true(url_is_none(url));
    }
}

static void assets_carry_their_hash(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    assert_true(url_is_none(url_asset(arena, "rien.css")));
    const Embedded *font = embed_find("assets/source-sans-3.woff2"), *sheet = embed_find("assets/app.css");
    assert_non_null(font);
    assert_non_null(sheet);
    assert_true(sheet->gzip.n > 0 && sheet->gzip.n < sheet->body.n / 2);
    assert_string_equal(url_asset(arena, "app.css").path,
                        arena_print(arena, "/static/%.12s/app.css", sheet->sha256));
    const char *address = arena_print(arena, "url(%s)", url_asset(arena, "source-sans-3.woff2").path);
    assert_non_null(strstr(sheet->body.p, address));
    Html h = page(arena);
    html_icon(&h, "check");
    assert_string_equal(
        h.out.p, arena_print(arena, "<svg class=\"i\" aria-hidden=\"true\"><use href=\"%s#check\"/></svg>",
                             url_asset(arena, "icons.svg").path));
    assert_non_null(strstr(embed_find("assets/icons.svg")->body.p, "<symbol id=\"check\""));
}

static void forms_carry_their_secret(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Html h = html_new(arena, "a\"b", "k");
    html_csrf(&h);
    assert_string_equal(h.out.p, "<input type=\"hidden\" name=\"csrf\" value=\"a&quot;b\">"
                                 "<input type=\"hidden\" name=\"request_key\" value=\"k\">");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(naughty_strings_stay_text),
        cmocka_unit_test(values_are_written_by_type),
        cmocka_unit_test(addresses_are_made_here_only),
        cmocka_unit_test(the_way_back_stays_here),
        cmocka_unit_test(assets_carry_their_hash),
        cmocka_unit_test(forms_carry_their_secret),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
