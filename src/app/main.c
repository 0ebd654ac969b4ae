/* main.c - quitus WORD ...: finds the command. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "crypt.h"

static const char help[] =
    "Quitus : le dossier d'une formation financée par un OPCO, du brouillon au paiement.\n"
    "\n"
    "  quitus demo     [--dir D] [--listen 127.0.0.1:8080] [--dossiers 500] [--clock 2026-11-23]\n"
    "                  [--db ADRESSE] [--reset] [--mail smtp://127.0.0.1:2525]\n"
    "  quitus init     --dir D --name \"Mon organisme\" --email vous@exemple.fr\n"
    "                  (le mot de passe est lu sur l'entrée)\n"
    "  quitus serve    --dir D [--listen A:P] [--db ADRESSE] [--workers N] [--public-url URL]\n"
    "  quitus migrate  --dir D | --db ADRESSE       met la base à la version du programme\n"
    "  quitus copy     --from A --to B              SQLite vers PostgreSQL, ou l'inverse\n"
    "  quitus doctor   --dir D                      0 : tout va bien, 1 : à surveiller, 2 : à réparer\n"
    "  quitus show     story md|dot|svg|rights · rights · pages · docs [--check]\n"
    "  quitus bench    --dir D [--seconds 5]        ce que ./dev bench pèse dans un processus\n"
    "  quitus version · quitus help\n"
    "\n"
    "Réglages de D/config.ini (clé = valeur) :\n"
    "  db              chemin d'une base SQLite, ou postgresql://...\n"
    "  listen          adresse et port, 127.0.0.1:8080\n"
    "  public_url      https://formation.exemple.fr : commence chaque lien envoyé\n"
    "  trusted         serveurs mandataires que l'on croit : 127.0.0.1,::1\n"
    "  workers         processus pour les pages (0 : selon la machine) ; job_workers : pour les tâches\n"
    "  mail_folder     les mails sont rangés là au lieu de partir\n"
    "  smtp_url        smtps://serveur:465 ou smtp://serveur:587 ; smtp_user, smtp_password, smtp_ca,\n"
    "                  smtp_needs_tls (oui), mail_host (nom de cette machine)\n"
    "Au public : toujours derrière un serveur mandataire avec TLS (nginx ou Caddy, voir deploy/).\n";

static int command_help(int argc, char **argv) {
    (void)argc;
    (void)argv;
    fputs(help, stdout);
    return EXIT_done;
}

static int command_version(int argc, char **argv) {
    (void)argc;
    (void)argv;
    puts("quitus " QUITUS_VERSION);
    return EXIT_done;
}

int main(int argc, char **argv) {
    static const struct {
        const char *word;
        int (*run)(int argc, char **argv);
    } commands[] = {
        { "serve", command_serve },     { "demo", command_demo },         { "init", command_init },
        { "migrate", command_migrate }, { "copy", command_copy },         { "show", command_show },
        { "doctor", command_doctor },   { "help", command_help },         { "--help", command_help },
        { "version", command_version }, { "--version", command_version }, { "bench", command_bench },
    };
    const char *word = argc > 1 ? argv[1] : "help";
    crypt_start();
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (!strcmp(word, commands[i].word))
            return commands[i].run(argc > 2 ? argc - 2 : 0, argv + 2);
    fprintf(stderr, "quitus : « %s » n'est pas une commande.\n\n%s", word, help);
    return EXIT_not_understood;
}
