/* desk_words.h - the French words of the desk (desk.def). */
#pragma once
#include "arena.h"
#include "story.h"

typedef enum DeskWord {
#define WORD(id, text) DESK_##id,
#include "desk.def"
    DESK_WORD_COUNT
} DeskWord;

const char *desk_word(DeskWord word);
/* "à l'entreprise" ...: whose turn it is among `actors`, in words for people. */
const char *desk_whose(unsigned actors);
/* "l'entreprise, le formateur": a set of actors. */
const char *desk_actors(Arena *arena, unsigned actors);
/* The word with its %s replaced by `value`. */
const char *desk_say(Arena *arena, DeskWord word, const char *value);

/* The seven steps of a dossier, as people see them (steps.def). */
typedef struct DeskStep {
    const char *title, *next; /* next: what is said while it is to come */
    Event       done_by, also; /* the event that ends it; EVENT_NONE: no other */
} DeskStep;
size_t desk_steps(const DeskStep **ret_all);
size_t desk_step_of(State state); /* 1.. of the step in which this state stands; 0: none any more */

/* An act with a page of its own: its path, %s for the thing's reference or number. NULL: the generic form. */
const char *desk_act_path(Machine machine, Event event);
bool        desk_act_is_hidden(Machine machine, Event event); /* not for hands: it follows from other acts */

/* The states of the pipeline on the worklist. */
typedef struct PipeStep {
    const char *label;
    State       first, last;
    bool        is_hot;
} PipeStep;
size_t desk_pipe(const PipeStep **ret_all);
