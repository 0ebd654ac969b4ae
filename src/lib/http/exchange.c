#include "exchange.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "body.h"
#include "clock.h"
#include "crypt.h"
#include "log.h"
#include "parse.h"
#include "static.h"

enum {
    HEAD_MAX = 16384,
    TARGET_MAX = 8192,
    SLOWEST_BYTES_PER_MS = 16 /* an answer may be fetched at 16 kB a second, not slower */
};

struct Exchange {
    Arena *arena;
    Web *web;
    int fd;
    char *target, *method; /* as they came */
    FieldValue *headers;
    size_t header_count, head_bytes;
    const char *cursor; /* where the next header must stand in libmicrohttpd's buffer */
    bool hides;         /* it does not: a NUL, a folded line or a bare LF was read over */
    Request rq;
    Body *body;
    int64_t began_ms, cpu_us, queries, vm_steps, received, sent;
    bool seen;
};

static const char *header(const Exchange *x, const char *name) {
    for (size_t i = 0; i < x->header_count; i++)
        if (!strcasecmp(x->headers[i].name, name))
            return x->headers[i].value;
    return "";
}

static void watch(Exchange *x, WatchState state, int64_t ms) {
    watch_set(x->web->watch, x->fd, state, clock_monotonic_ms() + ms);
}

Exchange *exchange_new(Web *web, const char *target, struct MHD_Connection *connection) {
    Arena *arena = arena_new();
    Exchange *x = arena_zero(arena, 1, sizeof *x);
    x->arena = arena;
    x->web = web;
    x->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    x->target = arena_copy(arena, target);
    x->method = "?";
    x->began_ms = clock_monotonic_ms();
    x->rq = (Request){
        .arena = arena, .number = crypt_reference(arena), .nonce = crypt_token(arena), .body_fd = -1
    };
    watch(x, WATCH_HEAD, 1000 * (int64_t)web->server->header_seconds);
    return x;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                   const char *value, size_t value_n) {
    Exchange *x = cls;
    FieldValue *one = arena_grow(x->arena, (void **)&x->headers, &x->header_count, sizeof *one);
    (void)kind;
    bool is_next = name == x->cursor && value && value >= name + name_n;
    for (const char *p = name + name_n + 1; is_next && p < value; p++)
        is_next = *p == ' ' || *p == '\t';
    x->hides = x->hides || !is_next;
    x->cursor = value ? value + value_n + 2 : NULL;
    *one = (FieldValue){ arena_copy_n(x->arena, name, name_n),
                         arena_copy_n(x->arena, value ? value : "", value_n) };
    x->head_bytes += name_n + value_n + 4;
    return MHD_YES;
}

/* libmicrohttpd 0.9 forgives what lets two servers read two different requests, and does not tell. But what
 * it gives out are pieces of the bytes as they came: when each header is followed by exactly CR LF and the
 * next one, and the last by the end of the head, then nothing was read over. From 1.0 on it is strict. */
static bool hides_bytes(Exchange *x, struct MHD_Connection *connection, const char *method,
                        const char *version) {
    x->cursor = version + strlen(version) + 2;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_header, x);
    size_t size = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
    bool is_whole = !x->hides && x->cursor + 2 == method + size;
    return !is_whole && text_starts(MHD_get_version(), "0.");
}

static const char *peer_address(Arena *arena, struct MHD_Connection *connection) {
    const struct sockaddr *at =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    char text[INET6_ADDRSTRLEN] = "";
    if (at->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)at)->sin_addr, text, sizeof text);
    } else if (at->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr;
        bool is_v4 = IN6_IS_ADDR_V4MAPPED(v6);
        inet_ntop(is_v4 ? AF_INET : AF_INET6, v6->s6_addr + (is_v4 ? 12 : 0), text, sizeof text);
    }
    return arena_copy(arena, text);
}

/* The headers that concern us, once the head has been found good. */
static int read_head(Exchange *x, struct MHD_Connection *connection) {
    Request *rq = &x->rq;
    FieldValue *query = NULL, *cookies = NULL;
    Text forwarded = text_new(x->arena);
    const char *agent = header(x, "User-Agent"), *trusted = x->web->server->trusted;
    const char *peer = peer_address(x->arena, connection), *raw_query = parse_query_part(x->target);
    text_add(&forwarded, "");
    for (size_t i = 0; i < x->header_count; i++) {
        if (!strcasecmp(x->headers[i].name, "Cookie"))
            parse_cookies(x->arena, x->headers[i].value, &cookies, &rq->cookie_count);
        else if (!strcasecmp(x->headers[i].name, "X-Forwarded-For"))
            text_print(&forwarded, "%s%s", forwarded.n ? "," : "", x->headers[i].value);
    }
    rq->remote = parse_client(x->arena, peer, forwarded.p, trusted);
    rq->is_https = parse_is_trusted(peer, trusted) && !strcasecmp(header(x, "X-Forwarded-Proto"), "https");
    rq->user_agent = text_clean(x->arena, agent, strnlen(agent, 300));
    rq->cookies = cookies;
    int status = parse_pairs(x->arena, raw_query, strlen(raw_query), &query, &rq->query_count);
    rq->query = query;
    return status;
}

/* What the body will be. 0, or the status of the refusal. */
static int begin_body(Exchange *x) {
    const Server *server = x->web->server;
    int64_t length = strtoll(header(x, "Content-Length"), NULL, 10);
    bool has_body = length > 0 || *header(x, "Transfer-Encoding");
    if (x->rq.method == METHOD_GET)
        return has_body ? 400 : 0;
    if (length > server->body_max)
        return 413;
    if (!has_body)
        return 0;
    x->body = body_new(x->arena, header(x, "Content-Type"), server->upload_folder);
    return x->body ? 0 : 415;
}

static int check_head(Exchange *x, struct MHD_Connection *connection, const char *version) {
    bool is_http11 = !strcmp(version, "HTTP/1.1");
    const char *fault = http_header_fault(x->headers, x->header_count, is_http11);
    Request *rq = &x->rq;
    if (!fault && x->hides)
        fault = "a NUL, a folded line or a bare LF";
    if (fault) {
        log_warning("refused", "number=%s why=%s", rq->number, fault);
        return 400;
    }
    if (!is_http11 && strcmp(version, "HTTP/1.0"))
        return 505;
    if (x->head_bytes > HEAD_MAX)
        return 431;
    rq->is_head = !strcmp(x->method, "HEAD");
    rq->method = !strcmp(x->method, "GET") || rq->is_head ? METHOD_GET : METHOD_POST;
    if (rq->method == METHOD_POST && strcmp(x->method, "POST"))
        return 405;
    if (strlen(x->target) > TARGET_MAX)
        return 414;
    rq->path = parse_path(x->arena, x->target);
    if (!rq->path)
        return 400;
    int status = read_head(x, connection);
    return status ? status : begin_body(x);
}

static void add_header(struct MHD_Response *response, const char *name, const char *value) {
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        log_warning("answer", "header=%s cannot be sent", name);
}

static void add_download(Exchange *x, struct MHD_Response *response) {
    Text plain = text_new(x->arena), full = text_new(x->arena);
    text_add(&plain, "");
    text_add(&full, "");
    for (const char *p = x->rq.download_name; *p; p++) {
        bool is_plain = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                        strchr("-_.", *p);
        text_add_char(&plain, is_plain || *p == ' ' ? *p : '_');
        if (is_plain)
            text_add_char(&full, *p);
        else
            text_print(&full, "%%%02X", (unsigned)(unsigned char)*p);
    }
    add_header(response, "Content-Disposition",
               arena_print(x->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain.p, full.p));
}

static void add_security(struct MHD_Response *response, const Request *rq) {
    add_header(
        response, "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    add_header(response, "X-Content-Type-Options", "nosniff");
    add_header(response, "Referrer-Policy", "same-origin");
    add_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    add_header(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    if (rq->is_https)
        add_header(response, "Strict-Transport-Security", "max-age=63072000");
    add_header(response, "Cache-Control", rq->may_cache ? "public, max-age=31536000, immutable" : "no-store");
}

static enum MHD_Result answer(Exchange *x, struct MHD_Connection *connection, bool must_close) {
    Request *rq = &x->rq;
    struct MHD_Response *response;
    if (rq->body_fd > 0) {
        x->sent = rq->body_size;
        response = MHD_create_response_from_fd64((uint64_t)rq->body_size, rq->body_fd);
    } else {
        x->sent = (int64_t)rq->body.n;
        response = MHD_create_response_from_buffer(rq->body.n, (void *)rq->body.p, MHD_RESPMEM_PERSISTENT);
    }
    if (!response)
        return MHD_NO;
    rq->body_fd = -1; /* libmicrohttpd closes it */
    add_header(response, "Content-Type", rq->content_type);
    if (rq->location)
        add_header(response, "Location", rq->location);
    if (rq->download_name)
        add_download(x, response);
    add_security(response, rq);
    for (size_t i = 0; i < rq->header_count; i++)
        add_header(response, rq->headers[i].name, rq->headers[i].value);
    if (must_close || x->web->draining)
        add_header(response, "Connection", "close");
    watch(x, WATCH_ANSWER, 1000 * (int64_t)x->web->server->body_seconds + x->sent / SLOWEST_BYTES_PER_MS);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned int)rq->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Refused before the handler. Only the refusal that a person can meet is worth a page of the house. */
static void refuse(Exchange *x, int status) {
    x->rq.status = 0;
    if (!x->rq.path)
        x->rq.path = "/";
    if (status == 413)
        reply_error(&x->rq, status, NULL);
    else
        reply_error_plain(&x->rq, status);
    if (status == 405)
        rq_header(&x->rq, "Allow", "GET, HEAD, POST");
}

static enum MHD_Result begin(Exchange *x, struct MHD_Connection *connection, const char *method,
                             const char *version) {
    x->seen = true;
    x->method = arena_copy_n(x->arena, method, strnlen(method, 16));
    x->hides = hides_bytes(x, connection, method, version);
    int status = check_head(x, connection, version);
    if (!status) {
        watch(x, WATCH_BODY, 1000 * (int64_t)x->web->server->body_seconds);
        return MHD_YES;
    }
    /* The rest of this connection cannot be trusted, or is a body that nobody wants. */
    linger_add(&x->web->linger, x->fd, clock_monotonic_ms());
    refuse(x, status);
    return answer(x, connection, true);
}

static void handle(Exchange *x) {
    Request *rq = &x->rq;
    const Server *server = x->web->server;
    int64_t queries = db_steps(), vm = db_vm_steps(), cpu = clock_cpu_us();
    if (!static_serve(rq, header(x, "Accept-Encoding")))
        server->handle(x->web->worker, rq);
    if (!rq->status) {
        log_error("unanswered", "number=%s", rq->number);
        reply_error(rq, 500, NULL);
    }
    if (rq->status == 405) /* the house knows two methods: where one is refused, the other is meant */
        rq_header(rq, "Allow", rq->method == METHOD_POST ? "GET, HEAD" : "POST");
    x->queries = db_steps() - queries;
    x->vm_steps = db_vm_steps() - vm;
    x->cpu_us = clock_cpu_us() - cpu;
}

enum MHD_Result exchange_step(Exchange *x, struct MHD_Connection *connection, const char *method,
                              const char *version, const char *data, size_t *n) {
    if (!x->seen)
        return begin(x, connection, method, version);
    if (*n) {
        x->received += (int64_t)*n;
        if (x->received > 2 * x->web->server->body_max)
            return MHD_NO;
        if (x->body && x->received <= x->web->server->body_max)
            body_add(x->body, data, *n);
        *n = 0;
        return MHD_YES;
    }
    int status = x->body ? body_end(x->body, &x->rq) : 0;
    if (x->received > x->web->server->body_max)
        status = 413;
    if (status)
        refuse(x, status);
    else
        handle(x);
    return answer(x, connection, status != 0);
}

void exchange_end(Exchange *x, bool was_sent) {
    if (!x)
        return;
    int64_t now = clock_monotonic_ms();
    watch_set(x->web->watch, x->fd, WATCH_IDLE, now + 1000 * (int64_t)x->web->server->idle_seconds);
    log_info(
        "request",
        "number=%s method=%s path=%s status=%d ms=%lld bytes=%lld queries=%lld vm=%lld cpu_us=%lld sent=%d",
        x->rq.number, x->method, parse_masked(x->arena, x->target), x->rq.status,
        (long long)(now - x->began_ms), (long long)x->sent, (long long)x->queries, (long long)x->vm_steps,
        (long long)x->cpu_us, was_sent);
    if (x->rq.body_fd > 0)
        close(x->rq.body_fd);
    body_free(x->body);
    arena_free(x->arena);
}
