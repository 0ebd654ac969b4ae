/* command.h - what `quitus WORD` may do: one function per word, and the options they share. */
#pragma once
#include "app.h"
#include "arena.h"

/* Exit codes: 0 done, 1 not done (the sentence is on stderr), 2 not understood. */
enum { EXIT_done = 0, EXIT_not_done = 1, EXIT_not_understood = 2 };

enum { OPTIONS_MAX = 16, WORDS_MAX = 3 };

typedef struct OptionRule {
    const char *name;
    bool has_value;
} OptionRule;

typedef struct Options {
    const char *names[OPTIONS_MAX], *values[OPTIONS_MAX];
    size_t count;
    const char *words[WORDS_MAX]; /* what stands without "--" */
    size_t word_count;
} Options;

/* "--name value", "--name=value" and bare words; false: a sentence was written to stderr. */
bool options_read(int argc, char **argv, const OptionRule *rules, size_t rule_count, Options *ret);
const char *option(const Options *options, const char *name, const char *otherwise);
bool option_is_set(const Options *options, const char *name);
int64_t option_number(const Options *options, const char *name, int64_t otherwise);

/* "quitus: " and the sentence on stderr; returns EXIT_not_done. */
int command_refuse(const char *why);

int command_serve(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_init(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_copy(int argc, char **argv);
int command_show(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_bench(int argc, char **argv);
