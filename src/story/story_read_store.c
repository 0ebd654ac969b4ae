/* What pages read of the story: buttons and time lines. */
#include "story_sql.h"
#include "story_store.h"

enum { CHOICES_MAX = 16 };

/* As whom the act is done: oneself if one may, else the one for whom one speaks. */
static unsigned voice_of(const Row *move, unsigned actors) {
    unsigned may = move->who & actors ? move->who & actors : move->who & story_voices(actors);
    return may & ~(may - 1); /* one of them */
}

StoryButtons story_buttons(Tx *tx, Thing thing, unsigned actors) {
    Facts facts = story_facts(tx, thing);
    Choice choices[CHOICES_MAX];
    const Ask *asks;
    StoryButtons buttons = { arena_zero(tx->arena, CHOICES_MAX, sizeof *buttons.at), 0 };
    buttons.count = tx->error ? 0 : story_choices(&facts, actors, choices, CHOICES_MAX);
    for (size_t i = 0; i < buttons.count; i++) {
        Event event = choices[i].event;
        buttons.at[i] = (StoryButton){ .event = event,
                                       .name = story_event_name(event),
                                       .label = story_event_label(event),
                                       .asks = story_asks(event, &asks) > 0,
                                       .as = voice_of(choices[i].move, actors) };
        if (choices[i].missing != NO_NEED)
            buttons.at[i].missing = story_need_message(choices[i].missing);
    }
    return buttons;
}

static Lines lines_from(Tx *tx, LineRows rows) {
    Lines lines = { arena_zero(tx->arena, rows.count + 1, sizeof *lines.at), rows.count };
    for (size_t i = 0; i < rows.count; i++) {
        const LineRow *row = &rows.at[i];
        State to = story_state_named(row->to_state);
        const Row *state = story_state(to);
        lines.at[i] = (Line){ .id = row->id,
                              .machine = row->machine,
                              .event = row->event,
                              .past = story_event_past(story_event_named(row->event)),
                              .person = row->person,
                              .whose = row->whose,
                              .reason = row->reason,
                              .to_state = row->to_state,
                              .to_label = state ? state->label : "",
                              .happened_at = row->happened_at };
    }
    return lines;
}

Lines story_lines(Tx *tx, Thing thing) {
    return lines_from(tx, journal_of(tx, story_machine_name(thing.machine), thing.id));
}

Lines story_lines_of_root(Tx *tx, ThingId root_id, size_t most) {
    return lines_from(tx, journal_of_root(tx, root_id, (int64_t)most));
}

bool story_knows_all(Tx *tx, const char **ret_word) {
    WordRows states = states_told(tx), events = events_told(tx);
    for (size_t i = 0; i < states.count; i++)
        if (story_state_named(states.at[i].word) == STATE_UNBORN) {
            *ret_word = states.at[i].word;
            return false;
        }
    for (size_t i = 0; i < events.count; i++)
        if (story_event_named(events.at[i].word) == EVENT_NONE) {
            *ret_word = events.at[i].word;
            return false;
        }
    return !tx->error;
}
