/* The committed pages that tell the story are as the rows tell it; UPDATE=1 rewrites them. */
#include "story_show.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text.h"

static char *shown(const char *form, size_t *ret_n) {
    char *text = NULL;
    FILE *out = open_memstream(&text, ret_n);
    assert_non_null(out);
    assert_true(story_show(out, form));
    assert_int_equal(fclose(out), 0);
    return text;
}

static char *read_whole(Arena *arena, const char *path) {
    Text text = text_new(arena);
    char piece[8192];
    FILE *file = fopen(path, "rb");
    text_add(&text, "");
    for (size_t n; file && (n = fread(piece, 1, sizeof piece, file)) > 0;)
        text_add_n(&text, piece, n);
    if (file)
        fclose(file);
    return text.p;
}

static void is_as_committed(const char *form, const char *path) {
    AUTO_ARENA Arena *arena = arena_new();
    const char *update = getenv("UPDATE");
    size_t n = 0;
    char *text = shown(form, &n);
    if (update && strcmp(update, "1") == 0) {
        FILE *file = fopen(path, "wb");
        if (!file || fwrite(text, 1, n, file) != n || fclose(file) != 0)
            fail_msg("%s is not written", path);
    }
    bool is_same = text_same(read_whole(arena, path), text);
    free(text);
    if (!is_same)
        fail_msg("%s is not what the story tells (UPDATE=1 rewrites it)", path);
}

static void committed_pages_tell_this_story(void **state) {
    (void)state;
    is_as_committed("md", "docs/STORY.md");
    is_as_committed("rights", "docs/RIGHTS.md");
    is_as_committed("svg", "docs/story.svg");
}

static int count_of(const char *text, const char *word) {
    int count = 0;
    for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
        count++;
    return count;
}

/* Every state is a node, every move of every state an edge. */
static void dot_holds_all(void **state) {
    (void)state;
    const Row *const *moves;
    int edges = 0;
    for (int s = 1; s < STATE_COUNT; s++)
        edges += (int)story_moves(MACHINE_NONE, (State)s, &moves);
    for (int m = 1; m < MACHINE_COUNT; m++)
        edges += (int)story_moves((Machine)m, STATE_UNBORN, &moves);
    size_t n = 0;
    char *dot = shown("dot", &n), *svg = shown("svg", &n);
    int dot_edges = count_of(dot, " -> "), arrows = count_of(svg, "class=\"arrow\"");
    int clusters = count_of(dot, "subgraph"), boxes = count_of(svg, "class=\"state");
    bool ends = text_ends(dot, "  }\n}\n") && text_ends(svg, "</svg>\n");
    free(dot);
    free(svg);
    assert_int_equal(dot_edges, edges);
    assert_int_equal(arrows, edges);
    assert_int_equal(clusters, MACHINE_COUNT - 1);
    assert_int_equal(boxes, STATE_COUNT - 1);
    assert_true(ends);
}

static void unknown_forms_are_refused(void **state) {
    (void)state;
    assert_false(story_show(stdout, "pdf"));
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(committed_pages_tell_this_story),
                                        cmocka_unit_test(dot_holds_all),
                                        cmocka_unit_test(unknown_forms_are_refused) };
    return cmocka_run_group_tests_name("story_show", tests, NULL, NULL);
}
