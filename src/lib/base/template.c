#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Values */

typedef struct Item {
    Values *values;
} Item;

typedef struct Entry {
    const char *name, *value;
    bool is_list;
    Item *items;
    size_t item_count;
} Entry;

struct Values {
    Arena *arena;
    Entry *entries;
    size_t count;
};

Values *values_new(Arena *arena) {
    Values *values = arena_zero(arena, 1, sizeof *values);
    values->arena = arena;
    return values;
}

static Entry *find(const Values *values, const char *name) {
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->entries[i].name, name) == 0)
            return &values->entries[i];
    return NULL;
}

static Entry *find_or_add(Values *values, const char *name) {
    Entry *entry = find(values, name);
    if (!entry) {
        entry = arena_grow(values->arena, (void **)&values->entries, &values->count, sizeof *entry);
        entry->name = name;
        entry->value = "";
    }
    return entry;
}

void values_set(Values *values, const char *name, const char *value) {
    find_or_add(values, name)->value = value ? value : "";
}

void values_list(Values *values, const char *list) { find_or_add(values, list)->is_list = true; }

Values *values_item(Values *values, const char *list) {
    Entry *entry = find_or_add(values, list);
    Item *item = arena_grow(values->arena, (void **)&entry->items, &entry->item_count, sizeof *item);
    entry->is_list = true;
    item->values = values_new(values->arena);
    return item->values;
}

const char *values_get(const Values *values, const char *name) {
    const Entry *entry = find(values, name);
    return entry && !entry->is_list ? entry->value : NULL;
}

/* Filling */

typedef enum TagKind { TAG_value, TAG_each, TAG_if, TAG_else, TAG_end_each, TAG_end_if, TAG_bad } TagKind;

typedef struct Tag {
    TagKind kind;
    const char *name;
    const char *start, *end; /* of what it takes away from the text */
} Tag;

/* An open block; `item` walks through `list`. */
typedef struct Frame {
    TagKind kind;
    Tag tag;
    const Entry *list;
    size_t item;
    bool is_else;
} Frame;

enum { DEEPEST = 16 };

typedef struct Filler {
    Arena *arena;
    const char *text, *at;
    const Values *root;
    bool is_markdown;
    Frame frames[DEEPEST];
    size_t depth;
    Text out;
    const char *why; /* NULL as long as all is well */
} Filler;

static void refuse(Filler *f, const Tag *tag, const char *problem) {
    int line = 1;
    for (const char *s = f->text; s < tag->start; s++)
        line += *s == '\n';
    const char *closing = strstr(tag->start, "}}");
    size_t n = closing ? (size_t)(closing + 2 - tag->start) : strcspn(tag->start, "\n");
    const char *what = text_trim(f->arena, arena_copy_n(f->arena, tag->start, n < 80 ? n : 80));
    f->why = arena_print(f->arena, "Modèle, ligne %d\u00a0: %s %s", line, what, problem);
}

static bool is_name(const char *s) {
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    return *s && s[strspn(s, signs)] == 0;
}

/* A block's tag alone on its line takes the line with it. */
static void widen(const Filler *f, Tag *tag) {
    const char *start = tag->start, *end = tag->end;
    while (start > f->text && start[-1] == ' ')
        start--;
    end += strspn(end, " ");
    if ((start > f->text && start[-1] != '\n') || (*end && *end != '\n'))
        return;
    tag->start = start;
    tag->end = *end ? end + 1 : end;
}

/* The next tag from `from` on; false: none. */
static bool next_tag(const Filler *f, const char *from, Tag *ret) {
    static const struct {
        const char *word;
        TagKind kind;
    } words[] = {
        { "#each ", TAG_each },    { "#if ", TAG_if },    { "else", TAG_else },
        { "/each", TAG_end_each }, { "/if", TAG_end_if },
    };
    const char *start = strstr(from, "{{");
    if (!start)
        return false;
    const char *closing = strstr(start, "}}");
    *ret = (Tag){ .kind = TAG_bad, .start = start, .end = start + strlen(start) };
    if (!closing)
        return true;
    const char *inside = text_trim(f->arena,
                                   arena_copy_n(f->arena, start + 2, (size_t)(closing - start - 2)));
    ret->end = closing + 2;
    ret->name = inside;
    ret->kind = is_name(inside) ? TAG_value : TAG_bad;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!text_starts(inside, words[i].word))
            continue;
        const char *name = text_trim(f->arena, inside + strlen(words[i].word));
        bool wants_name = words[i].kind == TAG_each || words[i].kind == TAG_if;
        if (wants_name ? is_name(name) : !*name) {
            ret->name = name;
            ret->kind = words[i].kind;
            widen(f, ret);
        }
    }
    return true;
}

/* In the item of the innermost list, then outwards. */
static const Entry *look_up(const Filler *f, const char *name) {
    for (size_t i = f->depth; i-- > 0;) {
        const Frame *frame = &f->frames[i];
        const Entry *entry = frame->list ? find(frame->list->items[frame->item].values, name) : NULL;
        if (entry)
            return entry;
    }
    return find(f->root, name);
}

/* What begins a block of Markdown when it begins a line: "- x", "1. x", "= x". */
static size_t escape_start(Text *out, const char *line) {
    size_t digits = strspn(line, "0123456789");
    if (digits && (line[digits] == '.' || line[digits] == ')')) {
        text_add_n(out, line, digits);
        text_add_char(out, '\\');
        text_add_char(out, line[digits]);
        return digits + 1;
    }
    if (*line && strchr("-+=:", *line)) {
        text_add_char(out, '\\');
        text_add_char(out, *line);
        return 1;
    }
    return 0;
}

/* Lines stay lines (a backslash at the end is a hard break), empty ones fall out. */
static void add_escaped(Text *out, const char *value) {
    const char *s = value + strspn(value, " \t\r\n");
    s += escape_start(out, s);
    while (*s) {
        if (*s == '\n' || *s == '\r') {
            s += strspn(s, " \t\r\n");
            if (*s) {
                text_add(out, "\\\n");
                s += escape_start(out, s);
            }
            continue;
        }
        if (strchr("\\`*_[]<>|~&#!{}", *s))
            text_add_char(out, '\\');
        text_add_char(out, *s++);
    }
}

static void put_value(Filler *f, const Tag *tag) {
    const Entry *entry = look_up(f, tag->name);
    if (!entry)
        refuse(f, tag, "est inconnu");
    else if (entry->is_list)
        refuse(f, tag, "est une liste");
    else if (f->is_markdown)
        add_escaped(&f->out, entry->value);
    else
        text_add(&f->out, entry->value);
}

static void open_block(Filler *f, const Tag *tag, const Entry *list, bool is_else) {
    if (f->depth == DEEPEST)
        refuse(f, tag, "est trop profond");
    else
        f->frames[f->depth++] = (Frame){ .kind = tag->kind, .tag = *tag, .list = list, .is_else = is_else };
}

/* Moves behind the end of the block whose inside begins at f->at, or behind its {{else}} when that
 * is wanted and there; true when it was the {{else}}. */
static bool skip_block(Filler *f, const Tag *opening, bool wants_else) {
    TagKind open[DEEPEST] = { opening->kind };
    size_t depth = 1;
    for (Tag tag; next_tag(f, f->at, &tag);) {
        f->at = tag.end;
        if (tag.kind == TAG_each || tag.kind == TAG_if) {
            if (depth == DEEPEST)
                break;
            open[depth++] = tag.kind;
        } else if (tag.kind == TAG_end_each || tag.kind == TAG_end_if) {
            if (open[--depth] != (tag.kind == TAG_end_each ? TAG_each : TAG_if)) {
                refuse(f, &tag, "ne ferme pas le bloc ouvert");
                return false;
            }
            if (!depth)
                return false;
        } else if (tag.kind == TAG_else && depth == 1 && wants_else) {
            return true;
        }
    }
    refuse(f, opening, "n’est pas fermé");
    return false;
}

static void begin_each(Filler *f, const Tag *tag) {
    const Entry *entry = look_up(f, tag->name);
    if (!entry)
        refuse(f, tag, "est inconnu");
    else if (!entry->is_list && *entry->value)
        refuse(f, tag, "n’est pas une liste");
    else if (entry->item_count)
        open_block(f, tag, entry, false);
    else
        skip_block(f, tag, false);
}

static void begin_if(Filler *f, const Tag *tag) {
    const Entry *entry = look_up(f, tag->name);
    if (!entry)
        refuse(f, tag, "est inconnu");
    else if (entry->is_list ? entry->item_count > 0 : !text_is_empty(entry->value))
        open_block(f, tag, NULL, false);
    else if (skip_block(f, tag, true))
        open_block(f, tag, NULL, true);
}

static void meet_else(Filler *f, const Tag *tag) {
    Frame *top = f->depth ? &f->frames[f->depth - 1] : NULL;
    if (!top || top->kind != TAG_if || top->is_else) {
        refuse(f, tag, "n’a pas de condition avant lui");
        return;
    }
    skip_block(f, &top->tag, false);
    f->depth--;
}

static void end_block(Filler *f, const Tag *tag) {
    TagKind wanted = tag->kind == TAG_end_each ? TAG_each : TAG_if;
    Frame *top = f->depth ? &f->frames[f->depth - 1] : NULL;
    if (!top || top->kind != wanted) {
        refuse(f, tag, "ne ferme pas le bloc ouvert");
        return;
    }
    if (top->list && top->item + 1 < top->list->item_count) {
        top->item++;
        f->at = top->tag.end;
        return;
    }
    f->depth--;
}

static void follow(Filler *f, const Tag *tag) {
    switch (tag->kind) {
    case TAG_value: put_value(f, tag); return;
    case TAG_each: begin_each(f, tag); return;
    case TAG_if: begin_if(f, tag); return;
    case TAG_else: meet_else(f, tag); return;
    case TAG_end_each:
    case TAG_end_if: end_block(f, tag); return;
    case TAG_bad: refuse(f, tag, "est mal écrit"); return;
    }
}

bool template_fill(Arena *arena, const char *text, const Values *values, bool is_markdown, char **ret,
                   const char **ret_why) {
    Filler f = { .arena = arena, .text = text, .at = text, .root = values, .is_markdown = is_markdown };
    f.out = text_new(arena);
    for (Tag tag; !f.why && next_tag(&f, f.at, &tag);) {
        /* A widened tag may begin before f.at: its blanks are behind the former tag. */
        if (tag.start > f.at)
            text_add_n(&f.out, f.at, (size_t)(tag.start - f.at));
        f.at = tag.end;
        follow(&f, &tag);
    }
    if (!f.why && f.depth)
        refuse(&f, &f.frames[f.depth - 1].tag, "n’est pas fermé");
    if (f.why) {
        *ret_why = f.why;
        return false;
    }
    text_add(&f.out, f.at);
    *ret = f.out.p;
    return true;
}
