#include "tables.h"

#include <assert.h>
#include <string.h>

#include "schema_made.h"
#include "text.h"

static char type_letter(const char *declared) {
    static const struct {
        const char *word;
        char letter;
    } types[] = { { "INTEGER", 'i' }, { "TEXT", 't' }, { "BLOB", 'b' },
                  { "bigint", 'i' },  { "text", 't' }, { "bytea", 'b' } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcmp(declared, types[i].word))
            return types[i].letter;
    return '?';
}

static Table *table_named(Tx *tx, Tables *tables, const char *name) {
    if (tables->count && text_same(tables->at[tables->count - 1].name, name))
        return &tables->at[tables->count - 1];
    Table *table = arena_grow(tx->arena, (void **)&tables->at, &tables->count, sizeof *table);
    *table = (Table){ .name = name };
    return table;
}

Tables tables_of(Tx *tx) {
    static const char sqlite[] =
        "SELECT t.name, c.name, c.type, c.pk FROM sqlite_master t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid";
    static const char postgres[] =
        "SELECT table_name::text, column_name::text, data_type::text, 0 FROM information_schema.columns"
        " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position";
    Tables tables = { 0 };
    Stmt *st = db_prepare(tx, sqlite, postgres);
    while (db_step(st)) {
        Table *table = table_named(tx, &tables, db_text(st, 0));
        Column *column = arena_grow(tx->arena, (void **)&table->columns, &table->count, sizeof *column);
        *column = (Column){ db_text(st, 1), type_letter(db_text(st, 2)), db_int(st, 3) > 0 };
    }
    db_finish(st);
    for (size_t i = 0; i < tables.count; i++)
        for (size_t j = 0; j < tables.at[i].count; j++)
            if (tables.at[i].columns[j].is_key && tables.at[i].columns[j].type == 'i')
                tables.at[i].has_identity = text_same(tables.at[i].columns[j].name, "id");
    return tables;
}

Tables tables_expected(Arena *arena) {
    const char *why = NULL;
    Db *db = db_open(":memory:", &why);
    assert(db);
    Tx tx = db_begin(db, arena);
    db_run(&tx, schema_sqlite);
    Tables tables = tables_of(&tx);
    assert(!tx.error); /* the build has run this very text */
    db_rollback(&tx);
    db_close(db);
    return tables;
}
