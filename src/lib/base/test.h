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
