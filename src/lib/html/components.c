#include "components.h"

#include <glib.h>
#include <string.h>

const char *tone_class(Tone tone) {
    switch (tone) {
    case TONE_plain: return "";
    case TONE_turn: return "t-turn";
    case TONE_blue: return "t-blue";
    case TONE_ok: return "t-ok";
    case TONE_bad: return "t-bad";
    case TONE_violet: return "t-violet";
    case TONE_rose: return "t-rose";
    case TONE_green: return "t-green";
    }
    return "";
}

const char *button_class(const Button *button) {
    switch (button->kind) {
    case BUTTON_main: return button->is_small ? "btn btn-s" : "btn";
    case BUTTON_second: return button->is_small ? "btn btn-2 btn-s" : "btn btn-2";
    case BUTTON_link: return button->is_small ? "btn btn-3 btn-s" : "btn btn-3";
    case BUTTON_bad: return button->is_small ? "btn btn-bad btn-s" : "btn btn-bad";
    }
    return "btn";
}

char *initials(Arena *arena, const char *name) {
    Text out = text_new(arena);
    text_add(&out, "");
    bool at_start = true;
    int count = 0;
    for (const char *s = name ? name : ""; *s && count < 2; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (at_start && g_unichar_isalpha(c)) {
            char letter[7] = { 0 };
            g_unichar_to_utf8(g_unichar_toupper(c), letter);
            text_add(&out, letter);
            count++;
        }
        at_start = c == ' ' || c == '-' || c == 0xa0;
    }
    return out.p;
}
