#include "static.h"

#include <string.h>
#include <strings.h>

#include "embed.h"

enum { HASH_LENGTH = 12 };

static const char *type_of(const char *name) {
    static const struct {
        const char *end, *type;
    } types[] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".woff2", "font/woff2" },
        { ".png", "image/png" },
        { ".ico", "image/x-icon" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".webmanifest", "application/manifest+json" },
        { ".json", "application/json; charset=utf-8" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_ends(name, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

/* Is gzip among the accepted codings, and not with q=0? */
static bool takes_gzip(const char *accept) {
    for (const char *s = accept ? accept : ""; *s;) {
        size_t n = strcspn(s, ","), blank = strspn(s, " \t");
        const char *word = s + blank;
        if (n >= blank + 4 && !strncasecmp(word, "gzip", 4) && strchr(";, \t", word[4])) {
            const char *q = word + 4 + strspn(word + 4, "; \t");
            return strncasecmp(q, "q=0", 3) || (q[3] == '.' && strspn(q + 4, "0") < strcspn(q + 4, ", \t;"));
        }
        s += n + (s[n] == ',');
    }
    return false;
}

bool static_serve(Request *rq, const char *accept_encoding) {
    const char *hash = rq->path + strlen("/static/");
    if (!text_starts(rq->path, "/static/") || rq->method != METHOD_GET || strcspn(hash, "/") != HASH_LENGTH ||
        hash[HASH_LENGTH] != '/')
        return false;
    const char *name = hash + HASH_LENGTH + 1;
    const Embedded *asset = embed_find(arena_print(rq->arena, "assets/%s", name));
    if (!asset || strncmp(asset->sha256, hash, HASH_LENGTH))
        return false;
    bool zipped = asset->gzip.n > 0 && takes_gzip(accept_encoding);
    reply_bytes(rq, type_of(name), zipped ? asset->gzip : asset->body, NULL);
    rq->may_cache = true;
    if (zipped)
        rq_header(rq, "Content-Encoding", "gzip");
    if (asset->gzip.n > 0)
        rq_header(rq, "Vary", "Accept-Encoding");
    return true;
}
