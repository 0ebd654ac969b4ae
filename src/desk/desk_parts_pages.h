/* desk_parts_pages.h - parts that the pages of the desk share: buttons of acts, days, whose turn it is. */
#pragma once
#include "desk_store.h"
#include "desk_views.h"
#include "request.h"

/* What this viewer may do with the thing, as buttons that lead to the act's page; the main one first. */
ButtonSet desk_buttons(Request *rq, Tx *tx, const Sight *sight);
/* The same, behind those that are there. */
void      desk_buttons_add(Request *rq, Tx *tx, const Sight *sight, ButtonSet *set);
Url       desk_act_url(Arena *arena, const Sight *sight, Event event);
Url       desk_thing_url(Arena *arena, const Viewer *viewer, const Sight *sight);
Tag       desk_state_tag(State state);
/* Before a page is shown, in a transaction of its own: needs that depend on the time of day. */
void      desk_refresh(Request *rq, Thing thing);
bool      desk_is_turn_of(const Viewer *viewer, const Row *state, bool is_stuck);
/* "À faire avant le ..." or how late; NULL: none */
const char *desk_due(Arena *arena, Date late_on, Date today);
