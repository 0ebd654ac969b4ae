/* story_chase_store.h - reminders and limits: when they fall, and the jobs that stand for them. For
 * story's own store only; what others may know is in story_store.h. */
#pragma once
#include "story_store.h"

/* From what delays count: the day it came where it stands, and the days told by story_dates(). 0: unknown. */
typedef struct Anchors {
    Date entered_on, starts_on, ends_on, due_on;
} Anchors;

/* After this day whoever is awaited in this state is late; none: nobody is pressed. */
Date chase_late_on(State state, const Anchors *anchors);
/* Queues what must be recalled in this state; `line` is the journal's line that led there. */
void chase_plan(Tx *tx, Thing thing, State state, const Anchors *anchors, JournalId line, Instant now);
/* Cancels what was queued for the state that is left, and planned events that cannot come any more. */
void chase_leave(Tx *tx, Thing thing, State from, State to);

/* A bug of the caller: sticks to the transaction. */
void story_broken(Tx *tx, const char *what);
