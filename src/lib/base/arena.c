#include "arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block {
    struct Block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
} Block;
struct Arena {
    Block *blocks;
};

enum { BLOCK_SIZE = 16384 };

static _Noreturn void out_of_memory(void) {
    fputs("out of memory\n", stderr);
    abort();
}

Arena *arena_new(void) {
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    return arena;
}

void arena_free(Arena *arena) {
    if (!arena)
        return;
    for (Block *b = arena->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(arena);
}

void arena_free_at(Arena **arena) { arena_free(*arena); }

void *arena_zero(Arena *arena, size_t count, size_t size) {
    size_t wanted;
    if (__builtin_mul_overflow(count, size, &wanted) || wanted > (size_t)1 << 30)
        out_of_memory();
    wanted = (wanted + 15) & ~(size_t)15;
    Block *b = arena->blocks;
    if (!b || b->size - b->used < wanted) {
        size_t room = wanted > BLOCK_SIZE ? wanted : BLOCK_SIZE;
        b = calloc(1, sizeof *b + room);
        if (!b)
            out_of_memory();
        b->size = room;
        /* A big piece goes behind the block in use, so that what is left there is not lost. */
        if (arena->blocks && wanted > BLOCK_SIZE / 4) {
            b->next = arena->blocks->next;
            arena->blocks->next = b;
        } else {
            b->next = arena->blocks;
            arena->blocks = b;
        }
    }
    void *at = b->bytes + b->used;
    b->used += wanted;
    return at;
}

char *arena_copy(Arena *arena, const char *text) {
    return arena_copy_n(arena, text ? text : "", text ? strlen(text) : 0);
}

char *arena_copy_n(Arena *arena, const char *text, size_t n) {
    char *copy = arena_zero(arena, n + 1, 1);
    memcpy(copy, text, n);
    return copy;
}

char *arena_vprint(Arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = arena_zero(arena, 1, n < 0 ? 1 : (size_t)n + 1);
    if (n > 0)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

char *arena_print(Arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(arena, format, args);
    va_end(args);
    return text;
}

void *arena_grow(Arena *arena, void **at, size_t *count, size_t size) {
    if ((*count & (*count - 1)) == 0) { /* full at every power of two */
        void *more = arena_zero(arena, *count ? *count * 2 : 1, size);
        if (*count)
            memcpy(more, *at, *count * size);
        *at = more;
    }
    return (char *)*at + (*count)++ * size;
}
