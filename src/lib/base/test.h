/* test.h - cmocka, and what our tests share: goldens and scratch folders. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

/* Compares with tests/golden/NAME; UPDATE=1 rewrites it. The test fails with the first line that differs. */
void test_golden(const char *name, const char *got, size_t n);
/* A new empty folder, removed when the process ends. */
const char *test_folder(Arena *arena);
/* A file of the sibling shared folder (judges, samples); NULL when absent, said loudly. */
const char *test_shared(Arena *arena, const char *path);
/* What a program prints (argv ends with NULL); the test fails when it does not end well. */
char *test_run(Arena *arena, const char *const argv[]);
/* A whole file, NUL after its end; the test fails when it is absent. `ret_n` may be NULL. */
char *test_read(Arena *arena, const char *path, size_t *ret_n);
void  test_write(const char *path, const void *p, size_t n);
