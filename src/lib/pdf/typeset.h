/* typeset.h - inside lib/pdf only. Markdown becomes slabs (strips as wide as the
 * page that are never cut), slabs are placed on pages, pages are drawn:
 *
 *   inline.c  the words of one paragraph with their weight
 *   font.c    faces, hyphenation, Pango layouts
 *   layout.c  blocks of Markdown to slabs        table.c  the same for tables
 *   draw.c    places slabs on pages, draws them by Cairo
 *   join.c    qpdf: finishing touches, joining, counting
 */
#pragma once
#include <cmark-gfm.h>
#include <pango/pangocairo.h>

#include "arena.h"
#include "pdf.h"
#include "text.h"

typedef enum Face {
    FACE_body,
    FACE_small,
    FACE_large,
    FACE_h1,
    FACE_h2,
    FACE_h3,
    FACE_cell,
    FACE_head,       /* of a table column */
    FACE_cell_small, /* tables in small print */
    FACE_head_small,
    FACE_logo,
    FACE_running, /* headers and footers of pages */
    FACE_COUNT
} Face;

typedef enum Ink { INK_text, INK_muted, INK_brand, INK_tint, INK_line } Ink;

/* Words of one paragraph; `flags` has one byte per byte of `text`. */
enum { FLAG_bold = 1, FLAG_italic = 2 };
typedef struct Inline {
    const char *text;
    const unsigned char *flags;
    size_t n;
} Inline;

/* The tree of tags, read upwards: an item names its leaf. */
typedef struct Node {
    const char *tag;
    const struct Node *parent;
} Node;

typedef enum ItemKind { ITEM_line, ITEM_fill, ITEM_frame } ItemKind;
typedef struct Item {
    ItemKind kind;
    Ink ink;
    double x, y, w, h; /* points from the top left of the slab; y of a line is its baseline, w its room */
    double squeeze;    /* of a line that is wider than its room, else 1 */
    PangoLayoutLine *line;
    PangoAlignment   align; /* of a line in its room */
    const Node *node;
} Item;

typedef struct Slab {
    double space; /* white before it, dropped at the top of a page */
    double height;
    bool keep;   /* on the same page as the next one */
    bool breaks; /* begins a page */
    size_t head; /* repeated before it at the top of a page, as number + 1; 0: nothing */
    Item *items;
    size_t item_count;
} Slab;

typedef struct Galley {
    Arena *arena;
    const PdfPaper *paper;
    PangoContext *context;
    GPtrArray *layouts; /* alive until drawn */
    double page_width, page_height, margin, width;
    Slab *slabs;
    size_t slab_count;
    const char *why; /* first refusal, NULL: none */
} Galley;

/* inline.c */
/* Everything below the node; `soft` stands where a line of the source ends: " " or "\n". */
Inline inline_of(Arena *arena, cmark_node *node, const char *soft);
Inline inline_plain(Arena *arena, const char *text);
Inline inline_bold(Arena *arena, Inline words); /* all of it */

/* font.c */
void font_start(void);
const char *font_missing(void); /* a sentence when the fonts are not there, NULL: all is well */
PangoContext *font_context(void);
double font_size(Face face);
double font_leading(Face face);  /* height of one line */
double font_baseline(Face face); /* below the top of its line */
/* A layout that the galley keeps. Width < 0: one line. */
PangoLayout *font_layout(Galley *galley, Inline words, Face face, double width);
/* Is there a line, the last ones of paragraphs apart, that leaves more than `slack` of the width white? */
bool font_is_loose(PangoLayout *layout, double slack);
/* The same, with words cut at the ends of lines when one would leave more than `slack` of the width white. */
PangoLayout *font_paragraph(Galley *galley, Inline words, Face face, double width, double slack);

/* Stretches blanks until lines are full, but the last ones; U+00A0 keeps its width, as French wants. */
void font_justify(PangoLayout *layout);
double font_longest_word(PangoLayout *layout); /* of a layout of one line */
/* Notes in galley->why the first glyph that Lato lacks. */
void font_check(Galley *galley);

/* layout.c */
cmark_node *layout_parse(const char *markdown); /* the caller frees */
void layout_flow(Galley *galley, const char *markdown);
const Node *layout_node(Galley *galley, const char *tag, const Node *parent);
Slab *layout_slab(Galley *galley, double space, double height);
Item *layout_item(Galley *galley, Slab *slab, Item item);
/* One line of a layout on a slab; `y` is the top of the line. */
void layout_line(Galley *galley, Slab *slab, PangoLayout *layout, int line, const Item *where);

/* table.c */
typedef struct TableStyle {
    const Node *parent;
    double left, width;
    bool is_small, is_grid;
} TableStyle;
bool table_is_facts(cmark_node *node); /* its head is empty */
void table_lay(Galley *galley, cmark_node *node, const TableStyle *style);

/* draw.c: places the slabs and writes the PDF. */
Bytes draw_pages(Galley *galley);

/* join.c: language, reading aids. */
bool join_finish(Arena *arena, Bytes drawn, Bytes *ret);
