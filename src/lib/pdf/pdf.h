/* pdf.h - Markdown to a typeset, tagged A4 PDF with embedded fonts (cmark-gfm, Pango, Cairo,
 * libhyphen, Lato).
 *
 * Markdown as GFM, plus lines in HTML comments:
 *   <!-- signatures: Pour l'organisme | Pour l'entreprise -->     boxes side by side
 *   <!-- small --> or <!-- large --> ... <!-- normal -->           small print, smaller tables; larger words
 *   <!-- pagebreak -->
 *   <!-- right --> before a paragraph                              aligned right
 *   <!-- address --> before a paragraph                            addressee at the right, facts beside
 *   <!-- grid --> before a table                                   ruled, rows high enough to sign by hand
 * A table whose head is empty is a list of facts; "- [x]" prints a ticked box; "> " a tinted note. The first
 * line of a signature box may be bold and <br> begins another. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct PdfPaper {
    const char *title, *author, *subject; /* metadata */
    const char *header;                   /* organisation, small, top of page 2 and after */
    const char *footer;                   /* bottom of every page, beside "page 1 / 3" */
    const char *logo_name;                /* organisation's name at the top of page 1, "" for none */
    const char *brand;                    /* #0b5a4a */
    bool        is_landscape;             /* attendance sheets */
    Instant     made_at;
} PdfPaper;

void pdf_start(void); /* fonts and hyphenation loaded once per process */
/* The bytes live in the arena. Refuses (false, *ret_why) a glyph that no embedded font has. */
bool pdf_typeset(Arena *arena, const char *markdown, const PdfPaper *paper, Bytes *ret, const char **ret_why);
/* Several PDFs one after the other (qpdf). */
bool pdf_join(Arena *arena, const Bytes *parts, size_t count, const char *title, Bytes *ret,
              const char **ret_why);
int  pdf_pages(Bytes pdf); /* 0: not a PDF */
