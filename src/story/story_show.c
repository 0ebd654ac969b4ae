#include "story_show.h"

#include <string.h>

#include "story_draw.h"

static void say(FILE *out, Say word) { fputs(story_say(word), out); }

void story_put_actors(FILE *out, unsigned actors) {
    const char *comma = "";
    for (unsigned one = TRAINER; one <= PAYER; one <<= 1) {
        if (actors & one)
            fprintf(out, "%s%s", comma, story_actor_label(one));
        if (actors & one)
            comma = ", ";
    }
}

/* ---- md ---- */

static const char *paper_title(const char *word) {
    static const struct {
        const char *word, *title;
    } papers[] = {
#define DOCUMENT(id, title, ...) { #id, title },
#include "catalogue.def"
#undef DOCUMENT
    };
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++)
        if (strcmp(papers[i].word, word) == 0)
            return papers[i].title;
    return word;
}

static void put_mail(FILE *out, const char *mail, unsigned whom) {
    fprintf(out, "%s [%s](../texts/mails/%s.fr.md) (", story_say(SAY_MAIL_WORD), mail, mail);
    story_put_actors(out, whom);
    fputc(')', out);
}

static void put_effects(FILE *out, const Row *move) {
    for (int i = 0; i < EFFECTS_MAX && move->effects[i].kind != EFFECT_END; i++) {
        const Effect *effect = &move->effects[i];
        fputs(i ? "<br>" : "", out);
        switch (effect->kind) {
        case EFFECT_MAKE: fputs(paper_title(effect->what), out); break;
        case EFFECT_MAIL: put_mail(out, effect->what, effect->to); break;
        case EFFECT_ORDER: fprintf(out, "%s %s", story_say(SAY_ORDER_WORD), effect->what); break;
        case EFFECT_RUN: fputs(story_reaction_text(effect->reaction), out); break;
        case EFFECT_END: break;
        }
    }
}

static void put_move(FILE *out, const Row *move) {
    fprintf(out, "| %s | ", story_event_label(move->event));
    story_put_actors(out, move->who);
    fputs(" | ", out);
    for (int i = 0; i < NEEDS_MAX && move->needs[i] != NO_NEED; i++)
        fprintf(out, "%s« %s »", i ? "<br>" : "", story_need_message(move->needs[i]));
    fprintf(out, " | %s | ", story_state(move->state)->label);
    put_effects(out, move);
    fputs(" |\n", out);
}

/* The moves that stand right below a row. */
static void put_moves(FILE *out, const Row *above, const Row *end) {
    const Row *row = above + 1;
    if (row >= end || row->kind != ROW_MOVE)
        return;
    fprintf(out, "\n| %s | %s | %s | %s | %s |\n| --- | --- | --- | --- | --- |\n", story_say(SAY_ACT_WORD),
            story_say(SAY_BY_WORD), story_say(SAY_MISSING_WORD), story_say(SAY_BECOMES_WORD),
            story_say(SAY_THEN_WORD));
    for (; row < end && row->kind == ROW_MOVE; row++)
        put_move(out, row);
}

static Say unit_of(const Row *row, int count) {
    bool is_one = count == 1 && row->days[0] == 1;
    if (row->kind == ROW_WITHIN && row->anchor == ANCHOR_ENTRY)
        return is_one ? SAY_WORKING_DAY : SAY_WORKING_DAYS;
    return is_one ? SAY_DAY_WORD : SAY_DAYS_WORD;
}

/* "2, 5 et 10 jours avant le début de la session" */
static void put_days(FILE *out, const Row *row) {
    static const Say anchors[] = { SAY_ENTRY_WORD, SAY_START_WORD, SAY_END_WORD, SAY_DUE_WORD };
    int count = 0;
    while (count < CHASES_MAX && row->days[count])
        count++;
    for (int i = 0; i < count; i++) {
        if (i > 0 && i == count - 1)
            fprintf(out, " %s ", story_say(SAY_AND_WORD));
        else if (i > 0)
            fputs(", ", out);
        fprintf(out, "%d", row->days[i]);
    }
    fprintf(out, " %s %s %s", story_say(unit_of(row, count)),
            story_say(row->is_before ? SAY_BEFORE_WORD : SAY_AFTER_WORD), story_say(anchors[row->anchor]));
}

static void put_reminders(FILE *out, State state) {
    const Row *chase = story_chase(state), *within = story_within(state);
    if (within) {
        fprintf(out, "- %s : ", story_say(SAY_LATE_WORD));
        if (within->days[0])
            put_days(out, within);
        else
            say(out, SAY_PASSED_DUE);
        fputs(".\n", out);
    }
    if (chase) {
        fprintf(out, "- %s : ", story_say(SAY_CHASE_WORD));
        put_mail(out, chase->label, chase->who);
        fputs(", ", out);
        put_days(out, chase);
        fprintf(out, " ; %s.\n", story_say(SAY_THEN_CALL));
    }
}

static void put_state(FILE *out, const Row *row) {
    fprintf(out, "\n### %s\n\n`%s`. %s", row->label, story_state_name(row->state), row->meaning);
    if (story_is_dead(row->state))
        fprintf(out, " %s", story_say(SAY_DEAD_WORD));
    if (!story_may_leave(row->state))
        fprintf(out, " %s", story_say(SAY_FINAL_WORD));
    fputs("\n\n", out);
    if (row->who != NOBODY) {
        fprintf(out, "- %s : ", story_say(SAY_AWAITED_WORD));
        story_put_actors(out, row->who);
        fprintf(out, ". %s.\n", row->turn);
    }
    put_reminders(out, row->state);
}

static void put_machine(FILE *out, const Row *row) {
    fprintf(out, "\n## %s\n", row->label);
    if (row->parent != MACHINE_NONE)
        fprintf(out, "\n%s : %s.\n", story_say(SAY_HANGS_ON_WORD), story_machine_label(row->parent));
    fprintf(out, "\n### %s\n", story_say(SAY_BIRTH_WORD));
}

static void show_md(FILE *out) {
    const Row *rows;
    size_t count = story_rows(&rows);
    fprintf(out, "# %s\n\n%s\n\n%s\n", story_say(SAY_STORY_TITLE), story_say(SAY_STORY_HOW),
            story_say(SAY_STORY_READ));
    for (const Row *row = rows; row < rows + count; row++) {
        if (row->kind == ROW_MACHINE)
            put_machine(out, row);
        else if (row->kind == ROW_STATE)
            put_state(out, row);
        else if (row->kind == ROW_SPAN)
            fprintf(out, "\n### %s « %s » %s « %s »\n", story_say(SAY_FROM_WORD),
                    story_state(row->state)->label, story_say(SAY_TO_WORD), story_state(row->last)->label);
        if (row->kind == ROW_MACHINE || row->kind == ROW_STATE || row->kind == ROW_SPAN)
            put_moves(out, row, rows + count);
    }
}

/* ---- rights ---- */

static const unsigned everybody[] = { TRAINER, COMPANY, STAFF, FUNDER, BANK, TRAINEE, CLOCK };
enum { EVERYBODY = sizeof everybody / sizeof everybody[0] };

/* Always, only if, or not at all. */
static Say right_of(const Row *const *moves, size_t count, Event event, unsigned actor) {
    Say right = SAY_COUNT;
    for (size_t i = 0; i < count; i++)
        if (moves[i]->event == event && (moves[i]->who & actor) && right != SAY_YES_WORD)
            right = moves[i]->needs[0] == NO_NEED ? SAY_YES_WORD : SAY_IF_WORD;
    return right;
}

static bool is_told(const Row *const *moves, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (moves[j]->event == moves[i]->event)
            return true;
    return false;
}

static void put_rights(FILE *out, Machine machine, State state) {
    const Row *const *moves;
    size_t count = story_moves(machine, state, &moves);
    const char *label = state == STATE_UNBORN ? story_say(SAY_BIRTH_WORD) : story_state(state)->label;
    for (size_t i = 0; i < count; i++) {
        if (is_told(moves, i))
            continue;
        fprintf(out, "| %s | %s |", label, story_event_label(moves[i]->event));
        for (int a = 0; a < EVERYBODY; a++) {
            Say right = right_of(moves, count, moves[i]->event, everybody[a]);
            fprintf(out, " %s |", right == SAY_COUNT ? "" : story_say(right));
        }
        fputc('\n', out);
        label = "";
    }
}

static void show_rights(FILE *out) {
    fprintf(out, "# %s\n\n%s\n\n%s\n", story_say(SAY_RIGHTS_TITLE), story_say(SAY_RIGHTS_HOW),
            story_say(SAY_RIGHTS_READ));
    for (int m = MACHINE_NONE + 1; m < MACHINE_COUNT; m++) {
        fprintf(out, "\n## %s\n\n| %s | %s |", story_machine_label((Machine)m), story_say(SAY_STATE_WORD),
                story_say(SAY_ACT_WORD));
        for (int a = 0; a < EVERYBODY; a++)
            fprintf(out, " %s |", story_actor_label(everybody[a]));
        fputs("\n| --- | --- |", out);
        for (int a = 0; a < EVERYBODY; a++)
            fputs(" --- |", out);
        fputc('\n', out);
        put_rights(out, (Machine)m, STATE_UNBORN);
        for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++)
            if (story_machine_of((State)s) == (Machine)m)
                put_rights(out, (Machine)m, (State)s);
    }
}

bool story_show(FILE *out, const char *form) {
    static const struct {
        const char *form;
        void (*show)(FILE *out);
    } forms[] = {
        { "md", show_md }, { "rights", show_rights }, { "svg", story_draw_svg }, { "dot", story_draw_dot }
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(forms[i].form, form) == 0) {
            forms[i].show(out);
            return true;
        }
    return false;
}
