/* story_store.h - says what happened to a thing, and keeps it. Owns standing, tally, tick, journal. */
#pragma once
#include "db.h"
#include "ids.h"
#include "story.h"

typedef struct Thing {
    Machine machine;
    ThingId id;
} Thing;
#define THING(machine_, id_) ((Thing){ MACHINE_##machine_, { (id_).value } })

/* Who did what, when, by which request. */
typedef struct Act {
    Event       event;
    unsigned    actor;       /* whose act: one of enum Actor */
    AccountId   account_id;  /* who clicked; 0: nobody (clock) or a person without account */
    const char *person;      /* "Camille Roussel"; "" for the clock */
    const char *reason;      /* NULL is "" */
    const char *inputs;      /* "name=value\n..." from the act's form; NULL is "" */
    const char *request_key; /* the same key twice on one thing is one event; NULL: no such check */
    Instant     now;
} Act;

/* What the person is told. */
typedef struct Outcome {
    bool        done;
    bool        is_repeat; /* this very request was done before: nothing happened again */
    bool        is_spoilt; /* a reaction refused after others had written: roll back */
    const char *why;       /* when not done: the refusal, in French */
    Need        missing;
} Outcome;

/* A move that has just been written: what a reaction is told. */
typedef struct Cause {
    Thing      thing;
    ThingId    root_id;
    JournalId  line;
    Act        act;
} Cause;

/* A reaction moves other things by story_fire() in the same transaction. It may also refuse: then nothing
 * happens at all and its sentence is the answer. NULL: fine. */
typedef const char *(*StoryReaction)(Tx *tx, const Cause *cause);

/* Given to db_set_house(): what app/reactions.def binds. */
typedef struct StoryHouse {
    StoryReaction reactions[REACTION_COUNT];
} StoryHouse;

/* Says that something happened to `thing`.
 *
 * Locks the root, judges, moves the thing, writes the journal line, queues the jobs (papers, mails,
 * reminders) and, in the outermost call, runs the reactions until none is left, all in the caller's
 * transaction, which the caller commits only when done. A refused act must not be committed: roll back (a
 * reaction may have refused after others have written). An act told twice is one event. `parent` is what
 * a new thing hangs on ({0} for none); it is ignored later. */
Outcome story_fire(Tx *tx, Thing thing, Thing parent, Act act);

/* The same for a birth by the clock, from reactions and demo. */
Outcome story_born(Tx *tx, Thing thing, Thing parent, Event event, const Act *because);
/* The same for a move that follows another: actor CLOCK, person and time of `because`. */
Outcome story_follow(Tx *tx, Thing thing, Event event, const Act *because);

/* Ticks or unticks a need. The room that knows calls it in the transaction that makes it so. */
void story_tick(Tx *tx, Thing thing, Need need, bool is_held, Instant now);
/* The days from which deadlines count; 0: unknown. Told after the birth of the thing, and again when they
 * change: reminders still to come are planned anew. */
void story_dates(Tx *tx, Thing thing, Date starts_on, Date ends_on, Date due_on, Instant now);
/* `event` will be fired as CLOCK at `at`. It is forgotten once it cannot come any more; a refusal then is
 * silent. The same thing and event planned again moves the date. */
void story_plan(Tx *tx, Thing thing, Event event, Instant at);
void story_unplan(Tx *tx, Thing thing, Event event);

State story_where(Tx *tx, Thing thing); /* STATE_UNBORN: no such thing */
Facts story_facts(Tx *tx, Thing thing);
Instant story_since(Tx *tx, Thing thing);

/* What a person may do here, with the sentence when a need is missing. Needs that say nothing to this person
 * (another must act first) stay in the list: grey buttons explain themselves. */
typedef struct StoryButton {
    Event       event;
    const char *name, *label;
    const char *missing; /* NULL: may be done */
    bool        asks;    /* has a form */
    unsigned    as;      /* as which actor it is fired (STAFF may speak for FUNDER, BANK) */
} StoryButton;
typedef struct StoryButtons { StoryButton *at; size_t count; } StoryButtons;
StoryButtons story_buttons(Tx *tx, Thing thing, unsigned actors);

/* The time line: what happened, oldest first. `whose` is an actor's word (story_actor_named). */
typedef struct Line {
    JournalId   id;
    const char *machine, *event, *past, *person, *whose, *reason, *to_state, *to_label;
    Instant     happened_at;
} Line;
typedef struct Lines { Line *at; size_t count; } Lines;
Lines story_lines(Tx *tx, Thing thing);
Lines story_lines_of_root(Tx *tx, ThingId root_id, size_t most);

/* Runs one leased job of kinds "fire" and "chase" (kinds "make", "mail", "order" are app's). story_run_fire
 * says whether the event was done; a refusal is silent and has written nothing, unless it came from a
 * reaction: then the fault sticks and a person will look. story_run_chase returns what must be mailed, false
 * when nothing: the state was left, or the reminders are used up and a person must call. */
typedef struct ChaseMail { const char *mail; unsigned to; Thing thing; } ChaseMail;
bool story_run_fire(Tx *tx, const char *event, Thing thing, const char *job_key, Instant now);
bool story_run_chase(Tx *tx, const char *what, Thing thing, const char *job_key, Instant now, ChaseMail *ret);

/* Start-up: a database holding a state or event the story does not know is refused, naming the word. */
bool story_knows_all(Tx *tx, const char **ret_word);
