#include "once_store.h"

#include "once_sql.h"

bool once_seen(Tx *tx, const char *key, const char **ret_path) {
    Seen seen;
    if (!seen_get(tx, key, &seen))
        return false;
    *ret_path = seen.path;
    return true;
}

void once_keep(Tx *tx, const char *key, const char *path, Instant now) { seen_put(tx, key, path, now); }
