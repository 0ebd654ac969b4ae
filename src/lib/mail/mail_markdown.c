#include "mail_markdown.h"

#include <assert.h>
#include <cmark-gfm-core-extensions.h>
#include <string.h>

cmark_node *mail_markdown(const char *markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    assert(parser);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, markdown, strlen(markdown));
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_consolidate_text_nodes(root);
    return root;
}

MailBlock mail_block(cmark_node *node) {
    static const struct {
        const char *name;
        MailBlock block;
    } names[] = { { "table", MAIL_TABLE },
                  { "table_row", MAIL_ROW },
                  { "table_header", MAIL_HEAD },
                  { "table_cell", MAIL_CELL } };
    const char *name = cmark_node_get_type_string(node);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].block;
    return MAIL_OTHER;
}

/* A paragraph that holds one thing of this type and nothing else. */
static bool holds_only(cmark_node *node, cmark_node_type type) {
    cmark_node *child = cmark_node_first_child(node);
    return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && child && !cmark_node_next(child) &&
           cmark_node_get_type(child) == type;
}

bool mail_is_button(cmark_node *node) {
    return holds_only(node, CMARK_NODE_LINK) &&
           mail_is_safe_link(cmark_node_get_url(cmark_node_first_child(node)));
}

bool mail_is_badge(cmark_node *node) {
    cmark_node *next = cmark_node_next(node);
    return holds_only(node, CMARK_NODE_STRONG) && next && cmark_node_get_type(next) == CMARK_NODE_HEADING;
}

bool mail_is_tight(cmark_node *node) {
    cmark_node *item = cmark_node_parent(node), *list = item ? cmark_node_parent(item) : NULL;
    return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && list &&
           cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

bool mail_is_empty_head(cmark_node *node) {
    if (mail_block(node) != MAIL_HEAD)
        return false;
    for (cmark_node *cell = cmark_node_first_child(node); cell; cell = cmark_node_next(cell))
        if (cmark_node_first_child(cell))
            return false;
    return true;
}

bool mail_is_safe_link(const char *url) {
    static const char *const starts[] = { "https://", "http://", "mailto:", "tel:" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(url, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}
