/* The story has no traps: every state can be reached and left, no word is idle, no event has two answers;
 * and all of it, state by event by actor, is as in the golden. */
#include "story.h"

#include <stdio.h>
#include <string.h>

#include "test.h"
#include "text.h"

static const unsigned everybody[] = { TRAINER, COMPANY, STAFF, CLOCK, BANK, FUNDER, TRAINEE, PAYER };
enum { EVERYBODY = sizeof everybody / sizeof everybody[0] };

/* Says what is wrong, and goes on, so that one run shows all. */
static int wrong_count;
static void law(bool holds, const char *what, const char *which) {
    if (holds)
        return;
    printf("%s: %s\n", what, which);
    wrong_count++;
}
static int begin(void **state) {
    (void)state;
    wrong_count = 0;
    return 0;
}

static void every_state_is_reached_and_left(void **unused) {
    (void)unused;
    bool reached[STATE_COUNT] = { false };
    const Row *rows;
    size_t count = story_rows(&rows);
    for (const Row *row = rows; row < rows + count; row++)
        if (row->kind == ROW_MOVE)
            reached[row->state] = true;
    for (int s = 1; s < STATE_COUNT; s++) {
        const char *name = story_state_name((State)s);
        const Row *state = story_state((State)s);
        law(state && state->state == (State)s, "state without a row", name);
        law(reached[s], "state never reached", name);
        if (!state)
            continue;
        law(state->who == NOBODY || story_may_leave((State)s), "awaited, but nothing can happen", name);
        law((state->who == NOBODY) == (state->turn[0] == 0), "awaited without being told what is asked",
            name);
        law(state->label[0] && state->meaning[0], "state without words", name);
    }
    assert_int_equal(wrong_count, 0);
}

/* Whoever is awaited has a move of his own, or may say what a funder or bank said. A payer pays at his
 * bank: the clock tells. A trainer prepares a dossier by validating its session. */
static void who_is_awaited_can_act(void **unused) {
    (void)unused;
    for (int s = 1; s < STATE_COUNT; s++) {
        const Row *const *moves;
        size_t count = story_moves(MACHINE_NONE, (State)s, &moves);
        unsigned may = NOBODY, awaited = story_state((State)s)->who;
        for (size_t i = 0; i < count; i++)
            may |= moves[i]->who;
        for (int a = 0; a < EVERYBODY; a++) {
            unsigned voices = everybody[a] == PAYER ? CLOCK : story_voices(everybody[a]);
            law(!(awaited & everybody[a]) || (may & voices) || s == STATE_dossier_preparing,
                "awaited, but may do nothing", story_state_name((State)s));
        }
    }
    assert_int_equal(wrong_count, 0);
}

static void no_word_is_idle(void **unused) {
    (void)unused;
    bool events[EVENT_COUNT] = { false }, needs[NEED_COUNT] = { false },
         reactions[REACTION_COUNT] = { false };
    const Row *rows;
    size_t count = story_rows(&rows);
    for (const Row *row = rows; row < rows + count; row++) {
        events[row->event] = true;
        for (int i = 0; i < NEEDS_MAX; i++)
            needs[row->needs[i]] = true;
        for (int i = 0; i < EFFECTS_MAX; i++)
            reactions[row->effects[i].reaction] = true;
    }
    for (int e = 1; e < EVENT_COUNT; e++) {
        law(events[e], "event never used", story_event_name((Event)e));
        law(story_event_label((Event)e)[0] && story_event_past((Event)e)[0], "event without words",
            story_event_name((Event)e));
        const Ask *first;
        size_t ask_count = story_asks((Event)e, &first);
        law(ask_count <= ASKS_MAX, "asks too much", story_event_name((Event)e));
        for (size_t i = 0; i < ask_count; i++)
            law(first[i].event == (Event)e, "asks that do not stand together", story_event_name((Event)e));
    }
    for (int n = 1; n < NEED_COUNT; n++)
        law(needs[n], "need never asked", story_need_name((Need)n));
    for (int r = 1; r < REACTION_COUNT; r++)
        law(reactions[r], "effect never used", story_reaction_name((Reaction)r));
    assert_int_equal(wrong_count, 0);
}

static bool needs_differ(const Row *a, const Row *b) {
    return memcmp(a->needs, b->needs, sizeof a->needs) != 0 && a->needs[0] != NO_NEED;
}

static void no_event_has_two_answers(void **unused) {
    (void)unused;
    for (int p = 0; p < STATE_COUNT + MACHINE_COUNT; p++) {
        State state = p < STATE_COUNT ? (State)p : STATE_UNBORN;
        const Row *const *moves;
        size_t count = story_moves(p < STATE_COUNT ? MACHINE_NONE : (Machine)(p - STATE_COUNT), state,
                                   &moves);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < i; j++)
                law(moves[i]->event != moves[j]->event || !(moves[i]->who & moves[j]->who) ||
                        needs_differ(moves[j], moves[i]),
                    story_state_name(state), story_event_name(moves[i]->event));
    }
    assert_int_equal(wrong_count, 0);
}

static void machines_keep_to_themselves(void **unused) {
    (void)unused;
    const Row *rows, *above = NULL;
    size_t count = story_rows(&rows);
    Machine machine = MACHINE_NONE;
    for (const Row *row = rows; row < rows + count; row++) {
        if (row->kind == ROW_MACHINE)
            machine = row->machine;
        if (row->kind == ROW_SPAN) {
            law(story_machine_of(row->state) == machine && story_machine_of(row->last) == machine,
                "a span leaves its machine", story_state_name(row->state));
            law(row->state < row->last, "a span of nothing", story_state_name(row->state));
        }
        if (row->kind == ROW_MOVE)
            law(story_machine_of(row->state) == machine, "a move leaves its machine",
                story_event_name(row->event));
        if (row->kind == ROW_MACHINE || row->kind == ROW_STATE || row->kind == ROW_SPAN)
            above = row;
        if (row->kind == ROW_CHASE || row->kind == ROW_WITHIN)
            law(above && above->kind == ROW_STATE, "reminders outside a state", story_machine_name(machine));
    }
    for (int n = 1; n < NEED_COUNT; n++) {
        State first, last;
        if (story_need_range((Need)n, &first, &last))
            law(first <= last && story_machine_of(first) == story_machine_of(last),
                "a need over two machines", story_need_name((Need)n));
    }
    assert_int_equal(wrong_count, 0);
}

/* A state has at most one row of reminders and one limit; and the reminders go forward in time. */
static void reminders_are_single_and_in_order(void **unused) {
    (void)unused;
    const Row *rows;
    size_t count = story_rows(&rows);
    State state = STATE_UNBORN;
    for (const Row *row = rows; row < rows + count; row++) {
        if (row->kind == ROW_STATE)
            state = row->state;
        if (row->kind == ROW_WITHIN)
            law(story_within(state) == row, "two limits", story_state_name(state));
        if (row->kind != ROW_CHASE)
            continue;
        law(story_chase(state) == row, "two rows of reminders", story_state_name(state));
        law(row->days[0] > 0, "a reminder on the day itself", story_state_name(state));
        for (int i = 1; i < CHASES_MAX && row->days[i]; i++)
            law((row->days[i] > row->days[i - 1]) != row->is_before, "reminders out of order",
                story_state_name(state));
    }
    assert_int_equal(wrong_count, 0);
}

static void words_are_found_again(void **unused) {
    (void)unused;
    for (int m = 1; m < MACHINE_COUNT; m++)
        assert_int_equal(story_machine_named(story_machine_name((Machine)m)), m);
    for (int s = 1; s < STATE_COUNT; s++)
        assert_int_equal(story_state_named(story_state_name((State)s)), s);
    for (int e = 1; e < EVENT_COUNT; e++)
        assert_int_equal(story_event_named(story_event_name((Event)e)), e);
    for (int n = 1; n < NEED_COUNT; n++)
        assert_int_equal(story_need_named(story_need_name((Need)n)), n);
    for (int a = 0; a < EVERYBODY; a++) {
        assert_int_equal(story_actor_named(story_actor_name(everybody[a])), everybody[a]);
        assert_true(story_actor_label(everybody[a])[0] != 0);
    }
    assert_int_equal(story_state_named("dossier_gren"), STATE_UNBORN);
    assert_int_equal(story_state_named("unborn"), STATE_UNBORN);
    assert_int_equal(story_event_named(""), EVENT_NONE);
    assert_int_equal(story_need_named(NULL), NO_NEED);
    assert_int_equal(story_actor_named("opco"), NOBODY);
}

/* What a session sees of its dossiers. */
static void green_light_wants_all_who_live(void **unused) {
    (void)unused;
    Facts facts = { .machine = MACHINE_session, .state = STATE_session_validated };
    assert_int_equal(story_judge(&facts, EVENT_all_files_green, CLOCK).missing, ALL_DOSSIERS_ARE_GREEN);
    facts.children[STATE_dossier_abandoned] = 1;
    assert_int_equal(story_judge(&facts, EVENT_all_files_green, CLOCK).missing, ALL_DOSSIERS_ARE_GREEN);
    facts.children[STATE_dossier_green] = 2;
    facts.children[STATE_dossier_signed] = 1;
    assert_int_equal(story_judge(&facts, EVENT_all_files_green, CLOCK).missing, ALL_DOSSIERS_ARE_GREEN);
    facts.children[STATE_dossier_signed] = 0;
    facts.children[STATE_dossier_to_invoice] = 1;
    facts.children[STATE_audit_requested] = 1; /* another kind of child: none of this need's business */
    Verdict verdict = story_judge(&facts, EVENT_all_files_green, CLOCK);
    assert_int_equal(verdict.missing, NO_NEED);
    assert_int_equal(verdict.move->state, STATE_session_open);
    assert_null(story_judge(&facts, EVENT_all_files_green, COMPANY).move);
}

static void parent_and_root_are_seen(void **unused) {
    (void)unused;
    Facts slot = { .machine = MACHINE_slot, .state = STATE_slot_open, .parent = STATE_dossier_green };
    slot.root = STATE_session_validated;
    assert_int_equal(story_judge(&slot, EVENT_trainee_signs, TRAINEE).missing, SESSION_MAY_RUN);
    slot.root = STATE_session_running;
    assert_int_equal(story_judge(&slot, EVENT_trainee_signs, TRAINEE).missing, NO_NEED);
    slot.parent = STATE_dossier_agreement_to_fix;
    assert_int_equal(story_judge(&slot, EVENT_trainee_signs, TRAINEE).missing, DOSSIER_IS_GREEN);
}

static void spans_hold_from_first_to_last(void **unused) {
    (void)unused;
    for (int s = STATE_session_draft; s <= STATE_session_closed; s++) {
        Facts facts = { .machine = MACHINE_session, .state = (State)s };
        bool may = story_judge(&facts, EVENT_cancel, STAFF).move != NULL;
        assert_int_equal(may, s <= STATE_session_open);
    }
    /* one event, two rows: a company alone may cancel, trainer and staff always */
    Facts facts = { .machine = MACHINE_session, .state = STATE_session_open };
    assert_int_equal(story_judge(&facts, EVENT_cancel, COMPANY).missing, COMPANY_IS_ALONE);
    assert_int_equal(story_judge(&facts, EVENT_cancel, COMPANY | STAFF).missing, NO_NEED);
}

static void choices_are_each_event_once_in_order(void **unused) {
    (void)unused;
    Facts facts = { .machine = MACHINE_dossier, .state = STATE_dossier_agreement_received };
    Choice choices[12];
    size_t count = story_choices(&facts, STAFF, choices, 12);
    const Event wanted[] = { EVENT_control_ok, EVENT_partial_amount, EVENT_control_ko,
                             EVENT_refused,    EVENT_take_back,      EVENT_cancelled };
    assert_int_equal(count,
                     sizeof wanted / sizeof wanted[0]); /* refused: what the funder said, told by staff */
    for (size_t i = 0; i < count; i++)
        assert_int_equal(choices[i].event, wanted[i]);
    assert_int_equal(choices[0].missing, ANSWER_IS_TYPED);
    assert_int_equal(choices[2].missing, NO_NEED);
    assert_int_equal(story_choices(&facts, STAFF, choices, 2), 2);
    assert_int_equal(story_choices(&facts, TRAINEE, choices, 12), 0);
}

static void what_may_still_come_is_known(void **unused) {
    (void)unused;
    assert_true(story_may_still(STATE_slot_planned, EVENT_window_closed));
    assert_true(
        story_may_still(STATE_slot_absent, EVENT_window_closed)); /* taken back, the window is open again */
    assert_false(story_may_still(STATE_slot_signed, EVENT_window_closed));
    assert_true(story_may_still(STATE_session_open, EVENT_start_date_reached_without_green));
    assert_false(story_may_still(STATE_session_running, EVENT_start_date_reached_without_green));
    assert_false(story_may_leave(STATE_dossier_archived));
}

/* ---- the golden: state x event x actor ---- */

static void print_set(Text *out, const char *head, unsigned set) {
    if (set == NOBODY)
        return;
    text_add(out, head);
    for (int a = 0; a < EVERYBODY; a++)
        if (set & everybody[a])
            text_print(out, " %s", story_actor_name(everybody[a]));
}

static void print_effects(Text *out, const Row *move) {
    static const char *const kinds[] = { "", "make", "mail", "order", "run" };
    for (const Effect *e = move->effects; e < move->effects + EFFECTS_MAX && e->kind != EFFECT_END; e++) {
        text_print(out, " %s(%s", kinds[e->kind], e->what);
        print_set(out, ":", e->to);
        text_add_char(out, ')');
    }
}

static void print_answers(Text *out, Machine machine, State state, Event event) {
    Facts facts = { .machine = machine, .state = state };
    for (int a = 0; a < EVERYBODY; a++) {
        Verdict verdict = story_judge(&facts, event, everybody[a]);
        if (!verdict.move)
            continue;
        text_print(out, "  %-32s %-8s -> %s", story_event_name(event), story_actor_name(everybody[a]),
                   story_state_name(verdict.move->state));
        for (int n = 0; n < NEEDS_MAX && verdict.move->needs[n] != NO_NEED; n++)
            text_print(out, " %s", story_need_name(verdict.move->needs[n]));
        print_effects(out, verdict.move);
        text_add_char(out, '\n');
    }
}

static void print_reminders(Text *out, const Row *row, const char *word) {
    static const char *const anchors[] = { "entry", "start", "end", "due" };
    if (!row)
        return;
    text_print(out, "  %s %s %s", word, row->is_before ? "before" : "after", anchors[row->anchor]);
    for (int i = 0; i < CHASES_MAX && (row->days[i] || i == 0); i++)
        text_print(out, " %d", row->days[i]);
    if (row->label)
        text_print(out, " %s", row->label);
    print_set(out, " to", row->who);
    text_add_char(out, '\n');
}

static void print_place(Text *out, Machine machine, State state) {
    if (state == STATE_UNBORN)
        text_print(out, "%s is born\n", story_machine_name(machine));
    else {
        text_add(out, story_state_name(state));
        print_set(out, " awaits", story_state(state)->who);
        text_print(out, "%s\n", story_is_dead(state) ? ", dead" : "");
        print_reminders(out, story_chase(state), "chase");
        print_reminders(out, story_within(state), "late");
    }
    for (int e = 1; e < EVENT_COUNT; e++)
        print_answers(out, machine, state, (Event)e);
    text_add_char(out, '\n');
}

static void the_whole_story_is_as_written(void **unused) {
    (void)unused;
    AUTO_ARENA Arena *arena = arena_new();
    Text out = text_new(arena);
    for (int m = 1; m < MACHINE_COUNT; m++) {
        print_place(&out, (Machine)m, STATE_UNBORN);
        for (int s = 1; s < STATE_COUNT; s++)
            if (story_machine_of((State)s) == (Machine)m)
                print_place(&out, (Machine)m, (State)s);
    }
    test_golden("story.txt", out.p, out.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_state_is_reached_and_left, begin),
        cmocka_unit_test_setup(who_is_awaited_can_act, begin),
        cmocka_unit_test_setup(no_word_is_idle, begin),
        cmocka_unit_test_setup(no_event_has_two_answers, begin),
        cmocka_unit_test_setup(machines_keep_to_themselves, begin),
        cmocka_unit_test_setup(reminders_are_single_and_in_order, begin),
        cmocka_unit_test(words_are_found_again),
        cmocka_unit_test(green_light_wants_all_who_live),
        cmocka_unit_test(parent_and_root_are_seen),
        cmocka_unit_test(spans_hold_from_first_to_last),
        cmocka_unit_test(choices_are_each_event_once_in_order),
        cmocka_unit_test(what_may_still_come_is_known),
        cmocka_unit_test(the_whole_story_is_as_written),
    };
    return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}
