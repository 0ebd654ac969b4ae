/* static.h - /static/<hash>/<name>: embedded assets, precompressed, cached for ever.
 * The server asks here first: app has no route for it. */
#pragma once
#include "request.h"

bool static_serve(Request *rq, const char *accept_encoding); /* false: no such asset */
