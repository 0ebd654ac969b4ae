#include "routes.h"

#include <string.h>

#include "attendance_pages.h"
#include "billing_pages.h"
#include "demo_pages.h"
#include "desk_pages.h"
#include "dossier_pages.h"
#include "funding_pages.h"
#include "payout_pages.h"
#include "people_pages.h"
#include "quality_pages.h"
#include "session_pages.h"
#include "text.h"
#include "trainer_pages.h"
#include "viewer.h"

static const Route routes[] = {
#define ROUTE(method, path, roles, handler) { METHOD_##method, path, roles, #handler, handler },
#include "routes.def"
};
enum { ROUTE_COUNT = sizeof routes / sizeof routes[0], PARAMS_MAX = 4 };

/* Does `path` fit `pattern`? The segments that stand for a ":name" go to `params`. */
static bool fits(Arena *arena, const char *pattern, const char *path, FieldValue *params, size_t *ret_count) {
    size_t count = 0;
    while (*pattern && *path) {
        if (*pattern == ':') {
            size_t name = strcspn(pattern, "/"), value = strcspn(path, "/");
            if (!value || count == PARAMS_MAX)
                return false;
            params[count++] = (FieldValue){ arena_copy_n(arena, pattern + 1, name - 1),
                                            arena_copy_n(arena, path, value) };
            pattern += name;
            path += value;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    *ret_count = count;
    return !*pattern && !*path;
}

const Route *routes_find(Request *rq, bool *ret_other_method) {
    FieldValue *params = arena_zero(rq->arena, PARAMS_MAX, sizeof *params);
    size_t count = 0;
    *ret_other_method = false;
    for (const Route *r = routes; r < routes + ROUTE_COUNT; r++) {
        if (!fits(rq->arena, r->path, rq->path, params, &count))
            continue;
        if (r->method != rq->method) {
            *ret_other_method = true;
            continue;
        }
        rq->params = params;
        rq->param_count = count;
        return r;
    }
    return NULL;
}

size_t routes_list(const Route **ret_all) {
    *ret_all = routes;
    return ROUTE_COUNT;
}
