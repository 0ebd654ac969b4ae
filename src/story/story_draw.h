/* story_draw.h - the story as diagrams. For story_show.c only. */
#pragma once
#include <stdio.h>

/* One cluster per machine, for Graphviz. */
void story_draw_dot(FILE *out);
/* One table per machine: each state with its acts as arrows to the states they lead to. */
void story_draw_svg(FILE *out);

/* "formateur, organisme"; nothing for nobody. */
void story_put_actors(FILE *out, unsigned actors);
