/* config.h - the folder of an instance and its config.ini: one "key = value" a line, # before remarks. */
#pragma once
#include "app.h"
#include "arena.h"
#include "command.h"

/* Reads DIR/config.ini over the defaults; options --listen, --db, --workers, --public-url win over it.
 * False with *ret_why: no such file, a line or key that is not understood. */
bool config_read(Arena *arena, const char *folder, const Options *options, AppConfig *ret,
                 const char **ret_why);
/* DIR/config.ini, mode 0600; refuses to write over one that is there. */
bool config_write(Arena *arena, const char *folder, const AppConfig *config, const char **ret_why);
/* The folder itself, mode 0700, and DIR/mails. */
bool config_folder(Arena *arena, const char *folder, const char **ret_why);
