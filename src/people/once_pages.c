#include "once_pages.h"

#include "once_store.h"
#include "viewer.h"

static const char *key_of(const Request *rq) {
    return arena_print(rq->arena, "%lld:%s", (long long)rq->viewer->login_id.value, rq_key(rq));
}

bool once_was_done(Request *rq, Tx *tx) {
    const char *path = NULL;
    Url url;
    if (!once_seen(tx, key_of(rq), &path) || !url_local(rq->arena, path, &url))
        return false;
    reply_see(rq, url);
    return true;
}

void once_done(Request *rq, Tx *tx, Url url) { once_keep(tx, key_of(rq), url.path, rq->now); }
