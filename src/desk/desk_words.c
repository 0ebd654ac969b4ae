#include "desk_words.h"

#include <stddef.h>

#include "text.h"

static const char *const words[] = {
#define WORD(id, text) [DESK_##id] = (text),
#include "desk.def"
};

const char *desk_word(DeskWord word) { return words[word]; }

const char *desk_say(Arena *arena, DeskWord word, const char *value) {
    Text out = text_new(arena);
    for (const char *s = words[word]; *s; s++) {
        if (s[0] == '%' && s[1] == 's') {
            text_add(&out, value ? value : "");
            s++;
        } else {
            text_add_char(&out, *s);
        }
    }
    return out.p;
}

static const struct {
    unsigned actor;
    DeskWord word;
} whose[] = { { STAFF, DESK_OF_STAFF },   { COMPANY, DESK_OF_COMPANY }, { TRAINER, DESK_OF_TRAINER },
              { FUNDER, DESK_OF_FUNDER }, { PAYER, DESK_OF_PAYER },     { TRAINEE, DESK_OF_TRAINEE } };

const char *desk_whose(unsigned actors) {
    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
        if (actors & whose[i].actor)
            return words[whose[i].word];
    return "";
}

const char *desk_actors(Arena *arena, unsigned actors) {
    Text out = text_new(arena);
    for (unsigned bit = 1; bit <= PAYER; bit <<= 1)
        if (actors & bit) {
            text_add(&out, out.n ? ", " : "");
            text_add(&out, story_actor_label(bit));
        }
    return out.p ? out.p : "";
}

static const DeskStep steps[] = {
#define STEP(title, done_by, also, next) { title, next, EVENT_##done_by, EVENT_##also },
#include "steps.def"
};

size_t desk_steps(const DeskStep **ret_all) {
    *ret_all = steps;
    return sizeof steps / sizeof *steps;
}

size_t desk_step_of(State state) {
    static const struct {
        State state;
        size_t number;
    } stands[] = {
#define STANDS(state, number) { STATE_##state, number },
#include "steps.def"
    };
    for (size_t i = 0; i < sizeof stands / sizeof *stands; i++)
        if (stands[i].state == state)
            return stands[i].number;
    return 0;
}

size_t desk_pipe(const PipeStep **ret_all) {
    static const PipeStep pipe[] = {
#define PIPE(label, first, last, is_hot) { label, STATE_##first, STATE_##last, is_hot },
#include "steps.def"
    };
    *ret_all = pipe;
    return sizeof pipe / sizeof *pipe;
}

const char *desk_act_path(Machine machine, Event event) {
    static const struct {
        Machine machine;
        Event event;
        const char *path;
    } pages[] = {
#define ACT_PAGE(machine, event, path) { MACHINE_##machine, EVENT_##event, path },
#include "acts.def"
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].machine == machine && pages[i].event == event)
            return pages[i].path;
    return NULL;
}

bool desk_act_is_hidden(Machine machine, Event event) {
    static const struct {
        Machine machine;
        Event event;
    } hidden[] = {
#define ACT_HIDDEN(machine, event) { MACHINE_##machine, EVENT_##event },
#include "acts.def"
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (hidden[i].machine == machine && hidden[i].event == event)
            return true;
    return false;
}
