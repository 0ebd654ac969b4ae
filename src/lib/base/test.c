#include "test.h"

#include <assert.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text.h"

/* Goldens */

static char *read_whole(Arena *arena, const char *path, size_t *ret_n) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    Text text = text_new(arena);
    char piece[8192];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        text_add_n(&text, piece, n);
    fclose(file);
    *ret_n = text.n;
    return text.p;
}

static void make_folders_of(Arena *arena, const char *path) {
    char *folder = arena_copy(arena, path);
    for (char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            fail_msg("%s: %s", folder, strerror(errno));
        *slash = '/';
    }
}

void test_write(const char *path, const void *p, size_t n) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(p, 1, n, file) != n || fclose(file) != 0)
        fail_msg("%s: %s", path, strerror(errno));
}

static int line_length(const char *from, const char *end) {
    const char *newline = memchr(from, '\n', (size_t)(end - from));
    ptrdiff_t n = (newline ? newline : end) - from;
    return n > 300 ? 300 : (int)n;
}

void test_golden(const char *name, const char *got, size_t n) {
    AUTO_ARENA Arena *arena = arena_new();
    char *path = arena_print(arena, "tests/golden/%s", name);
    const char *update = getenv("UPDATE");
    size_t wanted_n = 0;
    char *wanted = read_whole(arena, path, &wanted_n);
    if (wanted && wanted_n == n && (n == 0 || memcmp(wanted, got, n) == 0))
        return;
    if (update && strcmp(update, "1") == 0) {
        make_folders_of(arena, path);
        test_write(path, got, n);
        return;
    }
    if (!wanted) {
        fail_msg("%s is missing (UPDATE=1 writes it)", path);
        return;
    }
    int line = 1;
    size_t start = 0;
    for (size_t i = 0; i < n && i < wanted_n && got[i] == wanted[i]; i++) {
        if (got[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    fail_msg("%s, line %d\n  golden: %.*s\n  got:    %.*s\n(UPDATE=1 rewrites it)", path, line,
             line_length(wanted + start, wanted + wanted_n), wanted + start,
             line_length(got + start, got + n), got + start);
}

/* Folders */

typedef struct Folder {
    struct Folder *next;
    pid_t owner; /* children of a fork leave the folders of their parent alone */
    char path[PATH_MAX];
} Folder;

static Folder *folders;

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void remove_folders(void) {
    for (Folder *f = folders, *next; f; f = next) {
        next = f->next;
        if (f->owner == getpid())
            nftw(f->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        free(f);
    }
    folders = NULL;
}

const char *test_folder(Arena *arena) {
    const char *base = getenv("TMPDIR");
    Folder *folder = calloc(1, sizeof *folder);
    if (!folder)
        abort();
    snprintf(folder->path, sizeof folder->path, "%s/quitus-test-XXXXXX", base && *base ? base : P_tmpdir);
    if (!mkdtemp(folder->path)) {
        fprintf(stderr, "%s: %s\n", folder->path, strerror(errno));
        abort();
    }
    if (!folders)
        atexit(remove_folders);
    folder->owner = getpid();
    folder->next = folders;
    folders = folder;
    return arena_copy(arena, folder->path);
}

const char *test_shared(Arena *arena, const char *path) {
    const char *base = getenv("QUITUS_SHARED");
    char *full = arena_print(arena, "%s/%s", base && *base ? base : "../shared", path);
    if (access(full, R_OK) == 0)
        return full;
    fprintf(stderr, "SKIPPED: %s absent\n", full);
    return NULL;
}

/* Programs and files */

char *test_read(Arena *arena, const char *path, size_t *ret_n) {
    size_t n = 0;
    char *whole = read_whole(arena, path, &n);
    if (!whole && access(path, R_OK) != 0)
        fail_msg("%s: %s", path, strerror(errno));
    if (ret_n)
        *ret_n = n;
    return whole ? whole : arena_copy(arena, "");
}

static _Noreturn void become(const char *const argv[], const int out[2]) {
    char *arguments[32] = { NULL };
    for (size_t i = 0; argv[i] && i + 1 < sizeof arguments / sizeof *arguments; i++)
        arguments[i] = (char *)(uintptr_t)argv[i]; /* execvp's type is older than const */
    assert(arguments[0]);
    dup2(out[1], STDOUT_FILENO);
    close(out[0]);
    close(out[1]);
    execvp(arguments[0], arguments);
    _exit(127);
}

char *test_run(Arena *arena, const char *const argv[]) {
    int out[2], status = 0;
    if (pipe(out) != 0)
        fail_msg("pipe: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0)
        become(argv, out);
    close(out[1]);
    Text text = text_new(arena);
    char piece[8192];
    ssize_t n;
    while ((n = read(out[0], piece, sizeof piece)) > 0)
        text_add_n(&text, piece, (size_t)n);
    close(out[0]);
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("%s ended with status %d: %s", argv[0], status, text.n ? text.p : "");
    return text.n ? text.p : arena_copy(arena, "");
}
