#include "desk_parts_pages.h"

#include "date.h"
#include "desk_words.h"
#include "story_pages.h"
#include "story_viewer.h"
#include "text.h"

enum { BUTTONS_MAX = 24 };

Url desk_act_url(Arena *arena, const Sight *sight, Event event) {
    const char *path = desk_act_path(sight->thing.machine, event);
    if (path)
        return url_print(arena, path, sight->reference);
    return url_print(arena, "/acte/%s/%ld/%s", story_machine_name(sight->thing.machine),
                     (long)sight->thing.id.value, story_event_name(event));
}

void desk_buttons_add(Request *rq, Tx *tx, const Sight *sight, ButtonSet *set) {
    StoryButtons all = story_buttons(tx, sight->thing, story_actors(rq->viewer));
    if (!set->at)
        set->at = arena_zero(rq->arena, 2 * BUTTONS_MAX, sizeof *set->at);
    for (size_t i = 0; i < all.count && set->count < 2 * BUTTONS_MAX; i++) {
        Event event = all.at[i].event;
        if (desk_act_is_hidden(sight->thing.machine, event))
            continue;
        bool has_page = desk_act_path(sight->thing.machine, event) != NULL;
        set->at[set->count] = (Button){ .label = all.at[i].label,
                                        .url = desk_act_url(rq->arena, sight, event),
                                        .kind = set->count ? BUTTON_second : BUTTON_main,
                                        /* what is missing is given on the act's own page */
                                        .missing = has_page ? NULL : all.at[i].missing };
        set->count++;
    }
}

ButtonSet desk_buttons(Request *rq, Tx *tx, const Sight *sight) {
    ButtonSet set = { 0 };
    desk_buttons_add(rq, tx, sight, &set);
    return set;
}

Url desk_thing_url(Arena *arena, const Viewer *viewer, const Sight *sight) {
    long id = (long)sight->thing.id.value;
    switch (sight->thing.machine) {
    case MACHINE_session:
        return viewer->role == ROLE_COMPANY ? url_print(arena, "/dossiers/%s", sight->dossier_reference)
                                            : url_print(arena, "/sessions/%s", sight->session_reference);
    case MACHINE_dossier: return url_print(arena, "/dossiers/%s", sight->reference);
    case MACHINE_slot:
        return viewer->role == ROLE_PARTICIPANT
                   ? url_print(arena, "/p")
                   : url_print(arena, "/sessions/%s/emargement", sight->session_reference);
    case MACHINE_invoice: return url_print(arena, "/factures/%ld", id);
    case MACHINE_payment: return url_print(arena, "/g/encaissements/%ld", id);
    case MACHINE_payout: return url_print(arena, "/g/paiements/%ld", id);
    case MACHINE_audit: return url_print(arena, "/g/controles/%ld", id);
    case MACHINE_trainer:
        return viewer->role == ROLE_TRAINER ? url_print(arena, "/f/profil")
                                            : url_print(arena, "/g/formateurs/%ld", id);
    case MACHINE_NONE:
    case MACHINE_COUNT: break;
    }
    return url_print(arena, "/");
}

static Tone tone_of(State state, const Row *row) {
    if (story_is_dead(state))
        return TONE_plain;
    switch (state) {
    case STATE_session_open:
    case STATE_session_running:
    case STATE_dossier_green: return TONE_green;
    case STATE_session_blocked:
    case STATE_dossier_refused: return TONE_bad;
    default: break;
    }
    return row->who & STAFF     ? TONE_turn
           : row->who & TRAINER ? TONE_violet
           : row->who           ? TONE_blue
                                : TONE_plain;
}

Tag desk_state_tag(State state) {
    const Row *row = story_state(state);
    return row ? (Tag){ .tone = tone_of(state, row), .text = row->label } : (Tag){ .text = "" };
}

bool desk_is_turn_of(const Viewer *viewer, const Row *state, bool is_stuck) {
    switch (viewer->role) {
    case ROLE_STAFF: return is_stuck || story_is_for_staff(state->state);
    case ROLE_TRAINER: return state->who & TRAINER;
    case ROLE_COMPANY: return state->who & COMPANY;
    default: return false;
    }
}

const char *desk_due(Arena *arena, Date late_on, Date today) {
    if (date_is_none(late_on))
        return NULL;
    return desk_say(arena, date_diff(today, late_on) > 0 ? DESK_LATE_SINCE : DESK_DO_BEFORE,
                    date_prose_short(arena, late_on));
}

void desk_refresh(Request *rq, Thing thing) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Sight sight;
    Act act = story_act(rq, EVENT_NONE, NOBODY);
    if (!desk_see(&tx, rq->viewer, thing, &sight))
        return;
    desk_check(&tx, &sight, &act);
    (void)db_commit(&tx); /* what could not be ticked now shows as missing */
}
