/* arena.h - memory that lives and dies together: one request, one job, one test.
 * Out of memory ends the process: no caller checks for NULL. */
#pragma once
#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void   arena_free(Arena *arena); /* NULL is fine */

/* Zeroed memory for `count` things of `size` bytes, aligned for anything. */
void *arena_zero(Arena *arena, size_t count, size_t size);
char *arena_copy(Arena *arena, const char *text); /* NULL gives "" */
char *arena_copy_n(Arena *arena, const char *text, size_t n);
char *arena_print(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Room for one more at the end of a growing array; it doubles, so the whole stays linear. */
void *arena_grow(Arena *arena, void **at, size_t *count, size_t size);

void arena_free_at(Arena **arena); /* for AUTO_ARENA */
#define AUTO_ARENA __attribute__((cleanup(arena_free_at)))
