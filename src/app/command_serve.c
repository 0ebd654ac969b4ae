#include <stdio.h>

#include "clock.h"
#include "command.h"
#include "config.h"
#include "date.h"

static void ready(const AppConfig *config) {
    if (!config->is_quiet)
        printf("Quitus écoute : http://%s (public : %s)\n", config->listen, config->house.public_url);
    fflush(stdout);
}

int command_serve(int argc, char **argv) {
    static const OptionRule rules[] = {
        { "dir", true }, { "listen", true }, { "db", true }, { "workers", true }, { "public-url", true },
    };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    AppConfig config;
    const char *why = NULL;
    if (!options_read(argc, argv, rules, sizeof rules / sizeof rules[0], &options))
        return EXIT_not_understood;
    const char *folder = option(&options, "dir", NULL);
    if (!folder)
        return command_refuse("dites où est l'instance : quitus serve --dir D");
    if (!config_read(arena, folder, &options, &config, &why))
        return command_refuse(why);
    Db *db = app_open(&config, &why);
    if (!db) {
        command_refuse(why);
        return command_refuse(
            arena_print(arena, "pour créer ou mettre à jour la base : quitus migrate --dir %s", folder));
    }
    db_close(db);
    return app_serve(&config, ready);
}
