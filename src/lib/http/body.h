/* body.h - the body of a POST as it arrives: fields go to the arena, files to nameless temporary files.
 * Private to lib/http. */
#pragma once
#include "request.h"

typedef struct Body Body;

/* NULL when the content type is not one of the two that forms send (415) or the boundary is missing. */
Body *body_new(Arena *arena, const char *content_type, const char *folder);
void body_add(Body *body, const char *data, size_t n); /* a fault is kept, what follows it is dropped */
int body_end(Body *body, Request *rq); /* 0 and the fields are in rq, or the status of the refusal */
void body_free(Body *body);            /* closes the files; NULL is fine */
