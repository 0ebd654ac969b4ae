/* file.h - the few things a room does with files: bytes in pieces, a file without a name. */
#pragma once
#include "arena.h"
#include "types.h"

/* A file of `folder` that has no name and is gone once closed; -1 when there is no room for it. */
int file_nameless(const char *folder);
/* Reads exactly `n` bytes from `offset` on; false when there are not as many. */
bool file_read_at(int fd, void *p, size_t n, int64_t offset);
bool file_write(int fd, Bytes bytes); /* all of them, at the end of what was written */
bool file_rewind(int fd);
void file_close(int fd);

/* A file of the instance's own folder; false when it has none. A NUL follows the bytes. */
bool file_read_all(Arena *arena, const char *path, Bytes *ret);
