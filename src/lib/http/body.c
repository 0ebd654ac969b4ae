#include "body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "crypt.h"
#include "log.h"
#include "multipart.h"
#include "parse.h"

enum { UPLOADS_MAX = 20, URLENCODED_MAX = 1 << 20, HEAD_BYTES = 16 };

struct Body {
    Arena *arena;
    const char *folder;
    Multipart *parts; /* NULL: urlencoded, gathered in `text` */
    Text text;        /* the whole form, or the field that is being read */
    const char *name; /* of that field; NULL: none */
    FieldValue *fields;
    size_t field_count;
    Upload *uploads;
    size_t upload_count;
    Sha256 *sha; /* of the file that is being read; NULL: none */
    unsigned char head[HEAD_BYTES];
    size_t head_n;
    int fault; /* a status */
};

static void end_field(Body *body) {
    if (!body->name)
        return;
    FieldValue *field = arena_grow(body->arena, (void **)&body->fields, &body->field_count, sizeof *field);
    *field = (FieldValue){ body->name, text_clean(body->arena, body->text.p, body->text.n) };
    body->name = NULL;
}

static void end_file(Body *body) {
    if (!body->sha)
        return;
    Upload *upload = &body->uploads[body->upload_count - 1];
    upload->sha256 = crypt_sha256_end(body->arena, body->sha);
    upload->mime = parse_mime(body->head, body->head_n);
    body->sha = NULL;
    if (lseek(upload->fd, 0, SEEK_SET) != 0)
        body->fault = 500;
}

/* A file without a name: it is gone when its descriptor is closed, whatever happens to us. */
static int nameless_file(Arena *arena, const char *folder) {
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    char *path = arena_print(arena, "%s/upload-XXXXXX", folder);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static const char *clean_name(Body *body, const char *key) {
    return text_clean(body->arena, key ? key : "", key ? strnlen(key, 200) : 0);
}

static void begin_file(Body *body, const char *key, const char *file_name) {
    if (body->upload_count >= UPLOADS_MAX) {
        body->fault = 400;
        return;
    }
    int fd = nameless_file(body->arena, body->folder);
    if (fd < 0) {
        log_error("upload", "error=%s folder=%s", strerror(errno), body->folder);
        body->fault = 503;
        return;
    }
    Upload *upload = arena_grow(body->arena, (void **)&body->uploads, &body->upload_count, sizeof *upload);
    *upload = (Upload){ .field = clean_name(body, key),
                        .file_name = parse_file_name(body->arena, file_name),
                        .mime = "",
                        .fd = fd,
                        .sha256 = "" };
    body->sha = crypt_sha256_new(body->arena);
    body->head_n = 0;
}

static void file_bytes(Body *body, const char *data, size_t n) {
    Upload *upload = &body->uploads[body->upload_count - 1];
    size_t more = n < HEAD_BYTES - body->head_n ? n : HEAD_BYTES - body->head_n;
    if (more)
        memcpy(body->head + body->head_n, data, more);
    body->head_n += more;
    crypt_sha256_add(body->sha, (Bytes){ data, n });
    upload->size += (int64_t)n;
    while (n) {
        ssize_t done = write(upload->fd, data, n);
        if (done < 0 && errno != EINTR) {
            log_error("upload", "error=%s folder=%s", strerror(errno), body->folder);
            body->fault = 503;
            return;
        }
        if (done > 0) {
            data += done;
            n -= (size_t)done;
        }
    }
}

static void begin_field(Body *body, const char *key) {
    if (body->field_count >= FIELDS_MAX) {
        body->fault = 400;
        return;
    }
    body->name = clean_name(body, key);
    body->text = text_new(body->arena);
    text_add(&body->text, "");
}

static bool begin_part(void *to, const char *name, const char *file_name) {
    Body *body = to;
    if (file_name)
        begin_file(body, name, file_name);
    else
        begin_field(body, name);
    return !body->fault;
}

static bool part_bytes(void *to, const char *p, size_t n) {
    Body *body = to;
    if (body->sha)
        file_bytes(body, p, n);
    else if (body->text.n + n > FIELD_BYTES_MAX)
        body->fault = 413;
    else
        text_add_n(&body->text, p, n);
    return !body->fault;
}

static bool end_part(void *to) {
    Body *body = to;
    end_field(body);
    end_file(body);
    return !body->fault;
}

static bool is_type(const char *content_type, const char *wanted) {
    size_t n = strlen(wanted);
    return !strncasecmp(content_type, wanted, n) && (!content_type[n] || strchr("; \t,", content_type[n]));
}

Body *body_new(Arena *arena, const char *content_type, const char *folder) {
    bool is_plain = is_type(content_type, "application/x-www-form-urlencoded");
    bool is_parts = is_type(content_type, "multipart/form-data");
    if (!is_plain && !is_parts)
        return NULL;
    Body *body = arena_zero(arena, 1, sizeof *body);
    body->arena = arena;
    body->folder = folder && *folder ? folder : "/tmp";
    body->text = text_new(arena);
    text_add(&body->text, "");
    if (is_parts) {
        body->parts = multipart_new(
            arena, content_type,
            (PartReader){ .to = body, .begin = begin_part, .bytes = part_bytes, .end = end_part });
        if (!body->parts)
            return NULL;
    }
    return body;
}

void body_add(Body *body, const char *data, size_t n) {
    if (body->fault)
        return;
    if (!body->parts) {
        if (body->text.n + n > URLENCODED_MAX)
            body->fault = 413;
        else
            text_add_n(&body->text, data, n);
    } else if (!multipart_add(body->parts, data, n) && !body->fault) {
        body->fault = 400;
    }
}

int body_end(Body *body, Request *rq) {
    if (body->parts) {
        if (!multipart_is_complete(body->parts) && !body->fault)
            body->fault = 400; /* it was cut */
    } else if (!body->fault) {
        body->fault = parse_pairs(body->arena, body->text.p, body->text.n, &body->fields, &body->field_count);
    }
    rq->fields = body->fields;
    rq->field_count = body->field_count;
    rq->uploads = body->uploads;
    rq->upload_count = body->upload_count;
    return body->fault;
}

void body_free(Body *body) {
    if (!body)
        return;
    for (size_t i = 0; i < body->upload_count; i++)
        if (body->uploads[i].fd >= 0)
            close(body->uploads[i].fd);
    body->upload_count = 0;
}
