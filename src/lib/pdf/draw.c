#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "typeset.h"

typedef struct Placed {
    size_t slab;
    int page;
    double y;
} Placed;

typedef struct Pen {
    Galley *galley;
    cairo_t *cr;
    Placed *placed;
    size_t placed_count;
    int page, page_count;
    double y, foot;   /* where the foot of pages begins */
    const Node *open; /* the tag that is open now */
    double brand[3];
} Pen;

static const double first_top = 84, next_top = 70, foot_gap = 18, page_end = 32;

static double top_of(const Pen *pen) {
    const char *name = pen->galley->paper->logo_name;
    return pen->page == 0 && name && *name ? first_top : next_top;
}

static void place(Pen *pen, size_t slab) {
    Galley *galley = pen->galley;
    Placed *at = arena_grow(galley->arena, (void **)&pen->placed, &pen->placed_count, sizeof *at);
    double space = pen->y > top_of(pen) ? galley->slabs[slab].space : 0;
    *at = (Placed){ slab, pen->page, pen->y + space };
    pen->y += space + galley->slabs[slab].height;
}

static void turn_page(Pen *pen) {
    pen->page++;
    pen->y = top_of(pen);
}

/* The head of a table comes again on its next page. */
static void turn_page_before(Pen *pen, size_t slab) {
    size_t head = pen->galley->slabs[slab].head;
    turn_page(pen);
    if (head)
        place(pen, head - 1);
}

/* Slabs that keep together go to the next page together, if a page can hold them. */
static void place_all(Pen *pen) {
    const Slab *slabs = pen->galley->slabs;
    size_t count = pen->galley->slab_count;
    double bottom = pen->foot - foot_gap;
    pen->y = top_of(pen);
    for (size_t i = 0, end; i < count; i = end) {
        double height = 0;
        for (end = i; end < count; end++) {
            height += slabs[end].space + slabs[end].height;
            if (!slabs[end].keep)
                break;
        }
        end += end < count;
        if (slabs[i].breaks && pen->y > top_of(pen))
            turn_page(pen);
        else if (slabs[i].item_count && pen->y + height > bottom && pen->y > top_of(pen))
            turn_page_before(pen, i);
        for (size_t k = i; k < end; k++) {
            if (k > i && pen->y + slabs[k].space + slabs[k].height > bottom)
                turn_page_before(pen, k);
            place(pen, k);
        }
    }
    pen->page_count = pen->page + 1;
}

static void set_ink(Pen *pen, Ink ink) {
    const double *b = pen->brand;
    switch (ink) {
    case INK_text: cairo_set_source_rgb(pen->cr, 0.10, 0.11, 0.12); break;
    case INK_muted: cairo_set_source_rgb(pen->cr, 0.35, 0.36, 0.38); break;
    case INK_brand: cairo_set_source_rgb(pen->cr, b[0], b[1], b[2]); break;
    case INK_tint:
        cairo_set_source_rgb(pen->cr, 1 - (1 - b[0]) * 0.07, 1 - (1 - b[1]) * 0.07, 1 - (1 - b[2]) * 0.07);
        break;
    case INK_line: cairo_set_source_rgb(pen->cr, 0.72, 0.74, 0.76); break;
    }
}

static bool is_within(const Node *node, const Node *above) {
    for (; node; node = node->parent)
        if (node == above)
            return true;
    return false;
}

/* The one below `above` on the way to `node`; NULL: they are the same. */
static const Node *next_towards(const Node *node, const Node *above) {
    for (; node; node = node->parent)
        if (node != above && node->parent == above)
            return node;
    return NULL;
}

/* Closes and opens tags until `node` is the open one. */
static void go_to(Pen *pen, const Node *node) {
    for (; pen->open && !is_within(node, pen->open); pen->open = pen->open->parent)
        cairo_tag_end(pen->cr, pen->open->tag);
    for (const Node *next; (next = next_towards(node, pen->open)); pen->open = next)
        cairo_tag_begin(pen->cr, next->tag, NULL);
}

static void draw_item(Pen *pen, const Item *item, double top) {
    double x = pen->galley->margin + item->x, y = top + item->y;
    set_ink(pen, item->ink);
    switch (item->kind) {
    case ITEM_line:
        go_to(pen, item->node);
        cairo_save(pen->cr);
        cairo_translate(pen->cr, x, y);
        cairo_scale(pen->cr, item->squeeze, 1);
        cairo_move_to(pen->cr, 0, 0);
        pango_cairo_show_layout_line(pen->cr, item->line);
        cairo_restore(pen->cr);
        break;
    case ITEM_fill:
        go_to(pen, NULL);
        cairo_rectangle(pen->cr, x, y, item->w, item->h);
        cairo_fill(pen->cr);
        break;
    case ITEM_frame:
        go_to(pen, NULL);
        cairo_set_line_width(pen->cr, 0.7);
        cairo_rectangle(pen->cr, x, y, item->w, item->h);
        cairo_stroke(pen->cr);
        break;
    }
}

static void show(Pen *pen, PangoLayout *layout, double x, double y) {
    cairo_move_to(pen->cr, x, y);
    pango_cairo_show_layout(pen->cr, layout);
}

static PangoLayout *furniture(Pen *pen, const char *words, Face face, double width) {
    Inline line = inline_plain(pen->galley->arena, words ? words : "");
    if (face == FACE_logo)
        line = inline_bold(pen->galley->arena, line);
    return font_layout(pen->galley, line, face, width);
}

static void draw_head(Pen *pen) {
    Galley *galley = pen->galley;
    double x = galley->margin, width = galley->width;
    const char *logo = galley->paper->logo_name;
    bool is_first = pen->page == 0 && logo && *logo;
    if (!is_first && text_is_empty(galley->paper->header))
        return;
    PangoLayout *words = furniture(pen, is_first ? logo : galley->paper->header,
                                   is_first ? FACE_logo : FACE_running, width);
    pango_layout_set_ellipsize(words, PANGO_ELLIPSIZE_END);
    set_ink(pen, is_first ? INK_brand : INK_muted);
    show(pen, words, x, is_first ? 36 : 38);
    set_ink(pen, INK_brand);
    cairo_rectangle(pen->cr, x, is_first ? 61 : 52, width, is_first ? 1.6 : 0.6);
    cairo_fill(pen->cr);
}

static PangoLayout *foot_words(Pen *pen) {
    double numbers = 60;
    PangoLayout *words = furniture(pen, pen->galley->paper->footer, FACE_running,
                                   pen->galley->width - numbers);
    pango_layout_set_line_spacing(words, 1.15f);
    return words;
}

static void find_foot(Pen *pen) {
    int height;
    pango_layout_get_size(foot_words(pen), NULL, &height);
    pen->foot = pen->galley->page_height - page_end - height / (double)PANGO_SCALE;
}

static void draw_foot(Pen *pen) {
    Galley *galley = pen->galley;
    double y = pen->foot;
    const char *page = arena_print(galley->arena, "page %d / %d", pen->page + 1, pen->page_count);
    PangoLayout *words = foot_words(pen);
    set_ink(pen, INK_line);
    cairo_rectangle(pen->cr, galley->margin, y - 6, galley->width, 0.5);
    cairo_fill(pen->cr);
    set_ink(pen, INK_muted);
    show(pen, words, galley->margin, y);
    PangoLayout *number = furniture(pen, page, FACE_running, -1);
    int width;
    pango_layout_get_size(number, &width, NULL);
    show(pen, number, galley->margin + galley->width - width / (double)PANGO_SCALE, y);
}

/* First the grounds of all slabs, then words: a ground never covers a neighbour's letters. */
static void draw_body(Pen *pen) {
    for (int is_words = 0; is_words < 2; is_words++)
        for (size_t i = 0; i < pen->placed_count; i++) {
            const Slab *slab = &pen->galley->slabs[pen->placed[i].slab];
            if (pen->placed[i].page != pen->page)
                continue;
            for (size_t k = 0; k < slab->item_count; k++)
                if ((slab->items[k].kind == ITEM_line) == is_words)
                    draw_item(pen, &slab->items[k], pen->placed[i].y);
        }
    go_to(pen, NULL);
}

static cairo_status_t sink(void *text, const unsigned char *p, unsigned n) {
    text_add_n(text, (const char *)p, n);
    return CAIRO_STATUS_SUCCESS;
}

static void describe(const Galley *galley, cairo_surface_t *surface) {
    const PdfPaper *paper = galley->paper;
    const char *made = instant_iso(galley->arena, paper->made_at);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, paper->title ? paper->title : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, paper->author ? paper->author : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, paper->subject ? paper->subject : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Quitus");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made);
}

static void read_brand(Pen *pen) {
    const char *brand = pen->galley->paper->brand;
    unsigned long rgb = brand && strlen(brand) == 7 ? strtoul(brand + 1, NULL, 16) : 0x0b5a4a;
    pen->brand[0] = (double)(rgb >> 16 & 255) / 255;
    pen->brand[1] = (double)(rgb >> 8 & 255) / 255;
    pen->brand[2] = (double)(rgb & 255) / 255;
}

Bytes draw_pages(Galley *galley) {
    Text out = text_new(galley->arena);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(sink, &out, galley->page_width,
                                                                   galley->page_height);
    Pen pen = { .galley = galley, .cr = cairo_create(surface) };
    describe(galley, surface);
    read_brand(&pen);
    find_foot(&pen);
    place_all(&pen);
    for (pen.page = 0; pen.page < pen.page_count; pen.page++) {
        draw_head(&pen);
        draw_body(&pen);
        draw_foot(&pen);
        cairo_show_page(pen.cr);
    }
    cairo_destroy(pen.cr);
    cairo_surface_finish(surface);
    bool is_good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return is_good ? text_bytes(&out) : (Bytes){ NULL, 0 };
}
