#include "request.h"

#include <string.h>
#include <unistd.h>

#include "crypt.h"
#include "log.h"

static ErrorPage error_page; /* set once, before the workers are forked */

static const char *find(const FieldValue *pairs, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(pairs[i].name, name))
            return pairs[i].value;
    return "";
}

const char *rq_query(const Request *rq, const char *name) { return find(rq->query, rq->query_count, name); }
const char *rq_field(const Request *rq, const char *name) { return find(rq->fields, rq->field_count, name); }
const char *rq_param(const Request *rq, const char *name) { return find(rq->params, rq->param_count, name); }
const char *rq_cookie(const Request *rq, const char *name) {
    return find(rq->cookies, rq->cookie_count, name);
}

const Upload *rq_upload(const Request *rq, const char *field) {
    for (size_t i = 0; i < rq->upload_count; i++)
        if (!strcmp(rq->uploads[i].field, field) && rq->uploads[i].size > 0)
            return &rq->uploads[i];
    return NULL;
}

Form *rq_form(const Request *rq) { return form_new(rq->arena, rq->fields, rq->field_count, rq->today); }

const char *rq_key(const Request *rq) {
    enum { LONGEST = 64 };
    const char *key = rq_field(rq, "request_key");
    if (strlen(key) > LONGEST)
        return crypt_sha256(rq->arena, (Bytes){ key, strlen(key) });
    if (*key)
        return key;
    return arena_print(rq->arena, "%s-%s", rq->number ? rq->number : "0", rq->nonce ? rq->nonce : "0");
}

void rq_header(Request *rq, const char *name, const char *value) {
    FieldValue *header = arena_grow(rq->arena, (void **)&rq->headers, &rq->header_count, sizeof *header);
    *header = (FieldValue){ arena_copy(rq->arena, name), arena_copy(rq->arena, value) };
}

/* A later answer replaces an earlier one, but cookies and other extra headers stay. */
static void reply(Request *rq, int status, const char *content_type, Bytes body) {
    if (rq->body_fd > 0)
        close(rq->body_fd);
    rq->status = status;
    rq->content_type = content_type;
    rq->body = body;
    rq->body_fd = -1;
    rq->body_size = 0;
    rq->location = rq->download_name = NULL;
    rq->may_cache = false;
}

void reply_html(Request *rq, int status, const Html *h) {
    reply(rq, status, "text/html; charset=utf-8", text_bytes(&h->out));
}

void reply_text(Request *rq, int status, const char *text) {
    const char *copy = arena_copy(rq->arena, text);
    reply(rq, status, "text/plain; charset=utf-8", (Bytes){ copy, strlen(copy) });
}

void reply_json(Request *rq, int status, const char *json) {
    const char *copy = arena_copy(rq->arena, json);
    reply(rq, status, "application/json; charset=utf-8", (Bytes){ copy, strlen(copy) });
}

void reply_see(Request *rq, Url url) {
    reply(rq, 303, "text/plain; charset=utf-8", (Bytes){ "", 0 });
    rq->location = arena_copy(rq->arena, url.path);
}

void reply_bytes(Request *rq, const char *mime, Bytes body, const char *download_name) {
    reply(rq, 200, arena_copy(rq->arena, mime), body);
    rq->download_name = download_name ? arena_copy(rq->arena, download_name) : NULL;
}

void reply_fd(Request *rq, const char *mime, int fd, int64_t size, const char *download_name) {
    reply_bytes(rq, mime, (Bytes){ NULL, 0 }, download_name);
    rq->body_fd = fd;
    rq->body_size = size;
}

/* The page of last resort: no style, no links but one, nothing that could fail in its turn. */
static void plain_page(Request *rq, int status, const char *what) {
    static const struct {
        int status;
        const char *title, *sentence;
    } errors[] = {
#define ERROR(status, title, sentence) { status, title, sentence },
#include "errors.def"
#undef ERROR
    };
    size_t at = 0;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].status == status || (errors[i].status == 500 && !at && status >= 500))
            at = i;
    Html h = { .out = text_new(rq->arena), .arena = rq->arena };
    html_raw(&h, "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>");
    html_text(&h, errors[at].title);
    html_raw(&h, "</title></head><body><main><h1>");
    html_text(&h, errors[at].title);
    html_raw(&h, "</h1><p>");
    html_text(&h, what ? what : errors[at].sentence);
    html_raw(&h, "</p><p>");
    html_text(&h, rq->number);
    html_raw(&h, "</p></main></body></html>\n");
    reply_html(rq, status, &h);
}

void reply_error_page(ErrorPage page) { error_page = page; }

void reply_error(Request *rq, int status, const char *what) {
    if (error_page)
        error_page(rq, status, what);
    if (!error_page || !rq->status)
        plain_page(rq, status, what);
}

void reply_error_plain(Request *rq, int status) { plain_page(rq, status, NULL); }

void reply_fault(Request *rq, const Tx *tx) {
    bool for_now = tx->fault == DB_BUSY || tx->fault == DB_FULL || tx->fault == DB_AWAY;
    int status = tx->fault == DB_CLASH ? 409 : for_now ? 503 : 500;
    log_error("transaction failed", "number=%s status=%d error=%s", rq->number ? rq->number : "-", status,
              tx->error ? tx->error : "-");
    reply_error(rq, status, NULL);
    if (for_now)
        rq_header(rq, "Retry-After", "5");
}
