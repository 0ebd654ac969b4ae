#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static AppConfig defaults(Arena *arena, const char *folder) {
    return (AppConfig){ .house = { .folder = folder,
                                   .db_url = arena_print(arena, "%s/quitus.db", folder),
                                   .public_url = "http://127.0.0.1:8080",
                                   .mail_folder = "",
                                   .smtp_url = "",
                                   .smtp_user = "",
                                   .smtp_password = "",
                                   .smtp_ca = "",
                                   .mail_host = "localhost",
                                   .smtp_needs_tls = true },
                        .listen = "127.0.0.1:8080",
                        .trusted = "",
                        .job_workers = 1 };
}

static bool is_yes(const char *value) {
    return !strcmp(value, "oui") || !strcmp(value, "yes") || !strcmp(value, "1");
}

/* One key of the file; false: there is no such key. */
static bool set(AppConfig *config, const char *key, const char *value) {
    House *house = &config->house;
    const struct {
        const char *key, **at;
    } texts[] = {
        { "db", &house->db_url },
        { "public_url", &house->public_url },
        { "listen", &config->listen },
        { "trusted", &config->trusted },
        { "mail_folder", &house->mail_folder },
        { "smtp_url", &house->smtp_url },
        { "smtp_user", &house->smtp_user },
        { "smtp_password", &house->smtp_password },
        { "smtp_ca", &house->smtp_ca },
        { "mail_host", &house->mail_host },
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!strcmp(key, texts[i].key)) {
            *texts[i].at = value;
            return true;
        }
    if (!strcmp(key, "workers"))
        config->workers = (int)strtol(value, NULL, 10);
    else if (!strcmp(key, "job_workers"))
        config->job_workers = (int)strtol(value, NULL, 10);
    else if (!strcmp(key, "smtp_needs_tls"))
        house->smtp_needs_tls = is_yes(value);
    else
        return false;
    return true;
}

static bool read_lines(Arena *arena, FILE *file, const char *path, AppConfig *config, const char **ret_why) {
    char line[2048];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        char *words = text_trim(arena, line), *equals = strchr(words, '=');
        if (!*words || *words == '#')
            continue;
        if (equals)
            *equals = '\0';
        if (!equals || !set(config, text_trim(arena, words), text_trim(arena, equals + 1))) {
            *ret_why = arena_print(arena, "%s, ligne %d : « %s » n'est pas un réglage connu.", path, number,
                                   text_trim(arena, words));
            return false;
        }
    }
    return true;
}

bool config_read(Arena *arena, const char *folder, const Options *options, AppConfig *ret,
                 const char **ret_why) {
    AppConfig config = defaults(arena, folder);
    const char *path = arena_print(arena, "%s/config.ini", folder);
    FILE *file = fopen(path, "re");
    if (!file) {
        *ret_why = arena_print(arena, "%s : %s. Pour créer une instance : quitus init --dir %s", path,
                               strerror(errno), folder);
        return false;
    }
    bool fine = read_lines(arena, file, path, &config, ret_why);
    fclose(file);
    config.listen = option(options, "listen", config.listen);
    config.house.db_url = option(options, "db", config.house.db_url);
    config.house.public_url = option(options, "public-url", config.house.public_url);
    config.workers = (int)option_number(options, "workers", config.workers);
    if (!*config.house.smtp_url && !*config.house.mail_folder)
        config.house.mail_folder = arena_print(arena, "%s/mails", folder);
    if (fine)
        *ret = config;
    return fine;
}

bool config_write(Arena *arena, const char *folder, const AppConfig *config, const char **ret_why) {
    const char *path = arena_print(arena, "%s/config.ini", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        *ret_why = arena_print(arena, "%s : %s.", path, strerror(errno));
        return false;
    }
    FILE *file = fdopen(fd, "w");
    fprintf(file,
            "# Réglages de cette instance (voir quitus help). Relus au démarrage.\n"
            "db = %s\n"
            "listen = %s\n"
            "# L'adresse publique, celle du serveur mandataire : elle commence chaque lien envoyé.\n"
            "public_url = %s\n"
            "# Le serveur mandataire que l'on croit : trusted = 127.0.0.1,::1\n"
            "trusted = \n"
            "# Les mails partent par SMTP ; sans smtp_url ils sont rangés dans mail_folder.\n"
            "# smtp_url = smtps://smtp.exemple.fr:465\n"
            "# smtp_user = \n"
            "# smtp_password = \n"
            "# smtp_needs_tls = oui\n"
            "# mail_host = formation.exemple.fr\n"
            "mail_folder = %s/mails\n",
            config->house.db_url, config->listen, config->house.public_url, folder);
    bool fine = !ferror(file);
    fine = !fclose(file) && fine;
    if (!fine)
        *ret_why = arena_print(arena, "%s : %s.", path, strerror(errno));
    return fine;
}

static bool make(Arena *arena, const char *path, const char **ret_why) {
    struct stat is;
    if (!mkdir(path, 0700) || (errno == EEXIST && !stat(path, &is) && S_ISDIR(is.st_mode)))
        return true;
    *ret_why = arena_print(arena, "Le dossier %s ne peut être créé : %s.", path, strerror(errno));
    return false;
}

bool config_folder(Arena *arena, const char *folder, const char **ret_why) {
    return make(arena, folder, ret_why) && make(arena, arena_print(arena, "%s/mails", folder), ret_why);
}
