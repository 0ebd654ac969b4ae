/* story_pages.h - what the handlers of every room share when they fire an event. */
#pragma once
#include "request.h"
#include "story_store.h"

/* The act of this request: its viewer, its key, its time. `actor` as whom (one of enum Actor). */
Act story_act(const Request *rq, Event event, unsigned actor);
/* The viewer's own actor; STAFF for staff. */
unsigned story_own_actor(const Request *rq);
