#include "multipart.h"

#include <string.h>
#include <strings.h>

#include "text.h"

enum { BOUNDARY_MAX = 70, HEAD_MAX = 8192 };

typedef enum MultipartState {
    IN_BYTES,   /* of a part, or before the first */
    AT_LINE,    /* behind a boundary, on its line */
    IN_HEAD,    /* of a part */
    IN_EPILOGUE /* behind the last boundary: nobody reads it */
} MultipartState;

struct Multipart {
    Arena *arena;
    PartReader reader;
    MultipartState state;
    char delimiter[BOUNDARY_MAX + 5]; /* CR LF - - boundary; CR stands nowhere else in it */
    size_t length, matched;           /* so a failed match can only begin again at the byte that failed */
    bool in_part;
    char line[3]; /* what stands behind a boundary, blanks left out */
    size_t line_n;
    char head[HEAD_MAX];
    size_t head_n;
};

/* The value of `;name=...` in a header, quoted or not; NULL when absent. \" is a quote inside; any other
 * backslash is one of a Windows path. */
static char *parameter(Arena *arena, const char *header, const char *name) {
    size_t n = strlen(name);
    for (const char *s = strchr(header, ';'); s; s = strchr(s, ';')) {
        s += 1 + strspn(s + 1, " \t");
        bool is_it = !strncasecmp(s, name, n) && s[n] == '=';
        const char *value = s + strcspn(s, "=;");
        value += *value == '=';
        Text out = text_new(arena);
        text_add(&out, "");
        if (*value == '"') {
            for (value++; *value && *value != '"'; value++) {
                value += value[0] == '\\' && value[1] == '"';
                text_add_char(&out, *value);
            }
            s = value + (*value == '"');
        } else {
            text_add_n(&out, value, strcspn(value, "; \t"));
        }
        if (is_it)
            return out.p;
    }
    return NULL;
}

Multipart *multipart_new(Arena *arena, const char *content_type, PartReader reader) {
    const char *boundary = parameter(arena, content_type, "boundary");
    if (!boundary || !*boundary || strlen(boundary) > BOUNDARY_MAX || strpbrk(boundary, "\r\n"))
        return NULL;
    Multipart *m = arena_zero(arena, 1, sizeof *m);
    m->arena = arena;
    m->reader = reader;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary, strlen(boundary));
    m->length = strlen(boundary) + 4;
    m->matched = 2; /* the body may begin with a boundary: as if a line had ended before it */
    return m;
}

static bool give(Multipart *m, const char *p, size_t n) {
    return !m->in_part || n == 0 || m->reader.bytes(m->reader.to, p, n);
}

/* Returns how many bytes were taken; *ret_good is false when the reader has had enough. */
static size_t take_bytes(Multipart *m, const char *p, size_t n, bool *ret_good) {
    if (m->matched == 0) {
        const char *cr = memchr(p, '\r', n);
        size_t run = cr ? (size_t)(cr - p) : n;
        *ret_good = give(m, p, run);
        m->matched = cr != NULL;
        return run + (cr != NULL);
    }
    if (*p != m->delimiter[m->matched]) {
        *ret_good = give(m, m->delimiter, m->matched);
        m->matched = 0;
        return 0;
    }
    if (++m->matched == m->length) {
        *ret_good = !m->in_part || m->reader.end(m->reader.to);
        m->in_part = false;
        m->state = AT_LINE;
        m->line_n = 0;
    }
    return 1;
}

/* Behind a boundary: CR LF, or -- at the very end. */
static bool take_line(Multipart *m, char c) {
    if ((c == ' ' || c == '\t') && (m->line_n == 0 || m->line[0] != '\r'))
        return true;
    m->line[m->line_n++] = c;
    if (m->line_n < 2)
        return c == '\r' || c == '-';
    m->state = c == '-' ? IN_EPILOGUE : IN_HEAD;
    m->head_n = 0;
    return !memcmp(m->line, "\r\n", 2) || !memcmp(m->line, "--", 2);
}

static bool begin_part(Multipart *m) {
    const char *name = NULL, *file_name = NULL;
    for (char *line = m->head; *line;) {
        size_t n = strcspn(line, "\r\n");
        char *one = arena_copy_n(m->arena, line, n);
        if (!strncasecmp(one, "Content-Disposition:", 20)) {
            name = parameter(m->arena, one, "name");
            file_name = parameter(m->arena, one, "filename");
        }
        line += n + strspn(line + n, "\r\n");
    }
    m->in_part = true;
    m->state = IN_BYTES;
    m->matched = 0;
    return name && m->reader.begin(m->reader.to, name, file_name);
}

static bool take_head(Multipart *m, char c) {
    if (!c || m->head_n + 1 >= sizeof m->head)
        return false;
    m->head[m->head_n++] = c;
    m->head[m->head_n] = 0;
    bool is_over = m->head_n >= 4 && !memcmp(m->head + m->head_n - 4, "\r\n\r\n", 4);
    return !is_over || begin_part(m);
}

bool multipart_add(Multipart *m, const char *p, size_t n) {
    bool good = true;
    for (size_t at = 0; good && at < n && m->state != IN_EPILOGUE;) {
        if (m->state == IN_BYTES)
            at += take_bytes(m, p + at, n - at, &good);
        else if (m->state == AT_LINE)
            good = take_line(m, p[at++]);
        else
            good = take_head(m, p[at++]);
    }
    return good;
}

bool multipart_is_complete(const Multipart *m) { return m->state == IN_EPILOGUE; }
