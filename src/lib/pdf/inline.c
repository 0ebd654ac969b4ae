#include <string.h>

#include "typeset.h"

typedef struct Words {
    Text text;
    Text flags; /* bytes, not characters */
    unsigned char now;
    const char *soft;
} Words;

static void add(Words *words, const char *s) {
    for (; *s; s++) {
        text_add_char(&words->text, *s);
        text_add_char(&words->flags, (char)(words->now + 1)); /* never NUL: Text ends with one */
    }
}

static Inline finish(Words *words) {
    while (words->text.n && strchr(" \n", words->text.p[words->text.n - 1]))
        words->text.p[--words->text.n] = '\0';
    unsigned char *flags = (unsigned char *)words->flags.p;
    for (size_t i = 0; i < words->text.n; i++)
        flags[i]--;
    return (Inline){ words->text.n ? words->text.p : "", flags, words->text.n };
}

static void break_line(Words *words) {
    if (words->text.n && words->text.p[words->text.n - 1] != '\n')
        add(words, "\n");
}

static void add_node(Words *words, cmark_node *node, bool is_enter) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: add(words, cmark_node_get_literal(node)); break;
    case CMARK_NODE_HTML_INLINE:
        if (strncmp(cmark_node_get_literal(node), "<br", 3) == 0)
            add(words, "\n");
        else
            add(words, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK: add(words, words->soft); break;
    case CMARK_NODE_LINEBREAK: add(words, "\n"); break;
    case CMARK_NODE_STRONG:
        words->now = (unsigned char)(is_enter ? words->now | FLAG_bold : words->now & ~FLAG_bold);
        break;
    case CMARK_NODE_EMPH:
        words->now = (unsigned char)(is_enter ? words->now | FLAG_italic : words->now & ~FLAG_italic);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (is_enter)
            break_line(words);
        break;
    default: break;
    }
}

Inline inline_of(Arena *arena, cmark_node *node, const char *soft) {
    Words words = { text_new(arena), text_new(arena), 0, soft };
    cmark_iter *iter = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
        if (cmark_iter_get_node(iter) != node)
            add_node(&words, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    return finish(&words);
}

Inline inline_plain(Arena *arena, const char *text) {
    Words words = { text_new(arena), text_new(arena), 0, " " };
    add(&words, text);
    return finish(&words);
}

Inline inline_bold(Arena *arena, Inline words) {
    unsigned char *flags = arena_zero(arena, words.n + 1, 1);
    for (size_t i = 0; i < words.n; i++)
        flags[i] = words.flags[i] | FLAG_bold;
    words.flags = flags;
    return words;
}
