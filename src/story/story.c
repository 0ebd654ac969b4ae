#include "story.h"

#include <assert.h>

/* clang-format off */
/* The words of papers and mails: a row that names an unknown one does not compile. */
enum {
#define DOCUMENT(id, ...) PAPER_##id,
#include "catalogue.def"
#undef DOCUMENT
#define MAIL(id, ...) MAIL_##id,
#include "mails.def"
#undef MAIL
};
#define KNOWN(word, value) ((word) * 0 + (value))

#define ALWAYS           .needs = { NO_NEED }
#define NEEDS(...)       .needs = { __VA_ARGS__ }
#define NOTHING          { EFFECT_END, NULL, NOBODY, NO_REACTION }
#define MAKE(document)   { EFFECT_MAKE, #document, KNOWN(PAPER_##document, NOBODY), NO_REACTION }
#define MAIL(mail, whom) { EFFECT_MAIL, #mail, KNOWN(MAIL_##mail, whom), NO_REACTION }
#define ORDER(file)      { EFFECT_ORDER, #file, NOBODY, NO_REACTION }
#define RUN(word)        { EFFECT_RUN, #word, NOBODY, REACTION_##word }
#define AFTER(anchor_)   .anchor = ANCHOR_##anchor_, .is_before = false
#define BEFORE(anchor_)  .anchor = ANCHOR_##anchor_, .is_before = true

static const Row rows[] = {
#define MACHINE(id, hangs_on, words)  \
    { .kind = ROW_MACHINE, .machine = MACHINE_##id, .parent = MACHINE_##hangs_on, .label = words },
#define STATE(id, awaits, words, text, asked) \
    { .kind = ROW_STATE, .state = STATE_##id, .who = awaits, .label = words, .meaning = text, .turn = asked },
#define SPAN(from, to)                { .kind = ROW_SPAN, .state = STATE_##from, .last = STATE_##to },
#define MOVE(on, by, needs_, to, ...) \
    { .kind = ROW_MOVE, .event = EVENT_##on, .who = by, needs_, .state = STATE_##to, \
      .effects = { __VA_ARGS__ } },
#define CHASE(from, mail, whom, ...)  \
    { .kind = ROW_CHASE, from, .label = #mail, .who = KNOWN(MAIL_##mail, whom), .days = { __VA_ARGS__ } },
#define WITHIN(days_)                 { .kind = ROW_WITHIN, AFTER(ENTRY), .days = { days_ } },
#define BY(from, days_)               { .kind = ROW_WITHIN, from, .days = { days_ } },
#define DEAD(id)                      { .kind = ROW_DEAD, .state = STATE_##id },
#include "story.def"
};
/* clang-format on */
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static const Ask asks[] = {
#define ASK(event, field, kind, is_required, label, hint)                                                    \
    { EVENT_##event, #field, ASK_##kind, is_required, label, hint },
#include "story.def"
};
enum { ASK_COUNT = sizeof asks / sizeof asks[0] };

/* The needs that the story sees by itself: where they look, and which states they want there. */
typedef struct Sight {
    NeedKind kind;
    State first, last;
} Sight;

static const Sight sights[NEED_COUNT] = {
#define NEED_PARENT(id, from, to, message)   [id] = { NEED_OF_PARENT, STATE_##from, STATE_##to },
#define NEED_ROOT(id, from, to, message)     [id] = { NEED_OF_ROOT, STATE_##from, STATE_##to },
#define NEED_CHILDREN(id, from, to, message) [id] = { NEED_OF_CHILDREN, STATE_##from, STATE_##to },
#include "story.def"
};

/* The rows by where they hold. A place is a state or, beyond them, the birth of a machine. */
enum { PLACE_COUNT = STATE_COUNT + MACHINE_COUNT, MOVES_MAX = 16 };

typedef struct Place {
    Machine machine, hangs_on; /* hangs_on: of births */
    const Row *state, *chase, *within;
    const Row *moves[MOVES_MAX];
    size_t move_count;
    bool is_dead;
    bool may_still[EVENT_COUNT];
} Place;

static struct {
    bool is_made;
    Place places[PLACE_COUNT];
    const Ask *asks[EVENT_COUNT];
    size_t ask_counts[EVENT_COUNT];
} story_index;

static void add_move(Place *place, const Row *move) {
    assert(place->move_count < MOVES_MAX);
    place->moves[place->move_count++] = move;
}

static void index_move(const Row *above, const Row *move) {
    if (above->kind == ROW_MACHINE)
        add_move(&story_index.places[STATE_COUNT + above->machine], move);
    else if (above->kind == ROW_STATE)
        add_move(&story_index.places[above->state], move);
    else
        for (State s = above->state; s <= above->last; s++)
            add_move(&story_index.places[s], move);
}

/* Two passes, so that the moves of a state come before those of its spans, wherever the span stands. */
static void index_rows(bool spans) {
    Machine machine = MACHINE_NONE;
    const Row *above = NULL;
    for (const Row *row = rows; row < rows + ROW_COUNT; row++) {
        Place *here = &story_index.places[row->state];
        switch (row->kind) {
        case ROW_MACHINE:
            machine = row->machine;
            story_index.places[STATE_COUNT + machine].machine = machine;
            story_index.places[STATE_COUNT + machine].hangs_on = row->parent;
            above = row;
            break;
        case ROW_STATE:
            here->machine = machine;
            here->state = row;
            above = row;
            break;
        case ROW_SPAN: above = row; break;
        case ROW_MOVE:
            if (above && (above->kind == ROW_SPAN) == spans)
                index_move(above, row);
            break;
        case ROW_CHASE: story_index.places[above ? above->state : STATE_UNBORN].chase = row; break;
        case ROW_WITHIN: story_index.places[above ? above->state : STATE_UNBORN].within = row; break;
        case ROW_DEAD: here->is_dead = true; break;
        case ROW_END: break;
        }
    }
}

/* What may come here or wherever the moves from here lead; repeated until nothing new is learnt. */
static bool spread_future(Place *place) {
    bool has_grown = false;
    for (size_t i = 0; i < place->move_count; i++) {
        const Place *to = &story_index.places[place->moves[i]->state];
        for (int e = EVENT_NONE + 1; e < EVENT_COUNT; e++) {
            bool may = (Event)e == place->moves[i]->event || to->may_still[e];
            has_grown = has_grown || (may && !place->may_still[e]);
            place->may_still[e] = place->may_still[e] || may;
        }
    }
    return has_grown;
}

static void make_index(void) {
    index_rows(false);
    index_rows(true);
    for (bool again = true; again;) {
        again = false;
        for (int p = 0; p < PLACE_COUNT; p++)
            again = spread_future(&story_index.places[p]) || again;
    }
    for (const Ask *ask = asks; ask < asks + ASK_COUNT; ask++) {
        if (!story_index.asks[ask->event])
            story_index.asks[ask->event] = ask;
        story_index.ask_counts[ask->event]++;
    }
    story_index.is_made = true;
}

static const Place *place_of(Machine machine, State state) {
    if (!story_index.is_made)
        make_index();
    return &story_index.places[state == STATE_UNBORN ? STATE_COUNT + (int)machine : (int)state];
}

/* Are all the children of this kind that still live between the two states? Without any the answer is no. */
static bool children_stand_within(State first, State last, const Facts *facts) {
    Machine machine = story_machine_of(first);
    int inside = 0;
    for (State s = STATE_UNBORN + 1; s < STATE_COUNT; s++) {
        if (facts->children[s] == 0 || story_machine_of(s) != machine || story_is_dead(s))
            continue;
        if (s < first || s > last)
            return false;
        inside += facts->children[s];
    }
    return inside > 0;
}

static bool holds(Need need, const Facts *facts) {
    const Sight *sight = &sights[need];
    switch (sight->kind) {
    case NEED_OF_PARENT: return facts->parent >= sight->first && facts->parent <= sight->last;
    case NEED_OF_ROOT: return facts->root >= sight->first && facts->root <= sight->last;
    case NEED_OF_CHILDREN: return children_stand_within(sight->first, sight->last, facts);
    case NEED_IS_TICKED: break;
    }
    return facts->ticked[need];
}

static Need first_missing(const Row *move, const Facts *facts) {
    for (int i = 0; i < NEEDS_MAX && move->needs[i] != NO_NEED; i++)
        if (!holds(move->needs[i], facts))
            return move->needs[i];
    return NO_NEED;
}

Verdict story_judge(const Facts *facts, Event event, unsigned actor) {
    const Place *place = place_of(facts->machine, facts->state);
    Verdict first = { NULL, NO_NEED };
    for (size_t i = 0; i < place->move_count; i++) {
        const Row *move = place->moves[i];
        if (move->event != event || !(move->who & actor))
            continue;
        Verdict verdict = { move, first_missing(move, facts) };
        if (verdict.missing == NO_NEED)
            return verdict;
        if (!first.move)
            first = verdict;
    }
    return first;
}

unsigned story_voices(unsigned actors) { return actors & STAFF ? actors | FUNDER | BANK : actors; }

static bool is_chosen(const Choice *choices, size_t count, Event event) {
    for (size_t i = 0; i < count; i++)
        if (choices[i].event == event)
            return true;
    return false;
}

size_t story_choices(const Facts *facts, unsigned actors, Choice *ret, size_t room) {
    const Place *place = place_of(facts->machine, facts->state);
    unsigned voices = story_voices(actors);
    size_t count = 0;
    for (size_t i = 0; i < place->move_count && count < room; i++) {
        const Row *move = place->moves[i];
        if (!(move->who & voices) || is_chosen(ret, count, move->event))
            continue;
        Verdict verdict = story_judge(facts, move->event, voices);
        ret[count++] = (Choice){ move->event, verdict.move, verdict.missing };
    }
    return count;
}

size_t story_rows(const Row **ret_rows) {
    *ret_rows = rows;
    return ROW_COUNT;
}

size_t story_moves(Machine machine, State state, const Row *const **ret_first) {
    const Place *place = place_of(machine, state);
    *ret_first = place->moves;
    return place->move_count;
}

size_t story_asks(Event event, const Ask **ret_first) {
    (void)place_of(MACHINE_NONE, STATE_UNBORN);
    *ret_first = story_index.asks[event];
    return story_index.ask_counts[event];
}

const Row *story_state(State state) { return place_of(MACHINE_NONE, state)->state; }

Machine story_machine_of(State state) { return place_of(MACHINE_NONE, state)->machine; }

Machine story_hangs_on(Machine machine) { return place_of(machine, STATE_UNBORN)->hangs_on; }

bool story_is_dead(State state) { return place_of(MACHINE_NONE, state)->is_dead; }

bool story_is_for_staff(State state) { return (story_state(state)->who & (STAFF | FUNDER | BANK)) != 0; }

bool story_may_leave(State state) { return place_of(MACHINE_NONE, state)->move_count > 0; }

bool story_may_still(State state, Event event) { return place_of(MACHINE_NONE, state)->may_still[event]; }

const Row *story_chase(State state) { return place_of(MACHINE_NONE, state)->chase; }

const Row *story_within(State state) { return place_of(MACHINE_NONE, state)->within; }

NeedKind story_need_kind(Need need) { return sights[need].kind; }

bool story_need_range(Need need, State *ret_first, State *ret_last) {
    if (sights[need].kind == NEED_IS_TICKED)
        return false;
    *ret_first = sights[need].first;
    *ret_last = sights[need].last;
    return true;
}
