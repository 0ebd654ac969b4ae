#include <hyphen.h>
#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "typeset.h"

#define FOLDER     "/usr/share/fonts/truetype/lato/"
#define DICTIONARY "/usr/share/hyphen/hyph_fr.dic"
#define SOFT       "\u00ad"

/* The only fonts there are: nothing else can take the place of a glyph that Lato lacks. */
static const char *const faces[] = { FOLDER "Lato-Regular.ttf", FOLDER "Lato-Bold.ttf",
                                     FOLDER "Lato-Italic.ttf", FOLDER "Lato-BoldItalic.ttf" };

static const struct {
    double size, leading;
} metrics[FACE_COUNT] = {
    [FACE_body] = { 10, 14.4 },      [FACE_small] = { 8.2, 11.4 },
    [FACE_large] = { 11.4, 17 },     [FACE_h1] = { 20, 25 },
    [FACE_h2] = { 12.4, 16.6 },      [FACE_h3] = { 10.4, 14.6 },
    [FACE_cell] = { 9.4, 13 },       [FACE_head] = { 8.8, 12.4 },
    [FACE_cell_small] = { 8, 10.8 }, [FACE_head_small] = { 7.8, 10.6 },
    [FACE_logo] = { 15, 19 },        [FACE_running] = { 7.6, 10.4 },
};

static PangoFontMap *map;
static HyphenDict *dictionary;
static const char *missing;

void font_start(void) {
    if (map)
        return;
    FcConfig *config = FcConfigCreate();
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)faces[i]))
            missing = "La police Lato manque sur cette machine : installez le paquet fonts-lato.";
    map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    dictionary = hnj_hyphen_load(DICTIONARY);
}

const char *font_missing(void) { return missing; }

PangoContext *font_context(void) {
    PangoContext *context = pango_font_map_create_context(map);
    pango_context_set_language(context, pango_language_from_string("fr"));
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    return context;
}

double font_size(Face face) { return metrics[face].size; }
double font_leading(Face face) { return metrics[face].leading; }

/* Capitals are 0.72 of the size: they stand in the middle of the line. */
double font_baseline(Face face) { return metrics[face].leading / 2 + metrics[face].size * 0.36; }

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to) {
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

static PangoAttrList *attributes(Inline words) {
    PangoAttrList *list = pango_attr_list_new();
    for (size_t i = 0, end; i < words.n; i = end) {
        for (end = i; end < words.n && words.flags[end] == words.flags[i];)
            end++;
        if (words.flags[i] & FLAG_bold)
            add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), i, end);
        if (words.flags[i] & FLAG_italic)
            add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), i, end);
    }
    return list;
}

/* Names the first character that Lato cannot print. */
static void refuse_glyph(Galley *galley, PangoLayout *layout) {
    const char *text = pango_layout_get_text(layout);
    PangoFont *font = pango_context_load_font(galley->context, pango_layout_get_font_description(layout));
    for (const char *p = text; *p && !galley->why; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\n' || pango_font_has_char(font, c))
            continue;
        char shown[8] = "?";
        if (g_unichar_isprint(c))
            shown[g_unichar_to_utf8(c, shown)] = '\0';
        galley->why = arena_print(
            galley->arena,
            "Le caractère « %s » (U+%04X) ne peut pas être imprimé : la police du document "
            "ne le possède pas.",
            shown, (unsigned)c);
    }
    if (!galley->why)
        galley->why = "Un caractère de ce texte ne peut pas être imprimé.";
    g_object_unref(font);
}

void font_check(Galley *galley) {
    for (guint i = 0; i < galley->layouts->len && !galley->why; i++) {
        PangoLayout *layout = g_ptr_array_index(galley->layouts, i);
        if (pango_layout_get_unknown_glyphs_count(layout) > 0)
            refuse_glyph(galley, layout);
    }
}

PangoLayout *font_layout(Galley *galley, Inline words, Face face, double width) {
    PangoLayout *layout = pango_layout_new(galley->context);
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, "Lato");
    pango_font_description_set_absolute_size(description, metrics[face].size * PANGO_SCALE);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, words.text, (int)words.n);
    PangoAttrList *list = attributes(words);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_font_description_free(description);
    g_ptr_array_add(galley->layouts, layout);
    return layout;
}

/* Room for the copy with soft hyphens: at most one per letter. */
typedef struct Copy {
    char *text;
    unsigned char *flags;
    size_t n;
} Copy;

static void copy_bytes(Copy *copy, const Inline *from, size_t at, size_t n) {
    memcpy(copy->text + copy->n, from->text + at, n);
    memcpy(copy->flags + copy->n, from->flags + at, n);
    copy->n += n;
}

/* One run of letters: at least three on each side of a hyphen. */
static void hyphenate_run(Copy *copy, const Inline *from, size_t at, size_t n) {
    enum { LONGEST = 100 };
    char marks[LONGEST + 5];
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    if (n > LONGEST || g_unichar_isupper(g_utf8_get_char(from->text + at)) ||
        hnj_hyphen_hyphenate2(dictionary, from->text + at, (int)n, marks, NULL, &rep, &pos, &cut) != 0) {
        copy_bytes(copy, from, at, n);
        return;
    }
    long letters = g_utf8_strlen(from->text + at, (gssize)n);
    for (size_t i = 0, letter = 0; i < n; letter++) {
        size_t width = (size_t)(g_utf8_next_char(from->text + at + i) - (from->text + at + i));
        copy_bytes(copy, from, at + i, width);
        i += width;
        bool is_changed = rep && rep[letter]; /* some languages write a cut word differently */
        if (!is_changed && (marks[letter] & 1) && letter >= 2 && letters - (long)letter > 3) {
            memcpy(copy->text + copy->n, SOFT, 2);
            memset(copy->flags + copy->n, from->flags[at + i - 1], 2);
            copy->n += 2;
        }
    }
    for (size_t i = 0; rep && i < n; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}

/* Addresses of mail and web, references and numbers are left whole. */
static bool is_code(const char *token, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strchr("@/_0123456789", token[i]))
            return true;
    return false;
}

static void hyphenate_token(Copy *copy, const Inline *from, size_t at, size_t n) {
    enum { SHORTEST = 7 };
    for (size_t i = 0, end; i < n; i = end) {
        size_t letters = 0;
        for (end = i; end < n && g_unichar_isalpha(g_utf8_get_char(from->text + at + end)); letters++)
            end += (size_t)(g_utf8_next_char(from->text + at + end) - (from->text + at + end));
        if (end == i)
            end += (size_t)(g_utf8_next_char(from->text + at + i) - (from->text + at + i));
        if (letters >= SHORTEST)
            hyphenate_run(copy, from, at + i, end - i);
        else
            copy_bytes(copy, from, at + i, end - i);
    }
}

static Inline hyphenate(Arena *arena, Inline words) {
    Copy copy = { arena_zero(arena, words.n * 3 + 1, 1), arena_zero(arena, words.n * 3 + 1, 1), 0 };
    for (size_t i = 0, end; i < words.n; i = end) {
        end = i + strcspn(words.text + i, " \n");
        if (end == i)
            copy_bytes(&copy, &words, i, 1), end++;
        else if (is_code(words.text + i, end - i))
            copy_bytes(&copy, &words, i, end - i);
        else
            hyphenate_token(&copy, &words, i, end - i);
    }
    return (Inline){ copy.text, copy.flags, copy.n };
}

static bool is_hyphen(Inline words, size_t at) {
    return at + 2 <= words.n && memcmp(words.text + at, SOFT, 2) == 0;
}

/* Only the hyphens that end a line stay: the others are noise for whoever copies the text or listens to it.
 */
static Inline drop_idle_hyphens(Arena *arena, Inline words, PangoLayout *layout) {
    Copy copy = { arena_zero(arena, words.n + 1, 1), arena_zero(arena, words.n + 1, 1), 0 };
    for (GSList *at = pango_layout_get_lines_readonly(layout); at; at = at->next) {
        const PangoLayoutLine *line = at->data;
        size_t start = (size_t)line->start_index, end = start + (size_t)line->length;
        for (size_t i = start; i < end;) {
            size_t step = is_hyphen(words, i) ? 2 : 1;
            if (step == 1 || i + step == end)
                copy_bytes(&copy, &words, i, step);
            i += step;
        }
        if (end < words.n && words.text[end] == '\n')
            copy_bytes(&copy, &words, end, 1);
    }
    return (Inline){ copy.text, copy.flags, copy.n };
}

bool font_is_loose(PangoLayout *layout, double slack) {
    int room = (int)(pango_layout_get_width(layout) * (1 - slack));
    for (GSList *at = pango_layout_get_lines_readonly(layout); at && at->next; at = at->next) {
        const PangoLayoutLine *next = at->next->data;
        PangoRectangle logical;
        pango_layout_line_get_extents(at->data, NULL, &logical);
        if (!next->is_paragraph_start && logical.width < room)
            return true;
    }
    return false;
}

PangoLayout *font_paragraph(Galley *galley, Inline words, Face face, double width, double slack) {
    PangoLayout *whole = font_layout(galley, words, face, width);
    if (!dictionary || !font_is_loose(whole, slack))
        return whole;
    Inline cut = hyphenate(galley->arena, words);
    PangoLayout *layout = font_layout(galley, cut, face, width);
    return font_layout(galley, drop_idle_hyphens(galley->arena, cut, layout), face, width);
}

/* Blanks of a line that may grow; the last one is white before the margin. Adds `more` to each, and one unit
 * to the first `rest` of them. */
static int stretch_blanks(PangoLayoutLine *line, const char *text, int more, int rest) {
    int blanks = 0, end = line->start_index + line->length;
    for (GSList *run = line->runs; run; run = run->next) {
        PangoGlyphItemIter at;
        PangoGlyphItem *glyphs = run->data;
        for (gboolean has = pango_glyph_item_iter_init_start(&at, glyphs, text); has;
             has = pango_glyph_item_iter_next_cluster(&at)) {
            if (text[at.start_index] != ' ' || at.start_index + 1 >= end)
                continue;
            glyphs->glyphs->glyphs[at.start_glyph].geometry.width += more + (blanks < rest);
            blanks++;
        }
    }
    return blanks;
}

void font_justify(PangoLayout *layout) {
    const char *text = pango_layout_get_text(layout);
    for (GSList *at = pango_layout_get_lines(layout); at && at->next; at = at->next) {
        const PangoLayoutLine *next = at->next->data;
        PangoRectangle logical;
        pango_layout_line_get_extents(at->data, NULL, &logical);
        int room = pango_layout_get_width(layout) - logical.width,
            blanks = stretch_blanks(at->data, text, 0, 0);
        if (!next->is_paragraph_start && room > 0 && blanks > 0)
            stretch_blanks(at->data, text, room / blanks, room % blanks);
    }
}

static int x_of(PangoLayout *layout, size_t at) {
    PangoRectangle place;
    pango_layout_index_to_pos(layout, (int)at, &place);
    return place.x;
}

double font_longest_word(PangoLayout *layout) {
    const char *text = pango_layout_get_text(layout);
    int count, longest = 0;
    const PangoLogAttr *breaks = pango_layout_get_log_attrs_readonly(layout, &count);
    size_t start = 0, at = 0;
    for (int i = 0; i < count; i++) {
        if (i == count - 1 || breaks[i].is_line_break) {
            size_t end = at;
            while (end > start && strchr(" \n", text[end - 1]))
                end--;
            int width = x_of(layout, end) - x_of(layout, start);
            longest = width > longest ? width : longest;
            start = at;
        }
        at += text[at] ? (size_t)(g_utf8_next_char(text + at) - (text + at)) : 0;
    }
    return longest / (double)PANGO_SCALE;
}
