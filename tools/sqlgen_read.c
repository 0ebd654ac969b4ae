/* sqlgen_read.c - reads schemas, ids.h and query files for sqlgen. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sqlgen.h"

void die(Place place, const char *format, ...) {
    va_list args;
    const char *file = place.file;
    while (!strncmp(file, "../", 3)) /* the build runs one folder down; editors stand above */
        file += 3;
    fprintf(stderr, "%s:%d: error: ", file, place.line);
    if (place.query)
        fprintf(stderr, "%s: ", place.query);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

char *slurp(const char *path) {
    char *text = NULL;
    size_t n = 0;
    FILE *in = fopen(path, "rb"), *out = open_memstream(&text, &n);
    if (!in || !out)
        die((Place){ path, NULL, 1 }, "cannot be read");
    for (int c; (c = getc(in)) != EOF;)
        putc(c, out);
    fclose(in);
    fclose(out);
    return text;
}

char *print(const char *format, ...) {
    va_list args;
    char *text = NULL;
    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        abort();
    va_end(args);
    return text;
}

static bool ends(const char *s, const char *tail) {
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && !strcmp(s + n - m, tail);
}

/* ---- schemas and ids ---- */

/* Every "typedef struct { int64_t value; } XId;". */
static void ids_read(House *house, const char *path) {
    static const char head[] = "typedef struct { int64_t value; } ";
    for (const char *at = slurp(path); (at = strstr(at, head));) {
        at += sizeof head - 1;
        if (house->id_count == MOST_IDS)
            die((Place){ path, NULL, 1 }, "more than %d ids", MOST_IDS);
        house->ids[house->id_count++] = print("%.*s", (int)strcspn(at, ";"), at);
    }
}

/* What the room's own schema created: all tables that stand there after it and did not before. */
static void owned_read(House *house) {
    sqlite3_stmt *st = NULL;
    sqlite3_prepare_v2(house->db,
                       "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN"
                       " (SELECT name FROM temp.former)",
                       -1, &st, NULL);
    while (sqlite3_step(st) == SQLITE_ROW && house->owned_count < MOST_TABLES)
        house->owned[house->owned_count++] = print("%s", (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
}

static void schema_read(House *house, const char *path) {
    char *why = NULL, *sql = slurp(path);
    bool is_ours = ends(print("/%s", path), print("/%s/schema.sql", house->room));
    if (is_ours)
        sqlite3_exec(house->db, "CREATE TEMP TABLE former AS SELECT name FROM main.sqlite_master", NULL, NULL,
                     NULL);
    if (sqlite3_exec(house->db, sql, NULL, NULL, &why))
        die((Place){ path, NULL, 1 }, "%s", why);
    if (is_ours)
        owned_read(house);
}

void house_load(House *house, int count, char **paths) {
    if (sqlite3_open(":memory:", &house->db))
        abort();
    for (int i = 0; i < count; i++) {
        if (ends(paths[i], ".h"))
            ids_read(house, paths[i]);
        else
            schema_read(house, paths[i]);
    }
}

bool house_owns(const House *house, const char *table) {
    for (size_t i = 0; i < house->owned_count; i++)
        if (!strcmp(house->owned[i], table))
            return true;
    return false;
}

/* ---- types from names ---- */

/* "half_day_id" -> "HalfDayId" */
static char *pascal(const char *name) {
    char *made = print("%s", name), *to = made;
    bool is_upper = true;
    for (; *name; name++) {
        if (*name != '_')
            *to++ = (char)(is_upper ? toupper((unsigned char)*name) : *name);
        is_upper = *name == '_';
    }
    *to = 0;
    return made;
}

/* The longest tail of the name that is an id: viewer_company_id is a CompanyId. */
static const char *id_type(const House *house, const char *name) {
    for (const char *tail = name; tail; tail = strchr(tail, '_') ? strchr(tail, '_') + 1 : NULL) {
        const char *wanted = pascal(tail);
        for (size_t i = 0; i < house->id_count; i++)
            if (!strcmp(house->ids[i], wanted))
                return house->ids[i];
    }
    return NULL;
}

static const char *const number_words[] = { "version", "position", "depth", "rank",  "year",
                                            "number",  "days",     "hours", "count", NULL };
static const char *const number_tails[] = { "_count", "_minutes", "_seconds",  "_hours",   "_days",
                                            "_bytes", "_step",    "_bp",       "_version", "_year",
                                            "_rank",  "_depth",   "_position", NULL };

static bool is_number(const char *name) {
    for (const char *const *word = number_words; *word; word++)
        if (!strcmp(name, *word))
            return true;
    for (const char *const *tail = number_tails; *tail; tail++)
        if (ends(name, *tail))
            return true;
    return false;
}

Type type_of(const House *house, Place place, const char *name, const char *table) {
    const char *id = name;
    if (!strcmp(name, "id")) {
        if (!table)
            die(place, "the id of which table? name it (AS dossier_id, :dossier_id)");
        id = print("%s_id", table);
    } else if (!strcmp(name, "parent_id") || !strcmp(name, "root_id"))
        id = "thing_id";
    if (ends(id, "_id")) {
        const char *c = id_type(house, id);
        if (!c)
            die(place, "'%s' is no kind of id in ids.h", id);
        /* A thing may be of any table, so no foreign key holds it: none is 0, not NULL. */
        const char *bind = strcmp(c, "ThingId") ? "db_bind_id" : "db_bind_int";
        return (Type){ print("%s ", c), "db_id", bind, ".value", "INTEGER" };
    }
    if (ends(name, "_cents"))
        return (Type){ "Money ", "db_money", "db_bind_money", "", "INTEGER" };
    if (ends(name, "_on"))
        return (Type){ "Date ", "db_date", "db_bind_date", "", "INTEGER" };
    if (ends(name, "_at"))
        return (Type){ "Instant ", "db_instant", "db_bind_instant", "", "INTEGER" };
    if (!strncmp(name, "is_", 3) || !strncmp(name, "has_", 4))
        return (Type){ "bool ", "db_bool", "db_bind_bool", "", "INTEGER" };
    if (is_number(name))
        return (Type){ "int64_t ", "db_int", "db_bind_int", "", "INTEGER" };
    if (ends(name, "_blob"))
        return (Type){ "Bytes ", "db_blob", "db_bind_blob", "", "BLOB" };
    return (Type){ "const char *", "db_text", "db_bind_text", "", "TEXT" };
}

/* ---- query files ---- */

/* "-- name: one Row": fills the query and says yes; any other comment says no. */
static bool header_read(char *line, Query *query) {
    char *name = line + 3, *colon = strstr(line, ": "), *row;
    if (strncmp(line, "-- ", 3) || !colon)
        return false;
    for (char *p = name; p < colon; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
            return false;
    char *result = print("%s", colon + 2);
    for (size_t n = strlen(result); n && isspace((unsigned char)result[n - 1]); n--)
        result[n - 1] = 0;
    row = strchr(result, ' ');
    if (row)
        *row++ = 0;
    bool has_row = !strcmp(result, "one") || !strcmp(result, "many");
    if (has_row != (row != NULL) || (!has_row && strcmp(result, "id") && strcmp(result, "changed")))
        return false;
    if (row && (!isupper((unsigned char)*row) ||
                row[strspn(row, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")]))
        return false;
    *query = (Query){ print("%.*s", (int)(colon - name), name), result, row, "", "", 0 };
    return true;
}

static bool is_blank(const char *line) { return line[strspn(line, " \t\r;")] == 0; }

size_t queries_read(const char *path, Query *queries) {
    size_t count = 0;
    const char *pending = ""; /* comments that may belong to the query below them */
    char *text = slurp(path), *next = NULL;
    int line = 1;
    for (char *at = text; *at; at = next, line++) {
        Query *query = count ? &queries[count - 1] : NULL, found;
        size_t n = strcspn(at, "\n");
        next = at + n + (at[n] == '\n');
        at[n] = 0;
        bool is_comment = !strncmp(at + strspn(at, " \t"), "--", 2);
        if (is_comment && header_read(at, &found)) {
            if (count == MOST_QUERIES)
                die((Place){ path, NULL, line }, "more than %d queries", MOST_QUERIES);
            found.comment = pending;
            found.line = line;
            queries[count++] = found;
            pending = "";
            continue;
        }
        if (is_comment)
            pending = print("%s%s\n", pending, at + strspn(at, " \t-"));
        else if (!query && !is_blank(at))
            die((Place){ path, NULL, line }, "SQL before the first '-- name: result'");
        else if (query && !is_blank(at)) {
            query->comment = print("%s%s", query->comment, pending);
            pending = "";
        }
        if (query)
            query->sql = print("%s%s\n", query->sql, is_comment ? "" : at);
    }
    return count;
}
