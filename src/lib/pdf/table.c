#include <string.h>

#include <cmark-gfm-core-extensions.h>

#include "typeset.h"

typedef struct Cell {
    Inline words;
    PangoLayout *layout;
    double width; /* when not wrapped */
    int lines;
} Cell;

typedef struct Column {
    char align; /* 'l', 'c', 'r' or 0 as cmark says */
    double least, wished, width;
} Column;

/* A table whose head is empty is a list of facts: key, value. */
typedef struct Table {
    Galley *galley;
    const TableStyle *style;
    const Node *node;
    Cell *cells; /* row by row */
    size_t rows, columns;
    Column *column;
    bool is_facts;
    size_t head; /* number of its slab + 1 */
} Table;

static const double pad = 6, row_pad = 3.7, fact_pad = 2.8, signing_height = 34;
/* Short tables are never cut. */
enum { WHOLE_ROWS = 7 };

static bool is_head(const Table *table, size_t row) { return row == 0 && !table->is_facts; }

static double row_pad_of(const Table *table) { return table->is_facts ? fact_pad : row_pad; }

static Face face_of(const Table *table, size_t row) {
    if (table->style->is_small)
        return is_head(table, row) ? FACE_head_small : FACE_cell_small;
    return is_head(table, row) ? FACE_head : FACE_cell;
}

static Cell *cell_at(const Table *table, size_t row, size_t column) {
    return &table->cells[row * table->columns + column];
}

bool table_is_facts(cmark_node *node) {
    for (cmark_node *x = cmark_node_first_child(cmark_node_first_child(node)); x; x = cmark_node_next(x))
        if (cmark_node_first_child(x))
            return false;
    return true;
}

static void read_cells(Table *table, cmark_node *node) {
    Arena *arena = table->galley->arena;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row))
        table->rows++;
    table->cells = arena_zero(arena, table->rows * table->columns, sizeof *table->cells);
    size_t r = 0;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row), r++) {
        size_t c = 0;
        for (cmark_node *x = cmark_node_first_child(row); x && c < table->columns;
             x = cmark_node_next(x), c++) {
            Inline words = inline_of(arena, x, " ");
            cell_at(table, r, c)->words = r == 0 ? inline_bold(arena, words) : words;
        }
    }
}

static PangoAlignment align_of(const Column *column) {
    return column->align == 'r'   ? PANGO_ALIGN_RIGHT
           : column->align == 'c' ? PANGO_ALIGN_CENTER
                                  : PANGO_ALIGN_LEFT;
}

static void measure(Table *table) {
    for (size_t r = table->is_facts; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++) {
            Cell *cell = cell_at(table, r, c);
            Column *column = &table->column[c];
            int width;
            cell->layout = font_layout(table->galley, cell->words, face_of(table, r), -1);
            pango_layout_get_size(cell->layout, &width, NULL);
            double wished = width / (double)PANGO_SCALE + 0.5, least = font_longest_word(cell->layout) + 0.5;
            column->wished = wished > column->wished ? wished : column->wished;
            column->least = least > column->least ? least : column->least;
            cell->width = wished;
        }
}

/* Columns that are centred look alike: equally wide. */
static void level_centred(Table *table) {
    double wished = 0, least = 0;
    for (size_t c = 0; c < table->columns; c++)
        if (table->column[c].align == 'c') {
            wished = table->column[c].wished > wished ? table->column[c].wished : wished;
            least = table->column[c].least > least ? table->column[c].least : least;
        }
    for (size_t c = 0; c < table->columns; c++)
        if (table->column[c].align == 'c') {
            table->column[c].wished = wished;
            table->column[c].least = least;
        }
}

/* Who takes the room that is left: the columns of text, and in a list of facts the values. */
static bool is_elastic(const Table *table, size_t c, bool has_text) {
    if (table->is_facts)
        return c == table->columns - 1;
    return !has_text || table->column[c].align == 'l' || table->column[c].align == 0;
}

static void share_spare(Table *table, double spare) {
    bool has_text = false;
    double elastic = 0;
    for (size_t c = 0; c < table->columns; c++)
        has_text = has_text || table->column[c].align == 'l' || table->column[c].align == 0;
    if (table->style->is_grid)
        has_text = false;
    for (size_t c = 0; c < table->columns; c++)
        elastic += is_elastic(table, c, has_text) ? table->column[c].wished + 1 : 0;
    for (size_t c = 0; c < table->columns; c++) {
        Column *column = &table->column[c];
        column->width = column->wished;
        if (is_elastic(table, c, has_text))
            column->width += spare * (column->wished + 1) / elastic;
    }
}

/* Between the longest word and the longest line of each column. */
static void find_widths(Table *table) {
    double room = table->style->width - 2 * pad * (double)table->columns, wished = 0, least = 0;
    level_centred(table);
    if (table->is_facts && table->column[0].wished < room * 0.4)
        table->column[0].least = table->column[0].wished;
    for (size_t c = 0; c < table->columns; c++) {
        wished += table->column[c].wished;
        least += table->column[c].least;
    }
    if (wished <= room) {
        share_spare(table, room - wished);
        return;
    }
    for (size_t c = 0; c < table->columns; c++) {
        Column *column = &table->column[c];
        if (least < room)
            column->width = column->least +
                            (room - least) * (column->wished - column->least) / (wished - least);
        else
            column->width = room * column->least / least;
    }
}

static void wrap_cells(Table *table) {
    for (size_t r = table->is_facts; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++) {
            Cell *cell = cell_at(table, r, c);
            Column *column = &table->column[c];
            double slack = is_head(table, r) || align_of(column) != PANGO_ALIGN_LEFT ? 1 : 0.35;
            if (cell->width > column->width)
                cell->layout = font_paragraph(table->galley, cell->words, face_of(table, r), column->width,
                                              slack);
            cell->lines = pango_layout_get_line_count(cell->layout);
        }
}

static void put_ground(Table *table, Slab *slab, size_t row) {
    const TableStyle *style = table->style;
    Item ground = { ITEM_fill, INK_tint, style->left, 0, style->width, slab->height, .squeeze = 1 };
    if (is_head(table, row))
        layout_item(table->galley, slab, ground);
    double thickness = is_head(table, row) ? 0.9 : 0.4;
    ground = (Item){ ITEM_fill,    is_head(table, row) ? INK_brand : INK_line,
                     style->left,  slab->height - thickness,
                     style->width, thickness,
                     .squeeze = 1 };
    layout_item(table->galley, slab, ground);
    if (!style->is_grid)
        return;
    double x = style->left;
    for (size_t c = 0; c <= table->columns; c++) {
        layout_item(table->galley, slab,
                    (Item){ ITEM_fill, INK_line, x, 0, 0.4, slab->height, .squeeze = 1 });
        x += c < table->columns ? table->column[c].width + 2 * pad : 0;
    }
}

/* Lines from..to of all cells of a row on one slab. */
static void put_row(Table *table, size_t row, int from, int to) {
    Galley *galley = table->galley;
    Face face = face_of(table, row);
    const Node *node = layout_node(galley, "TR", table->node);
    double height = font_leading(face) * (to - from) + 2 * row_pad_of(table), x = table->style->left + pad;
    if (table->style->is_grid && !is_head(table, row) && height < signing_height)
        height = signing_height;
    Slab *slab = layout_slab(galley, row == (size_t)table->is_facts && from == 0 ? 7 : 0, height);
    slab->head = is_head(table, row) ? 0 : table->head;
    slab->keep = is_head(table, row) || row + 2 == table->rows ||
                 (table->rows <= WHOLE_ROWS && row + 1 < table->rows);
    put_ground(table, slab, row);
    for (size_t c = 0; c < table->columns; c++) {
        Cell *cell = cell_at(table, row, c);
        const Node *leaf = layout_node(galley, is_head(table, row) ? "TH" : "TD", node);
        bool is_key = table->is_facts && c == 0;
        for (int n = from; n < to && n < cell->lines; n++) {
            Item where = { .ink = is_key ? INK_muted : INK_text,
                           .x = x,
                           .w = table->column[c].width,
                           .node = leaf,
                           .align = align_of(&table->column[c]),
                           .y = row_pad_of(table) + font_leading(face) * (n - from) + font_baseline(face) };
            layout_line(galley, slab, cell->layout, n, &where);
        }
        x += table->column[c].width + 2 * pad;
    }
    if (is_head(table, row))
        table->head = galley->slab_count;
}

/* A row is cut only when it is higher than half a page. */
static void put_rows(Table *table) {
    for (size_t r = table->is_facts; r < table->rows; r++) {
        int lines = 1, piece = (int)(table->galley->page_height / 2 / font_leading(face_of(table, r)));
        for (size_t c = 0; c < table->columns; c++)
            lines = cell_at(table, r, c)->lines > lines ? cell_at(table, r, c)->lines : lines;
        for (int from = 0; from < lines; from += piece)
            put_row(table, r, from, from + piece < lines ? from + piece : lines);
    }
}

void table_lay(Galley *galley, cmark_node *node, const TableStyle *style) {
    Table table = { .galley = galley,
                    .style = style,
                    .node = layout_node(galley, "Table", style->parent),
                    .columns = cmark_gfm_extensions_get_table_columns(node) };
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(node);
    table.column = arena_zero(galley->arena, table.columns, sizeof *table.column);
    for (size_t c = 0; c < table.columns; c++)
        table.column[c].align = (char)aligns[c];
    table.is_facts = table_is_facts(node);
    read_cells(&table, node);
    measure(&table);
    find_widths(&table);
    wrap_cells(&table);
    put_rows(&table);
    layout_slab(galley, 0, 5);
}
