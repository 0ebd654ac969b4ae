/* mail_markdown.h - inside lib/mail: the tree of a mail's Markdown, and the shapes that mean something. */
#pragma once
#include <cmark-gfm.h>
#include <stdbool.h>

typedef enum MailBlock { MAIL_OTHER, MAIL_TABLE, MAIL_ROW, MAIL_HEAD, MAIL_CELL } MailBlock;

cmark_node *mail_markdown(const char *markdown); /* cmark_node_free it */
MailBlock mail_block(cmark_node *node);          /* what cmark-gfm's extension knows by name only */
bool mail_is_button(cmark_node *node);
bool mail_is_badge(cmark_node *node);
bool mail_is_tight(cmark_node *node);      /* a paragraph of a list without blank lines */
bool mail_is_empty_head(cmark_node *node); /* a table's head without a word */
bool mail_is_safe_link(const char *url);
