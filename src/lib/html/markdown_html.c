#include "markdown_html.h"

#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

/* French typography in every text of the tree; code and addresses stay as they are. */
static void typeset(Arena *arena, cmark_node *root) {
    cmark_iter *walk = cmark_iter_new(root);
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (cmark_node_get_type(node) == CMARK_NODE_TEXT)
            cmark_node_set_literal(node, text_typographic(arena, cmark_node_get_literal(node)));
    }
    cmark_iter_free(walk);
}

void html_markdown(Html *h, const char *markdown) {
    cmark_node *root = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
    cmark_consolidate_text_nodes(root);
    typeset(h->arena, root);
    char *made = cmark_render_html(root, CMARK_OPT_DEFAULT, NULL); /* safe mode is its default */
    html_raw(h, made);
    free(made);
    cmark_node_free(root);
}
