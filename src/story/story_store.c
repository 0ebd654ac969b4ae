#include "story_store.h"

#include <assert.h>

#include "date.h"
#include "jobs.h"
#include "story_chase_store.h"
#include "story_sql.h"

/* What the outermost story_fire() keeps while it runs. */
typedef struct Pending {
    struct PendingReaction {
        Reaction reaction;
        Cause cause;
    } * at;
    size_t count;
    int tally[STATE_COUNT]; /* more or fewer things there than before */
    int64_t locked_root;
} Pending;

enum { MOST_REACTIONS = 2000 };

static const char *some(const char *text) { return text ? text : ""; }

void story_broken(Tx *tx, const char *what) {
    if (tx->error)
        return;
    tx->fault = DB_BROKEN;
    tx->error = what;
}

/* ---- locks: PostgreSQL only; SQLite has one writer at a time ---- */

static void lock_row(Tx *tx, const char *machine, ThingId id) {
    RootRow row;
    standing_lock(tx, machine, id, &row);
}

/* The session first, then the thing: two people on one session wait for one another, in one order. */
static void lock(Tx *tx, Pending *pending, Thing thing, Thing parent) {
    if (!db_is_postgres(tx->db))
        return;
    RootRow row = { 0 };
    const char *machine = story_machine_name(thing.machine);
    if (thing.machine == MACHINE_session)
        row.root_id = thing.id;
    else if (!standing_root(tx, machine, thing.id, &row) && parent.machine == MACHINE_session)
        row.root_id = parent.id;
    else if (!row.root_id.value && parent.machine != MACHINE_NONE)
        standing_root(tx, story_machine_name(parent.machine), parent.id, &row);
    if (row.root_id.value && row.root_id.value != pending->locked_root) {
        lock_row(tx, story_machine_name(MACHINE_session), row.root_id);
        pending->locked_root = row.root_id.value;
    }
    if (thing.machine != MACHINE_session)
        lock_row(tx, machine, thing.id);
}

/* ---- facts ---- */

enum { LOOK_TICKS = 1, LOOK_CHILDREN = 2 };

/* What must be loaded to judge this event: most acts ask for little. */
static unsigned looks_of(const Facts *facts, Event event, unsigned actor) {
    const Row *const *moves;
    size_t count = story_moves(facts->machine, facts->state, &moves);
    unsigned looks = 0;
    for (size_t i = 0; i < count; i++) {
        if (moves[i]->event != event || !(moves[i]->who & actor))
            continue;
        for (int n = 0; n < NEEDS_MAX && moves[i]->needs[n] != NO_NEED; n++) {
            NeedKind kind = story_need_kind(moves[i]->needs[n]);
            looks |= kind == NEED_IS_TICKED ? LOOK_TICKS : kind == NEED_OF_CHILDREN ? LOOK_CHILDREN : 0;
        }
    }
    return looks;
}

static void load_looks(Tx *tx, Thing thing, unsigned looks, Facts *facts) {
    const char *machine = story_machine_name(thing.machine);
    if (looks & LOOK_TICKS) {
        TickRows ticks = ticks_of(tx, machine, thing.id);
        for (size_t i = 0; i < ticks.count; i++)
            facts->ticked[story_need_named(ticks.at[i].need)] = true;
    }
    if (looks & LOOK_CHILDREN) {
        ChildRows children = children_of(tx, machine, thing.id);
        for (size_t i = 0; i < children.count; i++)
            facts->children[story_state_named(children.at[i].state)] = (int)children.at[i].child_count;
    }
}

static Facts facts_standing(Thing thing, const StandingRow *where) {
    Facts facts = { .machine = thing.machine };
    facts.state = story_state_named(where->state);
    facts.parent = story_state_named(where->parent_state);
    facts.root = story_state_named(where->root_state);
    return facts;
}

/* Before its birth a thing stands nowhere, yet sees what it will hang on. */
static StandingRow unborn(Tx *tx, Thing thing, Thing parent) {
    StandingRow where = { .state = "", .parent_state = "", .root_state = "" };
    where.parent_machine = story_machine_name(parent.machine);
    where.parent_id = parent.id;
    if (thing.machine == MACHINE_session)
        where.root_id = thing.id;
    StandingRow above = { 0 };
    if (parent.machine == MACHINE_NONE)
        return where;
    assert(parent.machine == story_hangs_on(thing.machine));
    if (!standing_of(tx, where.parent_machine, parent.id, &above)) {
        story_broken(tx, arena_print(tx->arena, "a %s would hang on a %s that is not born",
                                     story_machine_name(thing.machine), where.parent_machine));
        return where;
    }
    where.root_id = above.root_id;
    where.parent_state = above.state;
    where.root_state = above.root_state;
    return where;
}

Facts story_facts(Tx *tx, Thing thing) {
    StandingRow where = { .state = "", .parent_state = "", .root_state = "" };
    standing_of(tx, story_machine_name(thing.machine), thing.id, &where);
    Facts facts = facts_standing(thing, &where);
    load_looks(tx, thing, LOOK_TICKS | LOOK_CHILDREN, &facts);
    return facts;
}

State story_where(Tx *tx, Thing thing) {
    StandingRow where = { 0 };
    standing_of(tx, story_machine_name(thing.machine), thing.id, &where);
    return story_state_named(where.state);
}

Instant story_since(Tx *tx, Thing thing) {
    StandingRow where = { 0 };
    standing_of(tx, story_machine_name(thing.machine), thing.id, &where);
    return where.entered_at;
}

void story_tick(Tx *tx, Thing thing, Need need, bool is_held, Instant now) {
    assert(story_need_kind(need) == NEED_IS_TICKED);
    tick_set(tx, story_machine_name(thing.machine), thing.id, story_need_name(need), is_held, now);
}

/* ---- one move ---- */

static void queue_job(Tx *tx, const Cause *cause, const Effect *effect, unsigned whom, int *position) {
    static const char *const kinds[] = {
        [EFFECT_MAKE] = "make", [EFFECT_MAIL] = "mail", [EFFECT_ORDER] = "order"
    };
    long long line = (long long)cause->line.value;
    jobs_add(tx, &(NewJob){ .kind = kinds[effect->kind],
                            .what = effect->what,
                            .who = story_actor_name(whom),
                            .machine = story_machine_name(cause->thing.machine),
                            .thing_id = cause->thing.id,
                            .chain = arena_print(tx->arena, "j%lld", line),
                            .position = *position,
                            .job_key = arena_print(tx->arena, "j%lld.%d", line, *position),
                            .due_at = cause->act.now });
    ++*position;
}

/* Papers, mails and bank files become jobs, in their order; reactions wait for the outermost call. */
static void queue_effects(Tx *tx, Pending *pending, const Row *move, const Cause *cause) {
    int position = 0;
    for (const Effect *e = move->effects; e < move->effects + EFFECTS_MAX && e->kind != EFFECT_END; e++) {
        if (e->kind == EFFECT_RUN) {
            struct PendingReaction *more = arena_grow(tx->arena, (void **)&pending->at, &pending->count,
                                                      sizeof *more);
            *more = (struct PendingReaction){ e->reaction, *cause };
        } else if (e->kind == EFFECT_MAIL) {
            for (unsigned whom = TRAINER; whom <= PAYER; whom <<= 1)
                if (e->to & whom)
                    queue_job(tx, cause, e, whom, &position);
        } else
            queue_job(tx, cause, e, NOBODY, &position);
    }
}

static const char *request_key(Tx *tx, Thing thing, const Act *act, const StandingRow *where) {
    const char *machine = story_machine_name(thing.machine);
    long long id = (long long)thing.id.value;
    if (act->request_key)
        return arena_print(tx->arena, "%s:%lld:%s", machine, id, act->request_key);
    return arena_print(tx->arena, "%s:%lld:%s after %lld", machine, id, story_event_name(act->event),
                       (long long)where->journal_id.value);
}

/* Writes that the thing has moved, and what follows. */
static void enter(Tx *tx, Pending *pending, Thing thing, const Row *move, const StandingRow *where,
                  const Act *act, const char *key) {
    const char *machine = story_machine_name(thing.machine), *to = story_state_name(move->state);
    State from = story_state_named(where->state);
    Anchors anchors = { instant_date(act->now), where->starts_on, where->ends_on, where->due_on };
    Date late_on = chase_late_on(move->state, &anchors);
    bool is_for_staff = story_is_for_staff(move->state);
    if (from == STATE_UNBORN)
        standing_add(tx, machine, thing.id, to, where->parent_machine, where->parent_id, where->root_id,
                     act->now, late_on, is_for_staff);
    else
        standing_move(tx, to, act->now, late_on, is_for_staff, machine, thing.id);
    pending->tally[from]--;
    pending->tally[move->state]++;
    Cause cause = { thing, where->root_id, { 0 }, *act };
    cause.line = journal_add(tx, machine, thing.id, where->root_id, story_event_name(act->event),
                             story_actor_name(act->actor), act->account_id, some(act->person),
                             story_state_name(from), to, some(act->reason), some(act->inputs), key, act->now);
    if (from != STATE_UNBORN)
        chase_leave(tx, thing, from, move->state);
    chase_plan(tx, thing, move->state, &anchors, cause.line, act->now);
    queue_effects(tx, pending, move, &cause);
}

static Outcome refusal(const Facts *facts, const Act *act, Verdict verdict) {
    if (verdict.move)
        return (Outcome){ .why = story_need_message(verdict.missing), .missing = verdict.missing };
    Verdict others = story_judge(facts, act->event, ~0U);
    return (Outcome){ .why = story_say(others.move ? SAY_NOT_YOURS : SAY_NOT_HERE) };
}

static Outcome move_thing(Tx *tx, Pending *pending, Thing thing, Thing parent, const Act *act) {
    StandingRow where = { 0 };
    SeenRow seen;
    lock(tx, pending, thing, parent);
    if (!standing_of(tx, story_machine_name(thing.machine), thing.id, &where))
        where = unborn(tx, thing, parent);
    const char *key = request_key(tx, thing, act, &where);
    if (act->request_key && journal_seen(tx, key, &seen))
        return (Outcome){ .done = true, .is_repeat = true };
    Facts facts = facts_standing(thing, &where);
    load_looks(tx, thing, looks_of(&facts, act->event, act->actor), &facts);
    Verdict verdict = story_judge(&facts, act->event, act->actor);
    if (!verdict.move || verdict.missing != NO_NEED)
        return refusal(&facts, act, verdict);
    if (facts.state == STATE_UNBORN && !where.parent_machine[0] &&
        story_hangs_on(thing.machine) != MACHINE_NONE)
        story_broken(tx, arena_print(tx->arena, "a %s is born without what it hangs on",
                                     story_machine_name(thing.machine)));
    enter(tx, pending, thing, verdict.move, &where, act, key);
    return (Outcome){ .done = true };
}

/* ---- the outermost call ---- */

/* Runs what waits, and what comes of it. NULL: all is well; else why nothing at all may happen. */
static const char *run_reactions(Tx *tx, Pending *pending) {
    const StoryHouse *house = tx->house;
    for (size_t i = 0; i < pending->count && !tx->error; i++) {
        struct PendingReaction next = pending->at[i]; /* a copy: the list grows while it runs */
        if (i >= MOST_REACTIONS)
            story_broken(tx, "reactions without end");
        else if (!house || !house->reactions[next.reaction])
            story_broken(tx,
                         arena_print(tx->arena, "nobody reacts to %s", story_reaction_name(next.reaction)));
        else {
            const char *why = house->reactions[next.reaction](tx, &next.cause);
            if (why)
                return why;
        }
    }
    return NULL;
}

/* In one order, so that two transactions never wait for one another crosswise. */
static void write_tally(Tx *tx, const Pending *pending) {
    for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++)
        if (pending->tally[s])
            tally_add(tx, story_machine_name(story_machine_of((State)s)), story_state_name((State)s),
                      pending->tally[s]);
}

static Outcome fire_outermost(Tx *tx, Thing thing, Thing parent, const Act *act) {
    Pending pending = { 0 };
    tx->pending = &pending;
    tx->depth++;
    Outcome outcome = move_thing(tx, &pending, thing, parent, act);
    const char *why = run_reactions(tx, &pending);
    if (why)
        outcome = (Outcome){ .why = why, .is_spoilt = true };
    else
        write_tally(tx, &pending);
    tx->depth--;
    tx->pending = NULL;
    return outcome;
}

Outcome story_fire(Tx *tx, Thing thing, Thing parent, Act act) {
    Outcome outcome = tx->depth > 0 ? move_thing(tx, tx->pending, thing, parent, &act)
                                    : fire_outermost(tx, thing, parent, &act);
    if (tx->error)
        return (Outcome){ .why = story_say(SAY_BROKEN) };
    return outcome;
}

static Act act_after(Event event, const Act *because) {
    Act act = *because;
    act.event = event;
    act.actor = CLOCK;
    act.inputs = NULL;
    act.request_key = NULL;
    return act;
}

Outcome story_born(Tx *tx, Thing thing, Thing parent, Event event, const Act *because) {
    return story_fire(tx, thing, parent, act_after(event, because));
}

Outcome story_follow(Tx *tx, Thing thing, Event event, const Act *because) {
    return story_fire(tx, thing, (Thing){ 0 }, act_after(event, because));
}
