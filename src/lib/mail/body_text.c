/* The plain text body: what people see whose reader shows no HTML. */
#include <glib.h>
#include <string.h>

#include "mail_body.h"
#include "mail_markdown.h"
#include "text.h"

enum { WIDTH = 72, DEEPEST = 8 };

/* One of the lists we are in. */
typedef struct List {
    int indent, number; /* 0: bullets */
} List;

typedef struct Writer {
    Text out;
    Text line;        /* the words of the block at hand */
    int indent;       /* blanks before every line */
    const char *mark; /* "- " before the first line of an item, "" afterwards */
    List lists[DEEPEST];
    int depth;
    size_t label;  /* where the words of a link begin */
    bool is_close; /* no blank line before the next block */
} Writer;

static void add_blanks(Text *text, int n) {
    for (int i = 0; i < n; i++)
        text_add_char(text, ' ');
}

/* Up to the next blank, but groups of digits stay together: a telephone, an IBAN, a sum. */
static const char *word_end(const char *at) {
    const char *end = at + strcspn(at, " \n");
    while (*end == ' ' && end > at && g_ascii_isdigit(end[-1]) && g_ascii_isdigit(end[1]))
        end += 1 + strcspn(end + 1, " \n");
    return end;
}

/* One paragraph, cut at blanks; a word longer than a line (an address) has a line of its own. */
static void put_wrapped(Writer *w, const char *words) {
    int hang = w->indent + (int)strlen(w->mark);
    size_t room = (size_t)(WIDTH - hang), used = 0;
    add_blanks(&w->out, w->indent);
    text_add(&w->out, w->mark);
    for (const char *at = words; *at;) {
        const char *end = word_end(at);
        char *word = arena_copy_n(w->out.arena, at, (size_t)(end - at));
        size_t n = text_length(word);
        if (used && used + 1 + n > room) {
            text_add_char(&w->out, '\n');
            add_blanks(&w->out, hang);
            used = 0;
        }
        if (used && n)
            text_add_char(&w->out, ' ');
        text_add(&w->out, word);
        used += n + (used && n ? 1 : 0);
        if (*end == '\n') {
            text_add_char(&w->out, '\n');
            add_blanks(&w->out, end[1] ? hang : 0);
            used = 0;
        }
        at = *end ? end + 1 : end;
    }
    text_add_char(&w->out, '\n');
}

static void end_block(Writer *w) {
    if (!w->line.n)
        return;
    if (w->out.n && !w->is_close)
        text_add_char(&w->out, '\n');
    put_wrapped(w, w->line.p);
    if (*w->mark)
        w->indent += (int)strlen(w->mark); /* what else the item says stands under its words */
    w->mark = "";
    w->line = text_new(w->out.arena);
    w->is_close = false;
}

/* "Voir le dossier : https://..." unless the words are the address already. */
static void link_to(Writer *w, cmark_node *node, bool enters) {
    const char *url = cmark_node_get_url(node);
    if (enters) {
        w->label = w->line.n;
        return;
    }
    if (!mail_is_safe_link(url))
        return;
    const char *label = w->line.n ? w->line.p + w->label : "", *shown = strchr(url, ':') + 1;
    bool is_call = text_starts(url, "tel:") || text_starts(url, "mailto:");
    if (is_call || strcmp(label, url) == 0 || strcmp(label, shown) == 0)
        return;
    if (mail_is_button(cmark_node_parent(node)))
        text_print(&w->line, "\u00a0:\n%s", url);
    else
        text_print(&w->line, " (%s)", url);
}

/* Deeper lists than any mail has share the last place. */
static List *list_at(Writer *w, int depth) { return &w->lists[depth < DEEPEST ? depth : DEEPEST - 1]; }

static void list(Writer *w, cmark_node *node, bool enters) {
    if (enters) {
        bool is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        *list_at(w, w->depth++) = (List){ w->indent, is_ordered ? cmark_node_get_list_start(node) : 0 };
    } else {
        w->indent = list_at(w, --w->depth)->indent;
    }
}

static void item(Writer *w, cmark_node *node, bool enters) {
    List *in = list_at(w, w->depth - 1);
    w->indent = in->indent;
    w->mark = "";
    if (enters) {
        cmark_node *around = cmark_node_parent(node);
        bool is_first = !cmark_node_previous(node);
        bool is_nested = cmark_node_get_type(cmark_node_parent(around)) == CMARK_NODE_ITEM;
        w->is_close = cmark_node_get_list_tight(around) && (!is_first || is_nested);
        w->mark = in->number ? arena_print(w->out.arena, "%d. ", in->number++) : "- ";
    }
}

/* A row is a line: "Quand : 14 et 15 décembre 2026". */
static void table(Writer *w, cmark_node *node, bool enters) {
    MailBlock block = mail_block(node);
    if (block == MAIL_CELL && enters && cmark_node_previous(node) && cmark_node_first_child(node))
        text_add(&w->line, "\u00a0: ");
    if ((block == MAIL_ROW || block == MAIL_HEAD) && enters)
        w->is_close = cmark_node_previous(node) && !mail_is_empty_head(cmark_node_previous(node));
    if ((block == MAIL_ROW || block == MAIL_HEAD) && !enters)
        end_block(w);
    if (block == MAIL_TABLE)
        w->indent += enters ? 2 : -2;
}

static void put(Writer *w, cmark_node *node, bool enters) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: text_add(&w->line, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK: text_add_char(&w->line, ' '); break;
    case CMARK_NODE_LINEBREAK: text_add_char(&w->line, '\n'); break;
    case CMARK_NODE_LINK: link_to(w, node, enters); break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        if (!enters)
            end_block(w);
        break;
    case CMARK_NODE_LIST: list(w, node, enters); break;
    case CMARK_NODE_ITEM: item(w, node, enters); break;
    case CMARK_NODE_BLOCK_QUOTE: w->indent += enters ? 4 : -4; break;
    default: table(w, node, enters);
    }
}

static void put_markdown(Writer *w, const char *markdown) {
    cmark_node *root = mail_markdown(markdown);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
        put(w, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    cmark_node_free(root);
}

char *mail_body_text(Arena *arena, const MailPage *page) {
    Writer w = { .out = text_new(arena), .line = text_new(arena), .mark = "" };
    put_markdown(&w, page->body);
    put_markdown(&w, page->note);
    /* The line that mail readers take for the start of a signature. */
    text_print(&w.out, "\n-- \n%s\n", page->brand);
    w.is_close = true;
    put_markdown(&w, page->footer);
    return w.out.p;
}
