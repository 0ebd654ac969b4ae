/* url.c - the only makers of Url. */
#include <stdio.h>
#include <string.h>

#include "embed.h"
#include "html.h"

/* What may stand in any part of an address as it is. */
static bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-._~", c));
}

static void add_escaped(Text *out, const char *s, const char *also) {
    for (; s && *s; s++) {
        if (is_plain(*s) || strchr(also, *s))
            text_add_char(out, *s);
        else
            text_print(out, "%%%02X", (unsigned char)*s);
    }
}

static const char *allowed_beside(const char *format) {
    return text_starts(format, "tel:") ? "+" : text_starts(format, "mailto:") ? "@+" : "";
}

static bool has_good_start(const char *format) {
    static const char *const starts[] = { "/", "https://", "tel:", "mailto:", "?", "#" };
    if (text_starts(format, "//"))
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(format, starts[i]))
            return true;
    return false;
}

Url url_print(Arena *arena, const char *format, ...) {
    if (!has_good_start(format))
        return (Url){ NULL };
    Text out = text_new(arena);
    va_list args;
    va_start(args, format);
    for (const char *s = format; *s; s++) {
        if (*s != '%') {
            text_add_char(&out, *s);
            continue;
        }
        s++;
        if (*s == 's') {
            add_escaped(&out, va_arg(args, const char *), allowed_beside(format));
        } else if (*s == 'd') {
            text_print(&out, "%d", va_arg(args, int));
        } else if (text_starts(s, "ld")) {
            text_print(&out, "%ld", va_arg(args, long));
            s++;
        } else if (text_starts(s, "zu")) {
            text_print(&out, "%zu", va_arg(args, size_t));
            s++;
        } else if (*s == '%') {
            text_add_char(&out, '%');
        } else {
            va_end(args);
            return (Url){ NULL };
        }
    }
    va_end(args);
    return (Url){ out.p };
}

Url url_asset(Arena *arena, const char *name) {
    const Embedded *file = embed_find(arena_print(arena, "assets/%s", name));
    return file ? (Url){ arena_print(arena, "/static/%.12s/%s", file->sha256, name) } : (Url){ NULL };
}

bool url_is_none(Url url) { return !url.path; }

bool url_local(Arena *arena, const char *typed, Url *ret) {
    if (!typed || typed[0] != '/' || typed[1] == '/')
        return false;
    for (const char *s = typed; *s; s++)
        if (!is_plain(*s) && !strchr("/?&=%+,:@", *s))
            return false;
    *ret = (Url){ arena_copy(arena, typed) };
    return true;
}
