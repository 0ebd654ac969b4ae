/* doctor: looks at everything an instance stands on. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "clock.h"
#include "command.h"
#include "config.h"
#include "date.h"
#include "jobs.h"
#include "mail.h"
#include "message_store.h"
#include "migrate.h"
#include "pdf.h"
#include "people_store.h"
#include "text.h"

enum { GOOD = 0, WATCH = 1, REPAIR = 2 };

static int say(int how, const char *what, const char *words) {
    static const char *const marks[] = { "ok       ", "attention", "à réparer" };
    printf("%s  %-12s %s\n", marks[how], what, words);
    return how;
}

static int worse(int a, int b) { return a > b ? a : b; }

static int look_at_folder(Arena *arena, const char *folder) {
    struct stat dir, file;
    struct statvfs disk;
    int how = GOOD;
    if (stat(folder, &dir) || statvfs(folder, &disk))
        return say(REPAIR, "dossier", arena_print(arena, "%s : %s", folder, strerror(errno)));
    how = worse(how, (dir.st_mode & 077)
                         ? say(WATCH, "dossier", "d'autres comptes peuvent le lire : chmod 700")
                         : say(GOOD, "dossier", "fermé aux autres comptes"));
    if (!stat(arena_print(arena, "%s/config.ini", folder), &file) && (file.st_mode & 077))
        how = worse(how, say(REPAIR, "config.ini", "d'autres comptes peuvent le lire : chmod 600"));
    long long free_mb = (long long)(disk.f_bavail * disk.f_frsize / 1048576);
    const char *room = arena_print(arena, "%lld Mo libres", free_mb);
    return worse(how, say(free_mb < 200 ? REPAIR : free_mb < 2000 ? WATCH : GOOD, "disque", room));
}

static int look_at_fonts(Arena *arena) {
    Bytes pdf;
    const char *why = NULL;
    PdfPaper paper = { .title = "Essai",
                       .author = "",
                       .subject = "",
                       .header = "",
                       .footer = "",
                       .logo_name = "",
                       .brand = "#0b5a4a",
                       .made_at = clock_now() };
    pdf_start();
    if (!pdf_typeset(arena, "Œuvre : 1 234,00 €\n", &paper, &pdf, &why))
        return say(REPAIR, "polices", why ? why : "aucun PDF ne peut être écrit");
    return say(GOOD, "polices", "les PDF peuvent être écrits");
}

static int look_at_mail(Arena *arena, const House *house) {
    struct stat is;
    if (!*house->mail_folder) {
        if (!house->smtp_needs_tls)
            return say(WATCH, "mails", arena_print(arena, "par %s, sans TLS exigé", house->smtp_url));
        return say(GOOD, "mails", arena_print(arena, "par %s", house->smtp_url));
    }
    if (stat(house->mail_folder, &is) || !S_ISDIR(is.st_mode))
        return say(REPAIR, "mails", arena_print(arena, "le dossier %s manque", house->mail_folder));
    return say(WATCH, "mails", arena_print(arena, "ils ne partent pas : rangés dans %s", house->mail_folder));
}

static int look_inside(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    Organisation organisation;
    FailedJobs failed = jobs_failed(&tx);
    Mails unknown = message_unknown(&tx);
    bool named = people_organisation(&tx, &organisation);
    if (tx.error)
        return say(REPAIR, "base", tx.error);
    int how = named ? say(GOOD, "organisme", organisation.name)
                    : say(REPAIR, "organisme", "aucun : quitus init, ou quitus demo");
    if (named && (text_is_empty(organisation.siret) || text_is_empty(organisation.nda)))
        how = worse(how, say(WATCH, "organisme", "SIRET ou déclaration d'activité absents : page Réglages"));
    const char *jobs = arena_print(arena, "%zu en échec", failed.count);
    how = worse(how, say(failed.count ? REPAIR : GOOD, "tâches", jobs));
    for (size_t i = 0; i < failed.count && i < 5; i++)
        printf("                         %s %s, %s %lld : %s\n", failed.at[i].kind, failed.at[i].what,
               failed.at[i].machine, (long long)failed.at[i].thing_id.value, failed.at[i].error);
    const char *mails = arena_print(arena, "%zu de sort inconnu (page Mails)", unknown.count);
    return worse(how, say(unknown.count ? WATCH : GOOD, "envois", mails));
}

static int look_at_store(Arena *arena, const House *house) {
    const char *why = NULL;
    Db *db = db_open(house->db_url, &why);
    if (!db)
        return say(REPAIR, "base", why);
    int how = migrate_check(db, arena, &why)
                  ? say(GOOD, "schéma", "celui de ce programme ; réglages et clés tenus")
                  : say(REPAIR, "schéma", why);
    if (how == GOOD)
        how = look_inside(db, arena);
    db_close(db);
    return how;
}

static int look_at_clock(Arena *arena) {
    Instant now = clock_now();
    int year, month, day;
    date_split(instant_date(now), &year, &month, &day);
    return say(year < 2026 ? REPAIR : GOOD, "horloge", instant_text(arena, now));
}

int command_doctor(int argc, char **argv) {
    static const OptionRule rules[] = { { "dir", true }, { "db", true } };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    AppConfig config;
    const char *why = NULL;
    if (!options_read(argc, argv, rules, 2, &options))
        return REPAIR;
    const char *folder = option(&options, "dir", NULL);
    if (!folder || !config_read(arena, folder, &options, &config, &why))
        return say(REPAIR, "réglages", folder ? why : "dites où est l'instance : quitus doctor --dir D");
    int how = look_at_folder(arena, folder);
    how = worse(how, look_at_store(arena, &config.house));
    how = worse(how, look_at_fonts(arena));
    how = worse(how, look_at_mail(arena, &config.house));
    how = worse(how, look_at_clock(arena));
    bool is_public = text_starts(config.house.public_url, "https://");
    how = worse(how, is_public
                         ? say(*config.trusted ? GOOD : WATCH, "public",
                               *config.trusted ? config.house.public_url
                                               : "nommez le serveur mandataire dans trusted")
                         : say(WATCH, "public", "public_url n'est pas en https : liens locaux seulement"));
    puts("Au public, le programme se tient derrière un serveur mandataire avec TLS (exemples dans deploy/).");
    return how;
}
