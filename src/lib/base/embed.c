#include "embed.h"

#include <fts.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "embed_table.h"
#include "log.h"

/* What was read from QUITUS_FILES stays for the life of the process, as embedded bytes do. */
static struct {
    Arena *arena;
    Embedded *files;
    size_t count;
    bool is_read;
} disk;

static int by_path(const void *a, const void *b) {
    return strcmp(((const Embedded *)a)->path, ((const Embedded *)b)->path);
}

static bool is_asset(const char *path) { return strncmp(path, "assets/", strlen("assets/")) == 0; }

static void add(const char *path, Bytes body, Bytes gzip, const char *sha256) {
    Embedded *file = arena_grow(disk.arena, (void **)&disk.files, &disk.count, sizeof *file);
    *file = (Embedded){ arena_copy(disk.arena, path), body, gzip, sha256 };
}

static void add_file(const char *folder, const char *full) {
    char *p;
    size_t n;
    GError *error = NULL;
    if (!g_file_get_contents(full, &p, &n, &error)) {
        log_warning("file_unread", "path=%s why=%s", full, error->message);
        g_error_free(error);
        return;
    }
    char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)p, n);
    add(full + strlen(folder) + 1, (Bytes){ p, n }, (Bytes){ NULL, 0 }, sha256);
}

static void read_disk(const char *folder) {
    disk.arena = arena_new();
    char *roots[] = { arena_print(disk.arena, "%s/texts", folder), arena_print(disk.arena, "%s/data", folder),
                      arena_print(disk.arena, "%s/migrations", folder), NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));)
        if (entry->fts_info == FTS_F)
            add_file(folder, entry->fts_path);
    if (tree)
        fts_close(tree);
    for (size_t i = 0; i < embed_table_count; i++)
        if (is_asset(embed_table[i].path))
            add(embed_table[i].path, embed_table[i].body, embed_table[i].gzip, embed_table[i].sha256);
    if (disk.count)
        qsort(disk.files, disk.count, sizeof *disk.files, by_path);
}

size_t embed_list(const Embedded **ret_all) {
    const char *folder = getenv("QUITUS_FILES");
    if (!disk.is_read && folder && *folder)
        read_disk(folder);
    disk.is_read = true;
    *ret_all = disk.arena ? disk.files : embed_table;
    return disk.arena ? disk.count : embed_table_count;
}

const Embedded *embed_find(const char *path) {
    const Embedded *all, key = { .path = path };
    size_t count = embed_list(&all);
    return count ? bsearch(&key, all, count, sizeof key, by_path) : NULL;
}
