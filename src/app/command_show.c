/* show: what the program knows of itself, as pages. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "routes.h"
#include "story_show.h"
#include "viewer.h"

static void put_roles(FILE *out, unsigned roles) {
    static const struct {
        unsigned role;
        const char *name;
    } names[] = {
        { ROLE_ANYBODY, "tout le monde" }, { ROLE_STAFF, "organisme" },
        { ROLE_ADVISER, "conseiller" },    { ROLE_TRAINER, "formateur" },
        { ROLE_COMPANY, "entreprise" },    { ROLE_PARTICIPANT, "participant" },
        { ROLE_AUDITOR, "contrôleur" },
    };
    const char *between = "";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (roles & names[i].role) {
            fprintf(out, "%s%s", between, names[i].name);
            between = ", ";
        }
}

static void show_pages(FILE *out) {
    const Route *routes;
    size_t count = routes_list(&routes);
    fputs("# Les adresses\n\nCette page est écrite par le programme (`quitus show pages`) d'après "
          "`src/app/routes.def` : elle ne se corrige pas à la main.\n\n"
          "Ce qui n'est pas à la personne n'existe pas pour elle (404). "
          "Un envoi (POST) porte toujours un jeton.\n\n"
          "| Méthode | Adresse | Qui | Fonction |\n|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "| %s | `%s` | ", routes[i].method == METHOD_GET ? "GET" : "POST", routes[i].path);
        put_roles(out, routes[i].roles);
        fprintf(out, " | `%s` |\n", routes[i].name);
    }
}

static bool show(FILE *out, const char *what, const char *form) {
    if (!strcmp(what, "pages"))
        show_pages(out);
    else if (!strcmp(what, "rights"))
        return story_show(out, "rights");
    else
        return !strcmp(what, "story") && story_show(out, form);
    return true;
}

/* The whole file, NUL at its end; NULL: not there. The caller frees. */
static char *whole(const char *path, size_t *ret_n) {
    FILE *file = fopen(path, "re"), *copy = NULL;
    char *text = NULL, part[8192];
    size_t n;
    *ret_n = 0;
    if (!file || !(copy = open_memstream(&text, ret_n))) {
        if (file)
            fclose(file);
        return NULL;
    }
    while ((n = fread(part, 1, sizeof part, file)))
        fwrite(part, 1, n, copy);
    fclose(file);
    fclose(copy);
    return text;
}

static bool write_to(const char *path, const char *text, size_t n) {
    FILE *file = fopen(path, "we");
    bool fine = file && fwrite(text, 1, n, file) == n;
    fine = file && !fclose(file) && fine;
    if (!fine)
        fprintf(stderr, "quitus : %s : %s.\n", path, strerror(errno));
    return fine;
}

static bool one_doc(const char *path, const char *what, const char *form, bool is_check) {
    char *now = NULL, *was = NULL;
    size_t n = 0, was_n = 0;
    FILE *out = open_memstream(&now, &n);
    bool fine = out && show(out, what, form);
    if (out)
        fclose(out);
    if (fine && is_check) {
        was = whole(path, &was_n);
        fine = was && was_n == n && !memcmp(was, now, n);
        if (!fine)
            fprintf(stderr, "quitus : %s n'est plus ce que dit le programme ; relancez quitus show docs.\n",
                    path);
    } else if (fine) {
        fine = write_to(path, now, n);
    }
    free(now);
    free(was);
    return fine;
}

static int show_docs(bool is_check) {
    bool fine = one_doc("docs/STORY.md", "story", "md", is_check);
    fine = one_doc("docs/RIGHTS.md", "rights", "", is_check) && fine;
    fine = one_doc("docs/PAGES.md", "pages", "", is_check) && fine;
    fine = one_doc("docs/story.svg", "story", "svg", is_check) && fine;
    return fine ? EXIT_done : EXIT_not_done;
}

int command_show(int argc, char **argv) {
    static const OptionRule rules[] = { { "check", false } };
    Options options;
    if (!options_read(argc, argv, rules, 1, &options))
        return EXIT_not_understood;
    const char *what = options.word_count ? options.words[0] : "";
    if (!strcmp(what, "docs"))
        return show_docs(option_is_set(&options, "check"));
    if (show(stdout, what, options.word_count > 1 ? options.words[1] : "md"))
        return EXIT_done;
    fputs("quitus : show story md|dot|svg|rights, show rights, show pages, show docs [--check]\n", stderr);
    return EXIT_not_understood;
}
