#include <stdlib.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>

#include "typeset.h"

enum { DEEPEST = 5 };

typedef struct List {
    const Node *node, *outer;
    bool is_ordered;
    int number;
} List;

/* Where the walk stands. */
typedef struct Flow {
    Galley *galley;
    const Node *node; /* what the next block belongs to */
    List lists[DEEPEST];
    int depth; /* of lists; may be more than DEEPEST, which are then printed like it */
    int quotes;
    cmark_node *item; /* its mark is still to be printed, NULL: none */
    Face face;        /* of paragraphs: body, small, large */
    double address;   /* height of the addressee's block that the next facts stand beside */
    size_t addressed; /* slabs when it was put */
    bool is_right, is_address, is_grid, is_start;
} Flow;

static const double indent = 15, quote_pad = 12, address_left = 0.55;

const Node *layout_node(Galley *galley, const char *tag, const Node *parent) {
    Node *node = arena_zero(galley->arena, 1, sizeof *node);
    *node = (Node){ tag, parent };
    return node;
}

Slab *layout_slab(Galley *galley, double space, double height) {
    Slab *slab = arena_grow(galley->arena, (void **)&galley->slabs, &galley->slab_count, sizeof *slab);
    *slab = (Slab){ .space = space, .height = height };
    return slab;
}

Item *layout_item(Galley *galley, Slab *slab, Item item) {
    Item *at = arena_grow(galley->arena, (void **)&slab->items, &slab->item_count, sizeof *at);
    *at = item;
    return at;
}

void layout_line(Galley *galley, Slab *slab, PangoLayout *layout, int line, const Item *where) {
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    for (int i = 0; i < line && pango_layout_iter_next_line(iter); i++)
        continue;
    PangoRectangle r;
    pango_layout_iter_get_line_extents(iter, NULL, &r);
    Item item = *where;
    item.kind = ITEM_line;
    double width = r.width / (double)PANGO_SCALE, spare = item.w > width ? item.w - width : 0;
    item.x += item.align == PANGO_ALIGN_RIGHT ? spare : item.align == PANGO_ALIGN_CENTER ? spare / 2 : 0;
    item.squeeze = item.w > 0 && width > item.w ? item.w / width : 1;
    item.line = pango_layout_iter_get_line_readonly(iter);
    pango_layout_iter_free(iter);
    layout_item(galley, slab, item);
}

cmark_node *layout_parse(const char *markdown) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    static const char *const extensions[] = { "table", "tasklist" };
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, markdown, strlen(markdown));
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static double left_of(const Flow *flow) {
    int depth = flow->depth < DEEPEST ? flow->depth : DEEPEST;
    return depth * indent + (flow->quotes ? quote_pad : 0);
}

static double right_of(const Flow *flow) { return flow->quotes ? quote_pad : 0; }

/* The tinted ground of a quotation, under the slab and the white before it. */
static void put_ground(const Flow *flow, Slab *slab, bool is_first) {
    if (!flow->quotes)
        return;
    double y = is_first ? -6 : -slab->space, h = slab->height - y + 5;
    layout_item(flow->galley, slab,
                (Item){ ITEM_fill, INK_tint, 0, y, flow->galley->width, h, .squeeze = 1 });
    layout_item(flow->galley, slab, (Item){ ITEM_fill, INK_brand, 0, y, 2.4, h, .squeeze = 1 });
}

/* The bullet, number or box of a list's item. */
static void put_mark(Flow *flow, Slab *slab, Face face) {
    Galley *galley = flow->galley;
    List *list = &flow->lists[(flow->depth < DEEPEST ? flow->depth : DEEPEST) - 1];
    double x = left_of(flow) - indent + 1, size = font_size(face);
    const Node *node = layout_node(galley, "Lbl", flow->node);
    bool is_box = strcmp(cmark_node_get_type_string(flow->item), "tasklist") == 0;
    bool is_ticked = is_box && cmark_gfm_extensions_get_tasklist_item_checked(flow->item);
    const char *mark = is_box ? is_ticked ? "x" : "" : "•";
    if (list->is_ordered)
        mark = arena_print(galley->arena, "%d.", list->number++);
    if (is_box)
        layout_item(galley, slab,
                    (Item){ ITEM_frame, INK_text, x, font_baseline(face) - size * 0.76, size * 0.82,
                            size * 0.82, .squeeze = 1 });
    if (*mark) {
        PangoLayout *layout = font_layout(
            galley, inline_bold(galley->arena, inline_plain(galley->arena, mark)), face, -1);
        Item where = { .ink = is_box ? INK_text : INK_brand,
                       .x = is_box ? x + size * 0.15 : x,
                       .y = font_baseline(face) - (is_box ? 0.6 : 0),
                       .node = node };
        layout_line(galley, slab, layout, 0, &where);
    }
    flow->item = NULL;
}

typedef struct Block {
    Face face;
    Ink ink;
    const Node *node;
    double space, left, width;
    PangoAlignment align;
    bool is_whole; /* words are not cut, lines not stretched */
    bool is_kept;  /* with what comes next */
} Block;

/* A paragraph or heading: one slab per line, at least two of them on each side of a page's end. */
static void put_lines(Flow *flow, Inline words, const Block *block) {
    Galley *galley = flow->galley;
    PangoLayout *layout = block->is_whole ? font_layout(galley, words, block->face, block->width)
                                          : font_paragraph(galley, words, block->face, block->width, 0.05);
    if (!block->is_whole && block->face != FACE_small && !font_is_loose(layout, 0.08))
        font_justify(layout);
    int lines = pango_layout_get_line_count(layout);
    const Node *node = block->node;
    for (int i = 0; i < lines; i++) {
        Slab *slab = layout_slab(galley, i ? 0 : block->space, font_leading(block->face));
        slab->keep = block->is_kept || (lines > 1 && (i == 0 || i == lines - 2));
        put_ground(flow, slab, i == 0 && flow->is_start);
        if (i == 0 && flow->item)
            put_mark(flow, slab, block->face);
        if (i > 0 && pango_layout_get_line_readonly(layout, i)->is_paragraph_start)
            node = layout_node(galley, node->tag, node->parent);
        Item where = {
            .ink = block->ink, .x = block->left, .w = block->width, .node = node, .align = block->align
        };
        where.y = font_baseline(block->face);
        layout_line(galley, slab, layout, i, &where);
    }
    flow->is_start = false;
}

static void put_heading(Flow *flow, cmark_node *heading) {
    static const struct {
        Face face;
        Ink ink;
        double space;
        const char *tag;
    } levels[] = { { FACE_h1, INK_brand, 4, "H1" },
                   { FACE_h2, INK_brand, 15, "H2" },
                   { FACE_h3, INK_text, 11, "H3" } };
    int level = cmark_node_get_heading_level(heading) - 1;
    size_t l = level > 2 ? 2 : (size_t)level;
    Block block = { levels[l].face,
                    levels[l].ink,
                    layout_node(flow->galley, levels[l].tag, flow->node),
                    levels[l].space,
                    0,
                    flow->galley->width,
                    PANGO_ALIGN_LEFT,
                    true,
                    true };
    put_lines(flow, inline_bold(flow->galley->arena, inline_of(flow->galley->arena, heading, " ")), &block);
}

static bool ends_with_colon(Inline words) { return words.n && words.text[words.n - 1] == ':'; }

/* White before a paragraph, by its face; items of lists stand closer. */
static double space_before(const Flow *flow) {
    double space = font_leading(flow->face) * (flow->depth ? 0.24 : 0.46) +
                   (flow->face == FACE_small ? 2 : 0);
    return flow->quotes && flow->is_start ? 16 : space;
}

static void put_paragraph(Flow *flow, Inline words) {
    Galley *galley = flow->galley;
    double left = left_of(flow), width = galley->width - left - right_of(flow);
    Block block = { .face = flow->face, .space = space_before(flow), .left = left, .width = width };
    block.ink = flow->face == FACE_small ? INK_muted : INK_text;
    block.node = layout_node(galley, flow->depth && flow->node ? "LBody" : "P", flow->node);
    block.is_kept = ends_with_colon(words);
    block.is_whole = flow->is_right;
    block.align = flow->is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
    put_lines(flow, words, &block);
    flow->is_right = false;
}

/* The addressee stands at the right, on a slab without height: facts that follow stand beside. */
static void put_address(Flow *flow, Inline words) {
    Galley *galley = flow->galley;
    double left = galley->width * address_left, leading = font_leading(FACE_body);
    PangoLayout *layout = font_layout(galley, words, FACE_body, galley->width - left);
    int lines = pango_layout_get_line_count(layout);
    Slab *slab = layout_slab(galley, 12, 0);
    slab->keep = true;
    const Node *node = NULL;
    for (int i = 0; i < lines; i++) {
        if (pango_layout_get_line_readonly(layout, i)->is_paragraph_start)
            node = layout_node(galley, "P", flow->node);
        Item where = {
            .ink = INK_text, .x = left, .y = i * leading + font_baseline(FACE_body), .node = node
        };
        layout_line(galley, slab, layout, i, &where);
    }
    flow->address = lines * leading;
    flow->addressed = galley->slab_count;
    flow->is_address = false;
}

/* White for what is left of the addressee's block beside what was put since. */
static void end_address(Flow *flow) {
    if (flow->address <= 0)
        return;
    Galley *galley = flow->galley;
    double height = 0;
    for (size_t i = flow->addressed; i < galley->slab_count; i++) {
        height += galley->slabs[i].space + galley->slabs[i].height;
        galley->slabs[i].keep = galley->slabs[i].keep || i + 1 < galley->slab_count;
    }
    if (flow->address > height)
        layout_slab(galley, 0, flow->address - height);
    flow->address = 0;
}

/* What was printed last stays with what comes now, and so does the white between them. */
static void keep_last(Galley *galley) {
    for (size_t i = galley->slab_count; i > 0; i--) {
        galley->slabs[i - 1].keep = true;
        if (galley->slabs[i - 1].item_count)
            break;
    }
}

/* Boxes side by side; the first line of each is its title. */
static void put_signatures(Flow *flow, const char *directive) {
    Galley *galley = flow->galley;
    gchar **titles = g_regex_split_simple("(?<!\\\\)\\|", directive, 0, 0);
    double count = g_strv_length(titles), gap = 14, width = (galley->width - gap * (count - 1)) / count;
    double leading = font_leading(FACE_cell);
    keep_last(galley);
    Slab *slab = layout_slab(galley, 10, 80);
    for (guint i = 0; titles[i]; i++) {
        cmark_node *root = layout_parse(g_strstrip(titles[i]));
        PangoLayout *layout = font_layout(galley, inline_of(galley->arena, root, "\n"), FACE_cell,
                                          width - 16);
        cmark_node_free(root);
        const Node *node = layout_node(galley, "P", flow->node);
        int lines = pango_layout_get_line_count(layout);
        if (lines * leading + 16 > slab->height)
            slab->height = lines * leading + 16;
        for (int n = 0; n < lines; n++) {
            Item where = { .ink = INK_text,
                           .x = i * (width + gap) + 8,
                           .y = 7 + n * leading + font_baseline(FACE_cell),
                           .node = node };
            layout_line(galley, slab, layout, n, &where);
        }
    }
    for (guint i = 0; titles[i]; i++)
        layout_item(galley, slab,
                    (Item){ ITEM_frame, INK_line, i * (width + gap), 0, width, slab->height, .squeeze = 1 });
    slab->height += 6;
    g_strfreev(titles);
}

static void obey(Flow *flow, const char *comment) {
    static const char head[] = "signatures:";
    AUTO_ARENA Arena *arena = arena_new();
    const char *start = strstr(comment, "<!--"), *end = strstr(comment, "-->");
    if (!start || !end || end < start + 4)
        return;
    char *words = text_trim(arena, arena_copy_n(arena, start + 4, (size_t)(end - start - 4)));
    if (text_starts(words, head))
        put_signatures(flow, words + sizeof head - 1);
    else if (text_same(words, "small"))
        flow->face = FACE_small;
    else if (text_same(words, "large"))
        flow->face = FACE_large;
    else if (text_same(words, "normal"))
        flow->face = FACE_body;
    else if (text_same(words, "right"))
        flow->is_right = true;
    else if (text_same(words, "address"))
        flow->is_address = true;
    else if (text_same(words, "grid"))
        flow->is_grid = true;
    else if (text_same(words, "pagebreak"))
        layout_slab(flow->galley, 0, 0)->breaks = true;
}

static void put_rule(Flow *flow) {
    Slab *slab = layout_slab(flow->galley, 10, 6);
    layout_item(flow->galley, slab,
                (Item){ ITEM_fill, INK_line, 0, 0, flow->galley->width, 0.6, .squeeze = 1 });
}

static void put_table(Flow *flow, cmark_node *node) {
    Galley *galley = flow->galley;
    if (galley->slab_count && galley->slabs[galley->slab_count - 1].item_count)
        keep_last(galley); /* the words that lead to it */
    double left = left_of(flow), width = galley->width - left;
    bool is_beside = flow->address > 0 && table_is_facts(node);
    if (!is_beside)
        end_address(flow);
    TableStyle style = { flow->node, left, is_beside ? width * (address_left - 0.05) : width,
                         flow->face == FACE_small, flow->is_grid };
    table_lay(galley, node, &style);
    if (is_beside) {
        galley->slabs[flow->addressed].space = 0;
        end_address(flow);
    }
    flow->is_grid = false;
}

static void enter_list(Flow *flow, cmark_node *node) {
    int at = flow->depth++;
    if (at >= DEEPEST)
        return;
    List *list = &flow->lists[at];
    list->outer = flow->node;
    list->node = flow->node = layout_node(flow->galley, "L", flow->node);
    list->is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list->number = cmark_node_get_list_start(node);
}

static void leave_list(Flow *flow) {
    if (--flow->depth < DEEPEST)
        flow->node = flow->lists[flow->depth].outer;
}

static void enter_item(Flow *flow, cmark_node *node) {
    int at = flow->depth < DEEPEST ? flow->depth : DEEPEST;
    if (!cmark_node_next(node) && cmark_node_previous(node))
        keep_last(flow->galley); /* the last one never stands alone on a page */
    flow->node = layout_node(flow->galley, "LI", flow->lists[at - 1].node);
    flow->item = node;
}

/* True: the node is printed, its children are not to be visited. */
static bool enter(Flow *flow, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    if (strcmp(cmark_node_get_type_string(node), "table") == 0)
        return put_table(flow, node), true;
    if (type != CMARK_NODE_HTML_BLOCK)
        end_address(flow);
    if (flow->is_address && type == CMARK_NODE_PARAGRAPH)
        return put_address(flow, inline_of(flow->galley->arena, node, "\n")), true;
    switch (type) {
    case CMARK_NODE_HEADING: return put_heading(flow, node), true;
    case CMARK_NODE_PARAGRAPH:
        return put_paragraph(flow, inline_of(flow->galley->arena, node, flow->is_right ? "\n" : " ")), true;
    case CMARK_NODE_CODE_BLOCK:
        return put_paragraph(flow, inline_plain(flow->galley->arena, cmark_node_get_literal(node))), true;
    case CMARK_NODE_HTML_BLOCK: return obey(flow, cmark_node_get_literal(node)), true;
    case CMARK_NODE_THEMATIC_BREAK: return put_rule(flow), true;
    case CMARK_NODE_LIST: enter_list(flow, node); break;
    case CMARK_NODE_ITEM: enter_item(flow, node); break;
    case CMARK_NODE_BLOCK_QUOTE: flow->is_start = flow->quotes++ == 0; break;
    default: break;
    }
    return false;
}

static void leave(Flow *flow, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST: leave_list(flow); break;
    case CMARK_NODE_ITEM: flow->item = NULL; break; /* an empty one has no mark */
    case CMARK_NODE_BLOCK_QUOTE:
        if (--flow->quotes == 0)
            layout_slab(flow->galley, 0, 9);
        break;
    default: break;
    }
}

void layout_flow(Galley *galley, const char *markdown) {
    Flow flow = { .galley = galley, .face = FACE_body };
    cmark_node *root = layout_parse(markdown);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT)
            leave(&flow, node);
        else if (enter(&flow, node))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}
