/* embed_table.h - what tools/embed writes and embed.c reads. */
#pragma once
#include "embed.h"

extern const Embedded embed_table[]; /* sorted by path; each body is followed by a NUL */
extern const size_t   embed_table_count;
