#include "tsv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Cuts the line at `at` off; gives where the next begins, NULL after the last. */
static char *cut_line(char *at) {
    char *end = strchr(at, '\n');
    char *last = end ? end : at + strlen(at);
    if (end)
        *end = 0;
    if (last > at && last[-1] == '\r')
        last[-1] = 0;
    return end ? end + 1 : NULL;
}

static void read_note(Arena *arena, const char *line, Tsv *tsv) {
    const char *colon = strchr(line, ':');
    if (!colon)
        return;
    char *key = text_trim(arena, arena_copy_n(arena, line + 1, (size_t)(colon - line - 1)));
    char *value = text_trim(arena, colon + 1);
    if (strcmp(key, "source") == 0)
        tsv->source = value;
    else if (strcmp(key, "published") == 0)
        tsv->published = value;
}

static size_t count_fields(const char *line) {
    size_t n = 1;
    for (; *line; line++)
        n += *line == '\t';
    return n;
}

/* The line is cut where the tabs were. */
static const char **split(Arena *arena, char *line, size_t count) {
    const char **fields = arena_zero(arena, count, sizeof *fields);
    for (size_t i = 0; i < count; i++)
        fields[i] = strsep(&line, "\t");
    return fields;
}

bool tsv_parse(Arena *arena, Bytes file, Tsv *ret, const char **ret_why) {
    if (!text_is_utf8(file.p, file.n)) {
        *ret_why = "Ce fichier n’est pas un texte en UTF-8";
        return false;
    }
    Tsv tsv = { .source = "", .published = "" };
    char *at = arena_copy_n(arena, file.p, file.n);
    if (text_starts(at, "\ufeff"))
        at += strlen("\ufeff");
    for (int number = 1; at; number++) {
        char *line = at;
        at = cut_line(line);
        if (*line == '#')
            read_note(arena, line, &tsv);
        if (*line == '#' || !*line)
            continue;
        size_t count = count_fields(line);
        if (!tsv.columns) {
            tsv.columns = split(arena, line, count);
            tsv.column_count = count;
            continue;
        }
        if (count != tsv.column_count) {
            *ret_why = arena_print(arena, "Ligne %d\u00a0: %zu champ%s au lieu de %zu", number, count,
                                   count > 1 ? "s" : "", tsv.column_count);
            return false;
        }
        TsvRow *row = arena_grow(arena, (void **)&tsv.rows, &tsv.row_count, sizeof *row);
        row->fields = split(arena, line, count);
    }
    if (!tsv.columns) {
        *ret_why = "Ce fichier n’a pas de ligne de titres";
        return false;
    }
    *ret = tsv;
    return true;
}

const char *tsv_field(const Tsv *tsv, size_t row, const char *column) {
    for (size_t i = 0; i < tsv->column_count && row < tsv->row_count; i++)
        if (strcmp(tsv->columns[i], column) == 0)
            return tsv->rows[row].fields[i];
    fprintf(stderr, "no row %zu with a column %s in %s\n", row, column, tsv->source);
    abort();
}
