#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

static const OptionRule *rule_of(const char *name, size_t n, const OptionRule *rules, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strlen(rules[i].name) == n && !strncmp(rules[i].name, name, n))
            return &rules[i];
    return NULL;
}

bool options_read(int argc, char **argv, const OptionRule *rules, size_t rule_count, Options *ret) {
    *ret = (Options){ 0 };
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (strncmp(word, "--", 2) != 0) {
            if (ret->word_count == WORDS_MAX) {
                fprintf(stderr, "quitus : « %s » est de trop.\n", word);
                return false;
            }
            ret->words[ret->word_count++] = word;
            continue;
        }
        size_t n = strcspn(word + 2, "=");
        const OptionRule *rule = rule_of(word + 2, n, rules, rule_count);
        const char *value = word[2 + n] == '=' ? word + 3 + n : NULL;
        if (!rule || ret->count == OPTIONS_MAX || (value && !rule->has_value)) {
            fprintf(stderr, "quitus : option inconnue ici : %s (voir quitus help).\n", word);
            return false;
        }
        if (rule->has_value && !value && !(value = i + 1 < argc ? argv[++i] : NULL)) {
            fprintf(stderr, "quitus : il manque une valeur après %s.\n", word);
            return false;
        }
        ret->names[ret->count] = rule->name;
        ret->values[ret->count++] = value ? value : "";
    }
    return true;
}

const char *option(const Options *options, const char *name, const char *otherwise) {
    for (size_t i = 0; i < options->count; i++)
        if (!strcmp(options->names[i], name))
            return options->values[i];
    return otherwise;
}

bool option_is_set(const Options *options, const char *name) { return option(options, name, NULL) != NULL; }

int64_t option_number(const Options *options, const char *name, int64_t otherwise) {
    const char *value = option(options, name, NULL);
    char *end = NULL;
    long long number = value ? strtoll(value, &end, 10) : 0;
    return value && end != value && !*end ? number : otherwise;
}

int command_refuse(const char *why) {
    fprintf(stderr, "quitus : %s\n", why ? why : "?");
    return EXIT_not_done;
}
