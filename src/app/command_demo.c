/* demo: an instance of its own, filled and served. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "config.h"
#include "demo.h"
#include "migrate.h"
#include "pdf.h"
#include "text.h"

static int64_t dossiers_wished;

static void ready(const AppConfig *config) {
    const DemoPerson *people;
    size_t count = demo_people(&people);
    printf("Démo prête : http://%s/demo   (%lld dossiers fictifs, aucun mail ne part)\n", config->listen,
           (long long)dossiers_wished);
    for (size_t i = 0; i < count; i++) {
        size_t width = text_length(people[i].label);
        printf("  %s%*s http://%s/demo/%s\n", people[i].label, width < 28 ? (int)(28 - width) : 1, "",
               config->listen, people[i].who);
    }
    for (size_t i = 0; i < count; i++) /* for programs */
        printf("%s http://%s/demo/%s\n", viewer_role_name(people[i].role), config->listen, people[i].who);
    printf("Mails de la démo : http://%s/demo/mails     Arrêter : Ctrl-C\n", config->listen);
    fflush(stdout);
}

static void forget(Arena *arena, const char *folder) {
    static const char *const ends[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        unlink(arena_print(arena, "%s/quitus.db%s", folder, ends[i]));
}

static AppConfig config_of(Arena *arena, const char *folder, const Options *options) {
    const char *listen = option(options, "listen", "127.0.0.1:8080"), *smtp = option(options, "mail", "");
    return (AppConfig){
        .house = { .folder = folder,
                   .db_url = option(options, "db", arena_print(arena, "%s/quitus.db", folder)),
                   .public_url = option(options, "public-url", arena_print(arena, "http://%s", listen)),
                   .is_demo = true,
                   .mail_folder = *smtp ? "" : arena_print(arena, "%s/mails", folder),
                   .smtp_url = smtp,
                   .smtp_user = "",
                   .smtp_password = "",
                   .smtp_ca = "",
                   .mail_host = "localhost" },
        .listen = listen,
        .trusted = "",
        .workers = (int)option_number(options, "workers", 0),
        .job_workers = 1,
    };
}

static bool is_loopback(const char *smtp) {
    return !*smtp || text_starts(smtp, "smtp://127.0.0.1:") || text_starts(smtp, "smtp://localhost:") ||
           text_starts(smtp, "smtp://[::1]:");
}

/* The store of the demo, made when it is not there. */
static bool prepare(Arena *arena, const AppConfig *config, const Options *options, const char **ret_why) {
    DemoWish wish = { .dossiers = option_number(options, "dossiers", 500) };
    bool fine = date_parse(option(options, "clock", "2026-11-23"), (Date){ 0 }, &wish.day);
    if (!fine) {
        *ret_why = "--clock : une date, par exemple 2026-11-23";
        return false;
    }
    Db *db = db_open(config->house.db_url, ret_why);
    fine = db && migrate_up(db, arena, ret_why);
    if (fine && !demo_is_there(db)) {
        AUTO_TX Tx tx = db_read(db, arena);
        Organisation there;
        bool is_real = people_organisation(&tx, &there);
        db_rollback(&tx);
        db_set_house(db, &app_story);
        if (is_real)
            *ret_why = "cette base contient un organisme qui n'est pas la démonstration : rien n'est changé.";
        fine = !is_real && demo_create(db, &config->house, &wish, ret_why);
    }
    if (db)
        db_close(db);
    return fine;
}

int command_demo(int argc, char **argv) {
    static const OptionRule rules[] = {
        { "dir", true },    { "listen", true }, { "dossiers", true }, { "clock", true },      { "db", true },
        { "reset", false }, { "mail", true },   { "workers", true },  { "public-url", true },
    };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    const char *why = NULL;
    if (!options_read(argc, argv, rules, sizeof rules / sizeof rules[0], &options))
        return EXIT_not_understood;
    const char *folder = option(&options, "dir", "demo");
    AppConfig config = config_of(arena, folder, &options);
    if (!is_loopback(config.house.smtp_url))
        return command_refuse(
            "la démonstration n'envoie rien au dehors : --mail smtp://127.0.0.1:PORT seulement.");
    umask(077);
    if (!config_folder(arena, folder, &why))
        return command_refuse(why);
    if (option_is_set(&options, "reset"))
        forget(arena, folder);
    dossiers_wished = option_number(&options, "dossiers", 500);
    pdf_start();
    if (!prepare(arena, &config, &options, &why)) {
        if (!option_is_set(&options, "db"))
            forget(arena, folder);
        return command_refuse(why);
    }
    return app_serve(&config, ready);
}
