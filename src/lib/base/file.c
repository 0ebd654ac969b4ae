#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "text.h"

int file_nameless(const char *folder) { return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); }

bool file_read_at(int fd, void *p, size_t n, int64_t offset) {
    for (size_t at = 0; at < n;) {
        ssize_t got = pread(fd, (char *)p + at, n - at, offset + (int64_t)at);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        at += got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool file_write(int fd, Bytes bytes) {
    for (size_t at = 0; at < bytes.n;) {
        ssize_t put = write(fd, (const char *)bytes.p + at, bytes.n - at);
        if (put < 0 && errno != EINTR)
            return false;
        at += put > 0 ? (size_t)put : 0;
    }
    return true;
}

bool file_rewind(int fd) { return lseek(fd, 0, SEEK_SET) == 0; }

void file_close(int fd) {
    if (fd >= 0)
        close(fd);
}

bool file_read_all(Arena *arena, const char *path, Bytes *ret) {
    char piece[4096];
    Text text = text_new(arena);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    text_add(&text, "");
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        text_add_n(&text, piece, n);
    bool is_whole = !ferror(file);
    fclose(file);
    *ret = text_bytes(&text);
    return is_whole;
}
