#include "migrate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dialect.h"
#include "embed.h"
#include "engine.h"
#include "migrate_sql.h"
#include "schema_made.h"
#include "tables.h"
#include "text.h"

/* The version of a store made from schema.sql before any migration was written. */
enum { FIRST_VERSION = 1 };

static const char folder[] = "migrations/";

/* ---- versions ---- */

/* "migrations/0012-half-days.sql" is 12; 0 for any other file (also the .pg.sql twin of one). */
static int migration_number(const char *path) {
    const char *digits = path + sizeof folder - 1;
    if (!text_starts(path, folder) || !text_ends(path, ".sql") || text_ends(path, ".pg.sql"))
        return 0;
    return isdigit((unsigned char)*digits) ? (int)strtol(digits, NULL, 10) : 0;
}

static const Embedded *migration_numbered(int number) {
    const Embedded *all = NULL;
    size_t count = embed_list(&all);
    for (size_t i = 0; i < count; i++)
        if (migration_number(all[i].path) == number)
            return &all[i];
    return NULL;
}

int migrate_version(void) {
    const Embedded *all = NULL;
    size_t count = embed_list(&all);
    int version = FIRST_VERSION;
    for (size_t i = 0; i < count; i++)
        if (migration_number(all[i].path) > version)
            version = migration_number(all[i].path);
    return version;
}

/* 0: no version stands there. */
static int version_of(Tx *tx) {
    Meta meta = { "" };
    meta_value(tx, "version", &meta);
    return (int)strtol(meta.value, NULL, 10);
}

static void set_version(Tx *tx, int version) {
    meta_set(tx, "version", arena_print(tx->arena, "%d", version));
}

/* ---- up ---- */

static bool refuse(Arena *arena, const char **ret_why, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(Arena *arena, const char **ret_why, const char *format, ...) {
    va_list args;
    va_start(args, format);
    *ret_why = arena_vprint(arena, format, args);
    va_end(args);
    return false;
}

static bool finish(Tx *tx, const char **ret_why) {
    if (db_commit(tx))
        return true;
    return refuse(tx->arena, ret_why, "La base n'a pas pu être mise à jour : %s.", tx->error);
}

/* Two programs that start together: the second waits, then finds the work done. */
static Tx begin_alone(Db *db, Arena *arena) {
    Tx tx = db_begin(db, arena);
    if (db_is_postgres(db))
        db_run(&tx, "SELECT pg_advisory_xact_lock(7165)");
    return tx;
}

/* The text of a migration in the words of this engine; NULL with *ret_why. */
static const char *migration_text(Tx *tx, const Embedded *file, const char **ret_why) {
    const char *text = arena_copy_n(tx->arena, file->body.p, file->body.n), *word = NULL;
    if (!db_is_postgres(tx->db))
        return text;
    const char *stem = arena_copy_n(tx->arena, file->path, strlen(file->path) - strlen(".sql"));
    const Embedded *twin = embed_find(arena_print(tx->arena, "%s.pg.sql", stem));
    if (twin)
        return arena_copy_n(tx->arena, twin->body.p, twin->body.n);
    char *made = dialect_postgres(text, &word);
    if (!made) {
        refuse(tx->arena, ret_why, "La migration « %s » emploie %s, que PostgreSQL n'a pas.", file->path,
               word);
        return NULL;
    }
    text = arena_copy(tx->arena, made);
    free(made);
    return text;
}

/* On SQLite a migration runs without foreign keys (a table may be made anew); they must hold at its end. */
static void check_keys(Tx *tx) {
    static const char sql[] = "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1";
    if (db_is_postgres(tx->db))
        return;
    Stmt *st = db_prepare(tx, sql, sql);
    if (db_step(st))
        db_stick(tx, DB_CLASH, "a foreign key of %s points to nothing", db_text(st, 0));
    db_finish(st);
}

static bool run_one(Db *db, Arena *arena, int version, const char **ret_why) {
    const Embedded *file = migration_numbered(version);
    AUTO_TX Tx tx = begin_alone(db, arena);
    if (!tx.error && version_of(&tx) >= version)
        return true;
    const char *text = file ? migration_text(&tx, file, ret_why) : "";
    if (!text)
        return false;
    db_run(&tx, text);
    check_keys(&tx);
    set_version(&tx, version);
    return finish(&tx, ret_why);
}

static bool migrate_one(Db *db, Arena *arena, int version, const char **ret_why) {
    db_set_keys(db, false);
    bool is_done = run_one(db, arena, version, ret_why);
    db_set_keys(db, true);
    return is_done;
}

/* Fills an empty store; leaves any other as it is. *ret_version: what stands there now. */
static bool create(Db *db, Arena *arena, int *ret_version, const char **ret_why) {
    AUTO_TX Tx tx = begin_alone(db, arena);
    Tables tables = tables_of(&tx);
    bool is_ours = false;
    for (size_t i = 0; i < tables.count; i++)
        is_ours = is_ours || text_same(tables.at[i].name, "quitus_meta");
    if (tables.count && !is_ours)
        return refuse(arena, ret_why, "La base contient déjà des tables qui ne sont pas celles de Quitus.");
    if (!is_ours) {
        db_run(&tx, db_is_postgres(db) ? schema_postgres : schema_sqlite);
        set_version(&tx, migrate_version());
    }
    *ret_version = version_of(&tx);
    return finish(&tx, ret_why);
}

static bool is_newer(Arena *arena, int version, const char **ret_why) {
    if (version > migrate_version())
        refuse(arena, ret_why, "La base est en version %d, plus récente que ce programme (version %d).",
               version, migrate_version());
    return version > migrate_version();
}

bool migrate_up(Db *db, Arena *arena, const char **ret_why) {
    int version = 0;
    if (!create(db, arena, &version, ret_why) || is_newer(arena, version, ret_why))
        return false;
    while (version < migrate_version())
        if (!migrate_one(db, arena, ++version, ret_why))
            return false;
    return true;
}

/* ---- check ---- */

static const char *ask(Tx *tx, const char *sqlite, const char *postgres) {
    Stmt *st = db_prepare(tx, sqlite, postgres);
    const char *answer = db_step(st) ? db_text(st, 0) : "";
    db_finish(st);
    return answer;
}

/* What the engine must be set to; on SQLite these are of the connection or of the file. */
static bool check_engine(Tx *tx, const char **ret_why) {
    static const struct {
        const char *sqlite, *postgres, *want, *why;
    } checks[] = {
        { "SELECT journal_mode FROM pragma_journal_mode WHERE journal_mode <> 'memory'", NULL, "wal",
          "le journal n'est pas en mode WAL" },
        { "SELECT synchronous FROM pragma_synchronous", NULL, "2", "l'écriture n'est pas en mode FULL" },
        { "SELECT foreign_keys FROM pragma_foreign_keys", NULL, "1",
          "les clés étrangères ne sont pas vérifiées" },
        { "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
          " AND name NOT LIKE 'sqlite%'",
          NULL, "0", "une table n'est pas STRICT" },
        { NULL,
          "SELECT pg_encoding_to_char(encoding)::text FROM pg_database WHERE datname = current_database()",
          "UTF8", "la base PostgreSQL n'est pas en UTF-8" },
        { NULL,
          "SELECT count(*)::text FROM information_schema.columns WHERE table_schema = current_schema()"
          " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
          "0", "un texte n'est pas rangé selon la collation C" },
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!(db_is_postgres(tx->db) ? checks[i].postgres : checks[i].sqlite))
            continue;
        const char *answer = ask(tx, checks[i].sqlite, checks[i].postgres);
        if (*answer && strcmp(answer, checks[i].want))
            return refuse(tx->arena, ret_why, "La base n'est pas en ordre : %s (%s).", checks[i].why, answer);
    }
    return true;
}

static const Column *column_named(const Table *table, const char *name) {
    for (size_t i = 0; i < table->count; i++)
        if (!strcmp(table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

static bool is_same_table(const Table *want, const Table *have) {
    for (size_t i = 0; i < want->count; i++) {
        const Column *column = column_named(have, want->columns[i].name);
        if (!column || column->type != want->columns[i].type)
            return false;
    }
    return want->count == have->count;
}

static bool check_tables(Tx *tx, const char **ret_why) {
    Tables want = tables_expected(tx->arena), have = tables_of(tx);
    for (size_t i = 0; i < want.count; i++) {
        size_t at = 0;
        while (at < have.count && strcmp(have.at[at].name, want.at[i].name))
            at++;
        if (at == have.count || !is_same_table(&want.at[i], &have.at[at]))
            return refuse(tx->arena, ret_why, "La table « %s » n'est pas celle que ce programme attend.",
                          want.at[i].name);
    }
    return true;
}

bool migrate_check(Db *db, Arena *arena, const char **ret_why) {
    AUTO_TX Tx tx = db_read(db, arena);
    int version = version_of(&tx);
    if (tx.error)
        return refuse(arena, ret_why, "La base ne répond pas ou n'est pas créée : %s.", tx.error);
    if (is_newer(arena, version, ret_why))
        return false;
    if (version < migrate_version())
        return refuse(arena, ret_why, "La base est en version %d, ce programme attend la version %d.",
                      version, migrate_version());
    if (!check_engine(&tx, ret_why) || !check_tables(&tx, ret_why))
        return false;
    return !tx.error || refuse(arena, ret_why, "La base ne répond pas : %s.", tx.error);
}
