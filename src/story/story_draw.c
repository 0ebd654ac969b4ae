#include "story_draw.h"

#include "story.h"

/* ---- dot ---- */

static void put_quoted(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void put_edges(FILE *out, Machine machine, State from, const char *name, const char *tail) {
    const Row *const *moves;
    size_t count = story_moves(machine, from, &moves);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    %s%s -> %s [label=", name, tail, story_state_name(moves[i]->state));
        put_quoted(out, story_event_label(moves[i]->event));
        fputs("];\n", out);
    }
}

static void put_cluster(FILE *out, Machine machine) {
    const char *name = story_machine_name(machine);
    fprintf(out, "  subgraph cluster_%s {\n    label=", name);
    put_quoted(out, story_machine_label(machine));
    fprintf(out, ";\n    %s_born [shape=point];\n", name);
    for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++) {
        if (story_machine_of((State)s) != machine)
            continue;
        fprintf(out, "    %s [label=", story_state_name((State)s));
        put_quoted(out, story_state((State)s)->label);
        fputs("];\n", out);
        put_edges(out, MACHINE_NONE, (State)s, story_state_name((State)s), "");
    }
    put_edges(out, machine, STATE_UNBORN, name, "_born");
    fputs("  }\n", out);
}

void story_draw_dot(FILE *out) {
    fputs("digraph story {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", out);
    for (int m = MACHINE_NONE + 1; m < MACHINE_COUNT; m++)
        put_cluster(out, (Machine)m);
    fputs("}\n", out);
}

/* ---- svg ---- */

enum {
    WIDTH = 1060,
    STATE_X = 20,
    STATE_WIDTH = 230,
    ACT_X = STATE_X + STATE_WIDTH,
    TARGET_X = 830,
    TARGET_WIDTH = 210,
    LINE = 26,
    GAP = 10,
    TITLE = 56
};

static void put_escaped(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else
            fputc(*text, out);
    }
}

static void put_text(FILE *out, int x, int y, const char *kind, const char *text) {
    fprintf(out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, kind);
    put_escaped(out, text);
    fputs("</text>\n", out);
}

static void put_box(FILE *out, int x, int y, int width, int height, const char *kind) {
    fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" class=\"%s\"/>\n", x, y, width,
            height, kind);
}

/* An arrow from the state to where the act leads, with its words on it. */
static void put_arrow(FILE *out, int y, const Row *move) {
    fprintf(out, "<path d=\"M%d %dH%d\" class=\"arrow\" marker-end=\"url(#tip)\"/>\n", ACT_X, y,
            TARGET_X - 8);
    fprintf(out, "<text x=\"%d\" y=\"%d\" class=\"act\">", ACT_X + 14, y - 5);
    put_escaped(out, story_event_label(move->event));
    fputs("<tspan class=\"who\">  (", out);
    story_put_actors(out, move->who);
    fputs(")</tspan></text>\n", out);
    put_box(out, TARGET_X, y - 10, TARGET_WIDTH, 20, "target");
    put_text(out, TARGET_X + 10, y + 4, "to", story_state(move->state)->label);
}

static int place_height(Machine machine, State state) {
    const Row *const *moves;
    size_t count = story_moves(machine, state, &moves);
    return (int)(count ? count : 1) * LINE + 8;
}

static const char *kind_of(const Row *state) {
    if (!story_may_leave(state->state))
        return "state end";
    if (state->who == NOBODY)
        return "state";
    return story_is_for_staff(state->state) ? "state staff" : "state awaited";
}

/* One state, or the birth of a machine, with its arrows. Returns where the next one begins. */
static int put_place(FILE *out, Machine machine, State state, int y) {
    const Row *const *moves;
    size_t count = story_moves(machine, state, &moves);
    int height = place_height(machine, state);
    if (state == STATE_UNBORN)
        fprintf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"7\" class=\"born\"/>\n", ACT_X - 9, y + LINE / 2 + 4);
    else {
        const Row *row = story_state(state);
        put_box(out, STATE_X, y, STATE_WIDTH, height, kind_of(row));
        put_text(out, STATE_X + 12, y + 21, "label", row->label);
        if (row->who != NOBODY && count > 1) {
            fprintf(out, "<text x=\"%d\" y=\"%d\" class=\"who\">%s : ", STATE_X + 12, y + 40,
                    story_say(SAY_AWAITED_WORD));
            story_put_actors(out, row->who);
            fputs("</text>\n", out);
        }
    }
    for (size_t i = 0; i < count; i++)
        put_arrow(out, y + LINE / 2 + 4 + (int)i * LINE, moves[i]);
    return y + height + GAP;
}

static int put_table(FILE *out, Machine machine, int y) {
    put_text(out, STATE_X, y + 32, "title", story_machine_label(machine));
    y = put_place(out, machine, STATE_UNBORN, y + TITLE);
    for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++)
        if (story_machine_of((State)s) == machine)
            y = put_place(out, MACHINE_NONE, (State)s, y);
    return y;
}

static int whole_height(void) {
    int height = GAP;
    for (int m = MACHINE_NONE + 1; m < MACHINE_COUNT; m++)
        height += TITLE + place_height((Machine)m, STATE_UNBORN) + GAP;
    for (int s = STATE_UNBORN + 1; s < STATE_COUNT; s++)
        height += place_height(MACHINE_NONE, (State)s) + GAP;
    return height;
}

void story_draw_svg(FILE *out) {
    int height = whole_height(), y = 0;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            " role=\"img\" lang=\"fr\">\n<title>",
            WIDTH, height, WIDTH, height);
    put_escaped(out, story_say(SAY_STORY_TITLE));
    fputs("</title>\n<style>\n"
          "text { font: 13px sans-serif; fill: #1b2330; }\n"
          ".title { font-size: 20px; font-weight: bold; }\n"
          ".label { font-weight: bold; }\n"
          ".who { font-size: 11px; fill: #56606e; }\n"
          ".to { font-size: 12px; }\n"
          ".state { fill: #f3f5f8; stroke: #9aa5b4; }\n"
          ".awaited { fill: #e6f0fb; stroke: #3b73af; }\n"
          ".staff { fill: #fdf1dc; stroke: #b27a1c; }\n"
          ".end { fill: #ffffff; stroke: #9aa5b4; stroke-dasharray: 4 3; }\n"
          ".target { fill: #ffffff; stroke: #9aa5b4; }\n"
          ".arrow { fill: none; stroke: #9aa5b4; }\n"
          ".born { fill: #1b2330; }\n"
          "</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
          " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#9aa5b4\"/></marker></defs>\n"
          "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
          out);
    for (int m = MACHINE_NONE + 1; m < MACHINE_COUNT; m++)
        y = put_table(out, (Machine)m, y);
    fputs("</svg>\n", out);
}
