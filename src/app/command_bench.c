#include "bench.h"
#include "command.h"

int command_bench(int argc, char **argv) {
    static const OptionRule rules[] = { { "dir", true }, { "seconds", true } };
    Options options;
    if (!options_read(argc, argv, rules, sizeof rules / sizeof rules[0], &options))
        return EXIT_not_understood;
    if (!option_is_set(&options, "dir"))
        return command_refuse("indiquez --dir, un dossier neuf.");
    return bench_run(option(&options, "dir", ""), (int)option_number(&options, "seconds", 5));
}
