#include "session_store.h"

/* A reaction that only tries: what the story does not allow now is no refusal of the act that caused it. */
static const char *try_follow(Tx *tx, Thing thing, Event event, const Act *because) {
    Facts facts = story_facts(tx, thing);
    Verdict verdict = story_judge(&facts, event, CLOCK);
    if (!verdict.move || verdict.missing)
        return NULL;
    return story_follow(tx, thing, event, because).why;
}

static Thing root_of(const Cause *cause) { return (Thing){ MACHINE_session, cause->root_id }; }

const char *session_try_open(Tx *tx, const Cause *cause) {
    return try_follow(tx, root_of(cause), EVENT_all_files_green, &cause->act);
}
const char *session_lose_green(Tx *tx, const Cause *cause) {
    return try_follow(tx, root_of(cause), EVENT_green_lost, &cause->act);
}
const char *session_start(Tx *tx, const Cause *cause) {
    return try_follow(tx, root_of(cause), EVENT_first_slot_signed, &cause->act);
}
