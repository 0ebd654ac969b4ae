/* migrate and copy: what is done to a store as a whole. */
#include <stdio.h>

#include "command.h"
#include "config.h"
#include "directory_store.h"
#include "migrate.h"

int command_migrate(int argc, char **argv) {
    static const OptionRule rules[] = { { "dir", true }, { "db", true } };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    AppConfig config;
    const char *why = NULL, *url;
    if (!options_read(argc, argv, rules, 2, &options))
        return EXIT_not_understood;
    if (!(url = option(&options, "db", NULL))) {
        if (!option_is_set(&options, "dir"))
            return command_refuse("dites quelle base : quitus migrate --dir D, ou --db ADRESSE");
        if (!config_read(arena, option(&options, "dir", ""), &options, &config, &why))
            return command_refuse(why);
        url = config.house.db_url;
    }
    Db *db = db_open(url, &why);
    if (!db)
        return command_refuse(why);
    bool done = migrate_up(db, arena, &why);
    if (done) {
        AUTO_TX Tx tx = db_begin(db, arena);
        done = directory_load(&tx, &why) && db_commit(&tx);
        if (!done && tx.error)
            why = tx.error;
    }
    if (done)
        printf("La base est en version %d.\n", migrate_version());
    else
        command_refuse(why);
    db_close(db);
    return done ? EXIT_done : EXIT_not_done;
}

int command_copy(int argc, char **argv) {
    static const OptionRule rules[] = { { "from", true }, { "to", true } };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    const char *why = NULL;
    if (!options_read(argc, argv, rules, 2, &options))
        return EXIT_not_understood;
    const char *from_url = option(&options, "from", NULL), *to_url = option(&options, "to", NULL);
    if (!from_url || !to_url)
        return command_refuse("dites d'où et vers où : quitus copy --from A --to B");
    Db *from = db_open(from_url, &why), *to = from ? db_open(to_url, &why) : NULL;
    bool done = from && to && migrate_check(from, arena, &why) && migrate_up(to, arena, &why) &&
                migrate_copy(from, to, arena, &why);
    if (done)
        printf("Copie faite et vérifiée : mêmes lignes, mêmes empreintes.\n");
    else
        command_refuse(why);
    if (to)
        db_close(to);
    if (from)
        db_close(from);
    return done ? EXIT_done : EXIT_not_done;
}
