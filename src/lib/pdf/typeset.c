#include <cmark-gfm-core-extensions.h>

#include "typeset.h"

void pdf_start(void) {
    cmark_gfm_core_extensions_ensure_registered();
    font_start();
}

/* A4 in points. */
static const double short_side = 595.28, long_side = 841.89;

bool pdf_typeset(Arena *arena, const char *markdown, const PdfPaper *paper, Bytes *ret,
                 const char **ret_why) {
    pdf_start();
    if (font_missing()) {
        *ret_why = font_missing();
        return false;
    }
    gchar *composed = g_utf8_normalize(markdown, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    if (!composed) {
        *ret_why = "Le texte du document n’est pas de l’UTF-8 valide.";
        return false;
    }
    Galley galley = {
        .arena = arena, .paper = paper, .context = font_context(), .margin = paper->is_landscape ? 42 : 60
    };
    galley.layouts = g_ptr_array_new_with_free_func(g_object_unref);
    galley.page_width = paper->is_landscape ? long_side : short_side;
    galley.page_height = paper->is_landscape ? short_side : long_side;
    galley.width = galley.page_width - 2 * galley.margin;
    layout_flow(&galley, composed);
    Bytes drawn = draw_pages(&galley);
    font_check(&galley);
    bool is_done = !galley.why && drawn.n && join_finish(arena, drawn, ret);
    if (!is_done)
        *ret_why = galley.why ? galley.why : "Le PDF n’a pas pu être écrit.";
    g_ptr_array_free(galley.layouts, TRUE);
    g_object_unref(galley.context);
    g_free(composed);
    return is_done;
}
