#include "story_chase_store.h"

#include <stdio.h>
#include <string.h>

#include "date.h"
#include "jobs.h"
#include "story_sql.h"
#include "text.h"

enum { NINE_O_CLOCK = 9 * 60, CALL_AFTER_DAYS = 2 };

static Date anchor_date(const Anchors *anchors, Anchor anchor) {
    switch (anchor) {
    case ANCHOR_ENTRY: return anchors->entered_on;
    case ANCHOR_START: return anchors->starts_on;
    case ANCHOR_END: return anchors->ends_on;
    case ANCHOR_DUE: break;
    }
    return anchors->due_on;
}

Date chase_late_on(State state, const Anchors *anchors) {
    const Row *within = story_within(state);
    if (!within)
        return (Date){ 0 };
    Date from = anchor_date(anchors, within->anchor);
    if (date_is_none(from))
        return from;
    if (within->anchor == ANCHOR_ENTRY)
        return date_add_working(from, within->days[0]);
    return date_add(from, within->is_before ? -within->days[0] : within->days[0]);
}

/* The working day on which a reminder goes out: that day or the next one; but before the anchor, not on
 * it. */
static Date reminder_day(const Row *chase, Date anchor, int days) {
    Date wanted = date_add(anchor, chase->is_before ? -days : days), day = date_next_working(wanted);
    while (chase->is_before && (day.days >= anchor.days || !date_is_working(day)))
        day = date_add(day, -1);
    return day;
}

static void add_reminder(Tx *tx, Thing thing, JournalId line, const char *what, int number, Date day) {
    const char *key = arena_print(tx->arena, "c%lld.%d.%d", (long long)line.value, number, (int)day.days);
    jobs_add(tx, &(NewJob){ .kind = "chase",
                            .what = what,
                            .machine = story_machine_name(thing.machine),
                            .thing_id = thing.id,
                            .job_key = key,
                            .due_at = instant_at(day, NINE_O_CLOCK) });
}

static bool is_past(Date day, Instant now) { return instant_at(day, NINE_O_CLOCK).ms <= now.ms; }

void chase_plan(Tx *tx, Thing thing, State state, const Anchors *anchors, JournalId line, Instant now) {
    const Row *chase = story_chase(state);
    if (!chase)
        return;
    Date anchor = anchor_date(anchors, chase->anchor), last = { 0 };
    if (date_is_none(anchor))
        return;
    for (int i = 0; i < CHASES_MAX && chase->days[i]; i++) {
        Date day = reminder_day(chase, anchor, chase->days[i]);
        if (day.days <= last.days) /* two on one working day: the second waits for the next */
            day = date_add_working(last, 1);
        if (!is_past(day, now))
            add_reminder(tx, thing, line, arena_print(tx->arena, "%s.%d", chase->label, i + 1), i + 1, day);
        last = day;
    }
    Date call = date_add_working(last, CALL_AFTER_DAYS);
    if (is_past(call, now))
        call = date_add_working(instant_date(now), CALL_AFTER_DAYS);
    add_reminder(tx, thing, line, "call", 0, call);
}

static bool is_of_clock(State state, Event event) {
    const Row *const *moves;
    size_t count = story_moves(MACHINE_NONE, state, &moves);
    for (size_t i = 0; i < count; i++)
        if (moves[i]->event == event && (moves[i]->who & CLOCK))
            return true;
    return false;
}

void chase_leave(Tx *tx, Thing thing, State from, State to) {
    const char *machine = story_machine_name(thing.machine);
    if (story_chase(from))
        jobs_cancel(tx, machine, thing.id, "chase", NULL);
    if (!story_may_leave(to)) {
        jobs_cancel(tx, machine, thing.id, "fire", NULL);
        return;
    }
    for (int e = EVENT_NONE + 1; e < EVENT_COUNT; e++)
        if (is_of_clock(from, (Event)e) && !story_may_still(to, (Event)e))
            jobs_cancel(tx, machine, thing.id, "fire", story_event_name((Event)e));
}

static bool same_day(Date a, Date b) { return a.days == b.days; }

void story_dates(Tx *tx, Thing thing, Date starts_on, Date ends_on, Date due_on, Instant now) {
    const char *machine = story_machine_name(thing.machine);
    StandingRow where = { 0 };
    if (!standing_of(tx, machine, thing.id, &where)) {
        story_broken(tx, arena_print(tx->arena, "dates of a %s that is not born", machine));
        return;
    }
    if (same_day(where.starts_on, starts_on) && same_day(where.ends_on, ends_on) &&
        same_day(where.due_on, due_on))
        return;
    State state = story_state_named(where.state);
    Anchors anchors = { instant_date(where.entered_at), starts_on, ends_on, due_on };
    standing_dates(tx, starts_on, ends_on, due_on, chase_late_on(state, &anchors), machine, thing.id);
    const Row *chase = story_chase(state);
    if (!chase || chase->anchor == ANCHOR_ENTRY)
        return;
    jobs_cancel(tx, machine, thing.id, "chase", NULL);
    if (where.is_stuck)
        standing_stuck(tx, false, story_is_for_staff(state), machine, thing.id);
    chase_plan(tx, thing, state, &anchors, where.journal_id, now);
}

/* ---- events to come ---- */

void story_plan(Tx *tx, Thing thing, Event event, Instant at) {
    const char *machine = story_machine_name(thing.machine), *name = story_event_name(event);
    jobs_cancel(tx, machine, thing.id, "fire", name);
    const char *key = arena_print(tx->arena, "p:%s:%lld:%s:%lld", machine, (long long)thing.id.value, name,
                                  (long long)at.ms);
    jobs_add(tx, &(NewJob){ .kind = "fire",
                            .what = name,
                            .machine = machine,
                            .thing_id = thing.id,
                            .job_key = key,
                            .due_at = at });
}

void story_unplan(Tx *tx, Thing thing, Event event) {
    jobs_cancel(tx, story_machine_name(thing.machine), thing.id, "fire", story_event_name(event));
}

/* ---- what their jobs do ---- */

bool story_run_fire(Tx *tx, const char *event, Thing thing, const char *job_key, Instant now) {
    Act act = { .event = story_event_named(event), .actor = CLOCK, .request_key = job_key, .now = now };
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, act);
    if (outcome.is_spoilt)
        story_broken(tx, outcome.why);
    return outcome.done;
}

/* Was this reminder planned for the state where the thing still stands? */
static bool is_still_due(Tx *tx, const char *job_key, const StandingRow *where) {
    const char *head = arena_print(tx->arena, "c%lld.", (long long)where->journal_id.value);
    return text_starts(job_key, head);
}

bool story_run_chase(Tx *tx, const char *what, Thing thing, const char *job_key, Instant now,
                     ChaseMail *ret) {
    (void)now;
    const char *machine = story_machine_name(thing.machine);
    StandingRow where = { 0 };
    RootRow locked;
    if (db_is_postgres(tx->db))
        standing_lock(tx, machine, thing.id, &locked);
    if (!standing_of(tx, machine, thing.id, &where) || !is_still_due(tx, job_key, &where))
        return false;
    const Row *chase = story_chase(story_state_named(where.state));
    if (!chase)
        return false;
    if (strcmp(what, "call") == 0) {
        standing_stuck(tx, true, true, machine, thing.id);
        return false;
    }
    *ret = (ChaseMail){ chase->label, chase->who, thing };
    return !tx->error;
}
