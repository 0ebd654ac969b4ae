/* routes.h - from a method and a path to the handler. */
#pragma once
#include "request.h"

typedef void (*Handler)(Request *rq);
typedef struct Route {
    Method method;
    const char *path;
    unsigned roles;
    const char *name;
    Handler handler;
} Route;

/* The route that fits; its ":params" are put into the request. NULL: none. *ret_other_method: the path
 * exists, for the other method. */
const Route *routes_find(Request *rq, bool *ret_other_method);
size_t routes_list(const Route **ret_all); /* docs/PAGES.md */
