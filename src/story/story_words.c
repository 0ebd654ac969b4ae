/* The words of the story: as stored, and as people read them. */
#include "story.h"

#include <stddef.h>
#include <string.h>

static const char *const machine_names[MACHINE_COUNT] = {
    "",
#define MACHINE(id, hangs_on, words) #id,
#include "story.def"
};

static const char *const machine_labels[MACHINE_COUNT] = {
    "",
#define MACHINE(id, hangs_on, words) words,
#include "story.def"
};

static const char *const state_names[STATE_COUNT] = {
    "unborn",
#define STATE(id, ...) #id,
#include "story.def"
};

static const char *const event_names[EVENT_COUNT] = {
    "",
#define EVENT(id, button, past) #id,
#include "story.def"
};

static const char *const event_labels[EVENT_COUNT] = {
    "",
#define EVENT(id, button, past) button,
#include "story.def"
};

static const char *const event_pasts[EVENT_COUNT] = {
    "",
#define EVENT(id, button, past) past,
#include "story.def"
};

static const char *const need_names[NEED_COUNT] = {
    "",
#define NEED(id, message) #id,
#include "story.def"
};

static const char *const need_messages[NEED_COUNT] = {
    "",
#define NEED(id, message) message,
#include "story.def"
};

static const char *const reaction_names[REACTION_COUNT] = {
    "",
#define EFFECT(id, text) #id,
#include "effects.def"
};

static const char *const reaction_texts[REACTION_COUNT] = {
    "",
#define EFFECT(id, text) text,
#include "effects.def"
};

static const char *const sayings[SAY_COUNT] = {
#define SAY(id, text) text,
#include "story.def"
};

static const struct {
    unsigned bit;
    const char *name, *label;
} actors[] = {
#define ACTOR(bit, name, label) { bit, #name, label },
#include "story.def"
};
enum { ACTOR_COUNT = sizeof actors / sizeof actors[0] };

/* The place of a word among words; 0 ("none" of every enum) when it is not there. */
static int place_of(const char *word, const char *const *words, int count) {
    for (int i = 1; word && i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return 0;
}

const char *story_machine_name(Machine machine) { return machine_names[machine]; }

const char *story_machine_label(Machine machine) { return machine_labels[machine]; }

Machine story_machine_named(const char *name) {
    return (Machine)place_of(name, machine_names, MACHINE_COUNT);
}

const char *story_state_name(State state) { return state_names[state]; }

const char *story_event_name(Event event) { return event_names[event]; }

State story_state_named(const char *name) { return (State)place_of(name, state_names, STATE_COUNT); }

Event story_event_named(const char *name) { return (Event)place_of(name, event_names, EVENT_COUNT); }

const char *story_event_label(Event event) { return event_labels[event]; }

const char *story_event_past(Event event) { return event_pasts[event]; }

const char *story_need_name(Need need) { return need_names[need]; }

Need story_need_named(const char *name) { return (Need)place_of(name, need_names, NEED_COUNT); }

const char *story_need_message(Need need) { return need_messages[need]; }

const char *story_reaction_name(Reaction reaction) { return reaction_names[reaction]; }

const char *story_reaction_text(Reaction reaction) { return reaction_texts[reaction]; }

const char *story_say(Say say) { return sayings[say]; }

const char *story_actor_name(unsigned actor) {
    for (int i = 0; i < ACTOR_COUNT; i++)
        if (actors[i].bit == actor)
            return actors[i].name;
    return "";
}

const char *story_actor_label(unsigned actor) {
    for (int i = 0; i < ACTOR_COUNT; i++)
        if (actors[i].bit == actor)
            return actors[i].label;
    return "";
}

unsigned story_actor_named(const char *name) {
    for (int i = 0; name && i < ACTOR_COUNT; i++)
        if (strcmp(actors[i].name, name) == 0)
            return actors[i].bit;
    return NOBODY;
}
