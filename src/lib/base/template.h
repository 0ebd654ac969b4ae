/* template.h - fills the holes of texts/ (legal papers, mails). Not for HTML.
 *
 *   {{name}}              the value
 *   {{#each name}}...{{/each}}   once per item; holes inside look at the item, then outside
 *   {{#if name}}...{{else}}...{{/if}}   when the value is not empty, or the list has items
 *
 * A block's tag that stands alone on its line takes the line with it.
 * An unknown hole refuses the whole text: nobody receives a contract with a gap. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Values Values; /* names with values or lists of Values */

Values *values_new(Arena *arena);
void    values_set(Values *values, const char *name, const char *value); /* copies nothing: arena strings */
void    values_list(Values *values, const char *list);    /* a list that may stay empty */
Values *values_item(Values *values, const char *list);    /* one more item at the end of a list */
const char *values_get(const Values *values, const char *name); /* NULL: unknown */

/* Values escape Markdown when `is_markdown` (a company called "A*B_C" stays so).
 * Refuses with the hole's name in *ret_why: unknown hole, unbalanced block. */
bool template_fill(Arena *arena, const char *text, const Values *values, bool is_markdown, char **ret,
                   const char **ret_why);
