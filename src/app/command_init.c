/* init: a new instance, with its first person. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "command.h"
#include "config.h"
#include "crypt.h"
#include "directory_store.h"
#include "ident.h"
#include "migrate.h"
#include "people_store.h"
#include "text.h"

typedef struct First {
    const char *name, *email, *person, *password, *secret;
    bool is_made_up; /* the password is ours: it is printed */
} First;

/* A password from standard input when it is not a terminal, else one of ours. */
static bool choose_password(Arena *arena, First *first, const char **ret_why) {
    char line[256] = "";
    bool typed = !isatty(STDIN_FILENO) && fgets(line, sizeof line, stdin);
    first->password = text_trim(arena, line);
    first->is_made_up = !typed || !*first->password;
    if (first->is_made_up)
        first->password = arena_copy_n(arena, crypt_token(arena), 20);
    *ret_why = crypt_password_refusal(first->password);
    return *ret_why == NULL;
}

static Organisation organisation_of(const First *first) {
    return (Organisation){ .name = first->name,
                           .legal_form = "",
                           .address = "",
                           .postcode = "",
                           .city = "",
                           .siret = "",
                           .nda = "",
                           .nda_region = "",
                           .rcs = "",
                           .capital = "",
                           .vat_regime = "exempt_training",
                           .vat_number = "",
                           .iban = "",
                           .bic = "",
                           .bank_name = first->name,
                           .email = first->email,
                           .phone = "",
                           .representative = first->person,
                           .representative_role = "",
                           .contact_name = first->person,
                           .brand = "#0b5a4a" };
}

static bool fill(Db *db, Arena *arena, const First *first, const char **ret_why) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Organisation there;
    Organisation organisation = organisation_of(first);
    Account account = { .role = "staff",
                        .first_name = "",
                        .last_name = first->person,
                        .email = first->email,
                        .phone = "",
                        .is_active = true };
    if (people_organisation(&tx, &there)) {
        *ret_why = "cette base contient déjà un organisme : rien n'est changé.";
        return false;
    }
    if (!directory_load(&tx, ret_why))
        return false;
    people_organisation_set(&tx, &organisation);
    people_account_add(&tx, &account, crypt_password_hash(arena, first->password), first->secret,
                       clock_now());
    if (db_commit(&tx))
        return true;
    *ret_why = tx.error;
    return false;
}

static void tell(Arena *arena, const char *folder, const First *first) {
    printf("Instance créée dans %s\n", folder);
    printf("  connexion     %s\n", first->email);
    if (first->is_made_up)
        printf("  mot de passe  %s   (notez-le : il n'est écrit nulle part)\n", first->password);
    else
        printf("  mot de passe  celui que vous avez donné\n");
    printf("  application de codes : %s\n", crypt_totp_url(arena, first->secret, "Quitus", first->email));
    printf("Ensuite : complétez %s/config.ini, puis quitus serve --dir %s, et la page Réglages.\n", folder,
           folder);
}

static bool create(Arena *arena, const char *folder, const Options *options, First *first,
                   const char **ret_why) {
    AppConfig config;
    if (!config_folder(arena, folder, ret_why))
        return false;
    AppConfig blank = { .house = { .db_url = option(options, "db",
                                                    arena_print(arena, "%s/quitus.db", folder)),
                                   .public_url = option(options, "public-url", "http://127.0.0.1:8080") },
                        .listen = option(options, "listen", "127.0.0.1:8080") };
    if (!config_write(arena, folder, &blank, ret_why) ||
        !config_read(arena, folder, options, &config, ret_why))
        return false;
    Db *db = db_open(config.house.db_url, ret_why);
    bool done = db && migrate_up(db, arena, ret_why) && fill(db, arena, first, ret_why);
    if (db)
        db_close(db);
    return done;
}

int command_init(int argc, char **argv) {
    static const OptionRule rules[] = {
        { "dir", true },    { "name", true }, { "email", true },      { "person", true },
        { "listen", true }, { "db", true },   { "public-url", true },
    };
    AUTO_ARENA Arena *arena = arena_new();
    Options options;
    Email email;
    const char *why = NULL;
    if (!options_read(argc, argv, rules, sizeof rules / sizeof rules[0], &options))
        return EXIT_not_understood;
    First first = { .name = option(&options, "name", NULL),
                    .person = option(&options, "person", "Administration"),
                    .secret = crypt_totp_secret(arena) };
    const char *folder = option(&options, "dir", NULL), *typed = option(&options, "email", NULL);
    if (!folder || !typed || text_is_empty(first.name))
        return command_refuse("il faut --dir, --name et --email (voir quitus help).");
    if (!email_parse(typed, &email, &why))
        return command_refuse(why);
    first.email = email.text;
    umask(077);
    if (!choose_password(arena, &first, &why) || !create(arena, folder, &options, &first, &why))
        return command_refuse(why);
    tell(arena, folder, &first);
    return EXIT_done;
}
