/* mail_body.h - from the words of texts/mails to the two bodies of a mail: plain text and HTML.
 *
 * The file of a mail: "Sujet : ...", "Aperçu : ...", an empty line, then Markdown. In Markdown
 *   a link alone in its paragraph     is the button
 *   a bold text alone before the title is a badge
 *   a table with an empty head        is a list of facts: what at the left, how much at the right
 *   "> "                              is set apart
 * HTML written in Markdown is dropped, and a link leads to http(s), mailto or tel only. */
#pragma once
#include "arena.h"
#include "types.h"

/* The three parts, with French typography; their holes are still to be filled. */
typedef struct MailText {
    char *subject, *preheader, *body;
} MailText;

/* Refuses in French when one of the parts is missing. */
bool mail_text_parse(Arena *arena, const char *file, MailText *ret, const char **ret_why);

/* What stands around and inside the white card. */
typedef struct MailPage {
    const char *brand;     /* name of the organisation, above the card */
    const char *colour;    /* of button and links, "#0b5a4a"; "" for that one */
    const char *title;     /* the subject */
    const char *preheader; /* shown by mail readers beside the subject */
    const char *body;      /* filled Markdown */
    const char *note;      /* filled Markdown, small, at the end of the card; "" for none */
    const char *footer;    /* filled Markdown, small, below the card: whom to call, dossier, settings */
} MailPage;

char *mail_body_text(Arena *arena, const MailPage *page); /* lines of 72, links written out */
char *mail_body_html(Arena *arena, const MailPage *page); /* no image, no outside style; under 10 kB */
