/* request.h - one request, read whole and checked, and the reply that a handler writes into it. */
#pragma once
#include "db.h"
#include "form.h"
#include "html.h"

typedef enum Method { METHOD_GET = 1, METHOD_POST = 2 } Method; /* HEAD is served as GET without body */

/* A received file, streamed to a nameless temporary file; it dies with the request. */
typedef struct Upload {
    const char *field, *file_name; /* file_name cleaned: no path, no control characters */
    const char
        *mime; /* recognised from the bytes: application/pdf, image/jpeg, image/png, image/heic, "" unknown */
    int fd;    /* positioned at 0 */
    int64_t size;
    const char *sha256;
} Upload;

struct Request {
    Arena *arena;
    Db *db;
    Instant now; /* of the house: the demo clock in the demo */
    Date today;
    Method method;
    bool is_head;
    const char *path;
    const char *number; /* 7F3K-21: in the log line and on error pages */
    const char *nonce;  /* unguessable, one per request */
    const char *remote; /* client address, X-Forwarded-For only from trusted proxies */
    bool is_https;
    const char *user_agent;
    const FieldValue *query, *fields, *cookies, *params; /* params: from the route, ":reference" */
    size_t query_count, field_count, cookie_count, param_count;
    Upload *uploads;
    size_t upload_count;
    const Viewer *viewer; /* never NULL inside a handler; set by people */
    const char *csrf;
    const void *house; /* app's configuration, see people/house.h */
    const void *seat;  /* what people found out for the frame; NULL before that */

    /* the reply */
    int status; /* 0: the handler has not answered, a bug */
    const char *content_type, *location, *download_name;
    FieldValue *headers; /* extra headers, for example Set-Cookie */
    size_t header_count;
    Bytes body;
    int body_fd; /* -1, or a file to stream from 0 (closed by the server) */
    int64_t body_size;
    bool may_cache; /* static files only; all else is no-store */
};

const char *rq_query(const Request *rq, const char *name); /* "" when absent */
const char *rq_field(const Request *rq, const char *name);
const char *rq_param(const Request *rq, const char *name);
const char *rq_cookie(const Request *rq, const char *name);
const Upload *rq_upload(const Request *rq, const char *field); /* NULL: none or empty */
Form *rq_form(const Request *rq);
const char *
rq_key(const Request
           *rq); /* the form's request_key, unique per viewer; never "" (made from the request when absent) */
void rq_header(Request *rq, const char *name, const char *value);

void reply_html(Request *rq, int status, const Html *h);
void reply_text(Request *rq, int status, const char *text);
void reply_json(Request *rq, int status, const char *json);
void reply_see(Request *rq, Url url); /* 303 */
void reply_bytes(Request *rq, const char *mime, Bytes body,
                 const char *download_name); /* NULL name: shown inline */
void reply_fd(Request *rq, const char *mime, int fd, int64_t size, const char *download_name);
/* A page of its own for errors, by number: 400 403 404 409 410 413 429 500 503. `what` (French) replaces
 * the usual first sentence when not NULL. The frame is people's business: app sets the function at
 * start. It must bear a request without db and viewer: a body that is too long (413) is refused before
 * the handler. */
void reply_error(Request *rq, int status, const char *what);
typedef void (*ErrorPage)(Request *rq, int status, const char *what);
void reply_error_page(ErrorPage page);
void reply_error_plain(Request *rq,
                       int status); /* the page of last resort: what is no proper HTTP gets no better */
/* After a failed transaction: 409 for a clash, 503 with Retry-After for busy, full or away, 500 else;
 * logs once. */
void reply_fault(Request *rq, const Tx *tx);
