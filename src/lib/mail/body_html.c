/* The HTML body: mail readers know no style sheet, so each element carries its own style. */
#include <string.h>

#include "html.h"
#include "mail_body.h"
#include "mail_markdown.h"
#include "text.h"

#define INK    "#17202b"
#define GREY   "#515c6b"
#define LINE   "#ddd8cc"
#define GROUND "#f8f6f1"

/* One piece of Markdown on its way to HTML. */
typedef struct Piece {
    Html *html;
    const char *colour;
    const char *paragraph; /* style of its paragraphs */
    bool is_button;        /* inside the paragraph that is one */
    int column;
} Piece;

static void open_style(Piece *piece, const char *element, const char *style) {
    html_raw(piece->html, "<");
    html_raw(piece->html, element);
    html_raw(piece->html, " style=\"");
    html_raw(piece->html, style);
    html_raw(piece->html, "\">");
}

static void paragraph(Piece *piece, cmark_node *node, bool enters) {
    if (mail_is_tight(node))
        return;
    if (!enters) {
        html_raw(piece->html, "</p>");
        piece->is_button = false;
    } else if (mail_is_badge(node)) {
        open_style(piece, "p",
                   "display:inline-block;margin:0 0 10px;background:#dff2e5;color:#145c35;font-weight:700;"
                   "border-radius:99px;padding:2px 12px");
    } else if (mail_is_button(node)) {
        piece->is_button = true;
        open_style(piece, "p", "margin:20px 0");
    } else {
        bool is_quoted = cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_BLOCK_QUOTE;
        open_style(piece, "p", is_quoted ? "margin:4px 0" : piece->paragraph);
    }
}

static void link_to(Piece *piece, cmark_node *node, bool enters) {
    const char *url = cmark_node_get_url(node);
    if (!mail_is_safe_link(url))
        return;
    if (!enters) {
        html_raw(piece->html, "</a>");
        return;
    }
    html_raw(piece->html, "<a href=\"");
    html_text(piece->html, url);
    html_raw(piece->html, piece->is_button
                              ? "\" style=\"display:inline-block;color:#fff;text-decoration:none;"
                                "font-weight:700;border-radius:99px;padding:13px 24px;background:"
                          : text_starts(url, "tel:") ? "\" style=\"white-space:nowrap;color:"
                                                     : "\" style=\"color:");
    html_text(piece->html, piece->colour);
    html_raw(piece->html, "\">");
}

/* Facts: what at the left in grey, how much at the right. */
static void cell(Piece *piece, cmark_node *node, bool enters) {
    bool is_head = mail_block(cmark_node_parent(node)) == MAIL_HEAD;
    if (!enters) {
        html_raw(piece->html, "</td>");
        piece->column++;
    } else if (is_head) {
        open_style(piece, "td", "padding:8px 0;font-weight:700");
    } else if (piece->column == 0) {
        open_style(piece, "td",
                   "padding:8px 12px 8px 0;vertical-align:top;border-top:1px solid " LINE ";color:" GREY);
    } else {
        open_style(piece, "td",
                   "padding:8px 0;border-top:1px solid " LINE ";text-align:right;font-weight:600");
    }
}

static void table(Piece *piece, cmark_node *node, bool enters) {
    switch (mail_block(node)) {
    case MAIL_TABLE:
        html_raw(piece->html, enters ? "<table role=\"presentation\" width=\"100%\" style=\"border-collapse:"
                                       "collapse;font-size:17px;margin:0 0 16px\">"
                                     : "</table>");
        break;
    case MAIL_HEAD:
    case MAIL_ROW:
        piece->column = 0;
        html_raw(piece->html, enters ? "<tr>" : "</tr>");
        break;
    case MAIL_CELL: cell(piece, node, enters); break;
    case MAIL_OTHER: break;
    }
}

static void element(Piece *piece, const char *name, const char *style, bool enters) {
    if (enters) {
        open_style(piece, name, style);
    } else {
        html_raw(piece->html, "</");
        html_raw(piece->html, name);
        html_raw(piece->html, ">");
    }
}

static void list(Piece *piece, cmark_node *node, bool enters) {
    element(piece, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul",
            "margin:0 0 16px;padding-left:22px", enters);
}

static void put(Piece *piece, cmark_node *node, bool enters) {
    Html *h = piece->html;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: html_text(h, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK: html_raw(h, "\n"); break;
    case CMARK_NODE_LINEBREAK: html_raw(h, "<br>"); break;
    case CMARK_NODE_STRONG: html_raw(h, enters ? "<b>" : "</b>"); break;
    case CMARK_NODE_EMPH: html_raw(h, enters ? "<i>" : "</i>"); break;
    case CMARK_NODE_LINK: link_to(piece, node, enters); break;
    case CMARK_NODE_PARAGRAPH: paragraph(piece, node, enters); break;
    case CMARK_NODE_HEADING:
        if (cmark_node_get_heading_level(node) == 1)
            element(piece, "h1", "font-size:25px;line-height:1.2;margin:0 0 12px", enters);
        else
            element(piece, "h2", "font-size:19px;line-height:1.3;margin:16px 0 8px", enters);
        break;
    case CMARK_NODE_LIST: list(piece, node, enters); break;
    case CMARK_NODE_ITEM: element(piece, "li", "margin:0 0 6px", enters); break;
    case CMARK_NODE_BLOCK_QUOTE:
        element(piece, "blockquote", "margin:0 0 16px;border-left:4px solid #dd9c17;padding:2px 0 2px 14px",
                enters);
        break;
    default: table(piece, node, enters);
    }
}

static void put_markdown(Piece *piece, const char *markdown) {
    cmark_node *root = mail_markdown(markdown);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && mail_is_empty_head(node))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        else
            put(piece, node, event == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

static void put_top(Html *h, const MailPage *page) {
    html_raw(h, "<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width\">"
                "<meta name=\"color-scheme\" content=\"light\"><title>");
    html_text(h, page->title);
    html_raw(h, "</title></head>\n<body style=\"margin:0;background:" GROUND
                ";font-family:system-ui,-apple-system,"
                "Segoe UI,Roboto,Arial,sans-serif;font-size:17px;line-height:1.5;color:" INK "\">"
                "<div style=\"display:none;max-height:0;overflow:hidden\">");
    html_text(h, page->preheader);
    html_raw(
        h,
        "</div>\n<div role=\"article\" lang=\"fr\" style=\"max-width:560px;margin:0 auto;padding:24px 16px\">"
        "<p style=\"margin:0 0 16px;font-weight:700\">");
    html_text(h, page->brand);
    html_raw(h, "</p>\n<div style=\"background:#fff;border:1px solid " LINE
                ";border-radius:14px;padding:24px\">\n");
}

char *mail_body_html(Arena *arena, const MailPage *page) {
    Html h = { .out = text_new(arena), .arena = arena };
    Piece piece = { .html = &h, .colour = text_is_empty(page->colour) ? "#0b5a4a" : page->colour };
    put_top(&h, page);
    piece.paragraph = "margin:0 0 16px";
    put_markdown(&piece, page->body);
    piece.paragraph = "margin:14px 0 0;font-size:14px;color:" GREY;
    put_markdown(&piece, page->note);
    html_raw(&h, "</div>\n");
    put_markdown(&piece, page->footer);
    html_raw(&h, "</div></body></html>\n");
    return h.out.p;
}
