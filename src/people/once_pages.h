/* once_pages.h - a form that makes a new thing makes it once: a double click, a resent form or a retry
 * after a crash leads to the thing that was made first.
 * (Acts on a thing that exists are told apart by story_fire() itself.) */
#pragma once
#include "request.h"

/* True: this form has been done before, and the reply already leads there. First in the write transaction. */
bool once_was_done(Request *rq, Tx *tx);
/* Keeps where this form leads; in the same transaction, before the commit. Two at once: the second fails as
 * a clash. */
void once_done(Request *rq, Tx *tx, Url url);
