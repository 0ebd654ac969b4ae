/* story_show.h - tells the story to people, from its rows: pages, diagrams, rights. */
#pragma once
#include <stdio.h>

#include "story.h"

/* `form`: "md" (docs/STORY.md), "rights" (docs/RIGHTS.md), "svg" (docs/story.svg), "dot" (for Graphviz).
 * False: no such form, nothing is written. */
bool story_show(FILE *out, const char *form);
