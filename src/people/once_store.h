/* once_store.h - which forms were done, and where they led. Owns table seen. */
#pragma once
#include "db.h"

bool once_seen(Tx *tx, const char *key, const char **ret_path);
void once_keep(Tx *tx, const char *key, const char *path, Instant now);
