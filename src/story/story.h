/* story.h - what may happen to a thing of the trade, and what follows.
 *
 * Pure rules: no clock, no database, no mail. Give them the facts, an event and
 * who acts; they answer with the row that applies, or with the reason why not.
 * The story itself is story.def, the table of contents of one .def per machine.
 */
#pragma once
#include "types.h"

/* A set of actors. FUNDER and BANK never log in: staff record what they said. */
enum Actor {
    NOBODY = 0, TRAINER = 1, COMPANY = 2, STAFF = 4, CLOCK = 8, BANK = 16, FUNDER = 32, TRAINEE = 64,
    PAYER = 128
};

typedef enum Machine {
    MACHINE_NONE,
#define MACHINE(id, ...) MACHINE_##id,
#include "story.def"
    MACHINE_COUNT
} Machine;

typedef enum State {
    STATE_UNBORN,
#define STATE(id, ...) STATE_##id,
#include "story.def"
    STATE_COUNT
} State;

typedef enum Event {
    EVENT_NONE,
#define EVENT(id, ...) EVENT_##id,
#include "story.def"
    EVENT_COUNT
} Event;

typedef enum Need {
    NO_NEED,
#define NEED(id, message) id,
#include "story.def"
    NEED_COUNT
} Need;

/* What the engine itself says: refusals, words of its tables. */
typedef enum Say {
#define SAY(id, text) SAY_##id,
#include "story.def"
    SAY_COUNT
} Say;

typedef enum EffectKind { EFFECT_END, EFFECT_MAKE, EFFECT_MAIL, EFFECT_ORDER, EFFECT_RUN } EffectKind;

/* The reactions: one word each, bound to a function in app/reactions.def. */
typedef enum Reaction {
    NO_REACTION,
#define EFFECT(id, text) REACTION_##id,
#include "effects.def"
    REACTION_COUNT
} Reaction;

typedef struct Effect {
    EffectKind  kind;
    const char *what;     /* MAKE: a document; MAIL: a mail; ORDER: a bank file; RUN: the reaction's word */
    unsigned    to;       /* MAIL: which actors */
    Reaction    reaction; /* RUN */
} Effect;

typedef enum RowKind {
    ROW_END, ROW_MACHINE, ROW_STATE, ROW_SPAN, ROW_MOVE, ROW_CHASE, ROW_WITHIN, ROW_DEAD
} RowKind;
/* From what a delay counts. */
typedef enum Anchor { ANCHOR_ENTRY, ANCHOR_START, ANCHOR_END, ANCHOR_DUE } Anchor;

/* Who knows whether a need holds. */
typedef enum NeedKind { NEED_IS_TICKED, NEED_OF_PARENT, NEED_OF_ROOT, NEED_OF_CHILDREN } NeedKind;

enum { NEEDS_MAX = 5, EFFECTS_MAX = 8, CHASES_MAX = 3, ASKS_MAX = 4 };

/* One row of story.def. A move belongs to the state or span above it, a state to the machine above it. */
typedef struct Row {
    RowKind     kind;
    Machine     machine, parent;        /* machine */
    const char *label, *meaning, *turn; /* machine, state; chase: label is the mail */
    State       state, last;            /* state, dead: itself; span: from state to last; move: where to */
    Event       event;                  /* move */
    unsigned    who;                    /* state: awaited; move: allowed; chase: written to */
    Need        needs[NEEDS_MAX];       /* move */
    Effect      effects[EFFECTS_MAX];   /* move, up to EFFECT_END */
    Anchor      anchor;                 /* chase, within */
    bool        is_before;              /* chase, within: days count back from the anchor */
    int         days[CHASES_MAX];       /* chase: at most three, 0 ends; within: days[0] */
} Row;

/* What an event asks of the person: a field of the act's form. */
typedef enum AskKind { ASK_END, ASK_TEXT, ASK_LONG, ASK_DATE, ASK_MONEY, ASK_CHOICE } AskKind;
typedef struct Ask {
    Event       event;
    const char *name;
    AskKind     kind;
    bool        is_required;
    const char *label, *hint; /* ASK_CHOICE: hint is "word=label|word=label" */
} Ask;

/* Everything the rules may know of one thing. Loaded by story_store.c, made up by tests. */
typedef struct Facts {
    Machine machine;
    State   state;                 /* STATE_UNBORN: not yet created */
    State   parent;                /* of what it hangs on */
    State   root;                  /* of its session */
    int     children[STATE_COUNT]; /* how many hang on it, by state */
    bool    ticked[NEED_COUNT];    /* what the rooms have said of it */
} Facts;

typedef struct Verdict {
    const Row *move;    /* NULL: not foreseen here, or not by this actor */
    Need       missing; /* the first need that does not hold, or NO_NEED */
} Verdict;

/* May `actor` do `event` now? Yes when .move is set and .missing is NO_NEED. When several rows of the
 * place carry the event for this actor, the first whose needs hold wins, else the first. */
Verdict story_judge(const Facts *facts, Event event, unsigned actor);

/* Whom these actors may speak for: themselves, and staff for FUNDER and BANK. */
unsigned story_voices(unsigned actors);

/* What `actors` (a set: staff also speak for FUNDER and BANK) can do here, in the order of the file.
 * Returns how many; at most `room`. */
typedef struct Choice {
    Event      event;
    const Row *move;
    Need       missing;
} Choice;
size_t story_choices(const Facts *facts, unsigned actors, Choice *ret, size_t room);

size_t     story_rows(const Row **ret_rows);
size_t     story_asks(Event event, const Ask **ret_first); /* consecutive */
const Row *story_state(State state);                       /* its row: label, meaning, who is awaited */
Machine    story_machine_of(State state);
Machine    story_hangs_on(Machine machine); /* the kind of its parent; MACHINE_NONE: of nothing */
bool       story_is_dead(State state);   /* abandoned, cancelled: does not hold the others back */
bool       story_is_for_staff(State state); /* staff, or those for whom staff speak, are awaited */
bool       story_may_leave(State state); /* is there any move out? */
bool       story_may_still(State state, Event event); /* may it come, from here or from a later state? */
const Row *story_chase(State state);     /* its reminders; NULL: none */
const Row *story_within(State state);    /* when it is late; NULL: never */
/* The moves that stand at a place: a state, or the birth of a machine (state STATE_UNBORN). Those of the
 * state first, then those of its spans. */
size_t     story_moves(Machine machine, State state, const Row *const **ret_first);

const char *story_machine_name(Machine machine);
const char *story_machine_label(Machine machine);
Machine     story_machine_named(const char *name);
const char *story_state_name(State state);       /* the word under which it is stored: "dossier_green" */
State       story_state_named(const char *name); /* STATE_UNBORN: unknown */
const char *story_event_name(Event event);
Event       story_event_named(const char *name);
const char *story_event_label(Event event); /* on the button */
const char *story_event_past(Event event);  /* on the time line */
const char *story_need_name(Need need);
Need        story_need_named(const char *name);
const char *story_need_message(Need need);
NeedKind    story_need_kind(Need need);
bool        story_need_range(Need need, State *ret_first, State *ret_last); /* false: it is ticked */
const char *story_reaction_name(Reaction reaction);
const char *story_reaction_text(Reaction reaction); /* in French: what follows */
const char *story_actor_name(unsigned actor);  /* one actor: the stored word */
const char *story_actor_label(unsigned actor); /* one actor, in French: "formateur" */
unsigned    story_actor_named(const char *name);
const char *story_say(Say say);
