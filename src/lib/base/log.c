#include "log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

enum { LONGEST = 4096 };

/* Two bytes that no UTF-8 has, around each value while the format is printed. */
#define OPEN      '\xfe'
#define CLOSE     '\xff'
#define CLOSE_SET "\xff"

/* The only globals of the house: tests want silence. */
static bool is_silent;

typedef struct Line {
    char p[LONGEST];
    size_t n;
} Line;

static void add_char(Line *line, char c) {
    if (line->n < sizeof line->p - 1)
        line->p[line->n++] = c;
}

static void add(Line *line, const char *s) {
    for (; *s; s++)
        add_char(line, *s);
}

static void add_plain(Line *line, char c) {
    if (c == '\n')
        add(line, "\\n");
    else
        add_char(line, ((unsigned char)c < 0x20 || c == 0x7f) ? '?' : c);
}

static void add_value(Line *line, const char *s, size_t n) {
    bool is_quoted = n == 0;
    for (size_t i = 0; i < n; i++)
        is_quoted = is_quoted || (unsigned char)s[i] <= ' ' || strchr("\"=\\\x7f", s[i]);
    if (is_quoted)
        add_char(line, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\')
            add_char(line, '\\');
        add_plain(line, s[i]);
    }
    if (is_quoted)
        add_char(line, '"');
}

/* Copies the format with marks around each conversion; how many, in *ret_count. */
static bool mark(const char *format, char marked[LONGEST], size_t *ret_count) {
    size_t n = 0, count = 0;
    for (const char *s = format; *s;) {
        size_t length = 1;
        bool is_value = *s == '%' && s[1] != '%';
        if (*s == '%')
            length = is_value ? strcspn(s, "diouxXeEfgGscp") + 1 : 2;
        if (length > strlen(s) || n + length + 3 > LONGEST)
            return false;
        if (is_value)
            marked[n++] = OPEN;
        memcpy(marked + n, s, length);
        n += length;
        if (is_value)
            marked[n++] = CLOSE;
        count += is_value;
        s += length;
    }
    marked[n] = 0;
    *ret_count = count;
    return true;
}

static void add_message(Line *line, const char *format, va_list args) {
    char marked[LONGEST], printed[LONGEST];
    size_t count = 0, marks = 0;
    va_list again;
    va_copy(again, args);
    bool is_marked = mark(format, marked, &count);
    int n = vsnprintf(printed, sizeof printed, is_marked ? marked : format, args);
    for (const char *s = printed; n > 0 && *s; s++)
        marks += *s == OPEN || *s == CLOSE;
    if (!is_marked || n >= (int)sizeof printed || marks != 2 * count) {
        /* Too long, or a value with such bytes in it: all of it is one value. */
        vsnprintf(printed, sizeof printed, format, again);
        add_value(line, printed, strlen(printed));
    } else {
        for (const char *s = printed; *s;) {
            if (*s == OPEN) {
                const char *end = s + strcspn(s, CLOSE_SET);
                add_value(line, s + 1, (size_t)(end - s - 1));
                s = end + 1;
            } else {
                add_plain(line, *s++);
            }
        }
    }
    va_end(again);
}

static void write_line(const char *level, const char *what, const char *format, va_list args) {
    if (is_silent)
        return;
    Line line = { .n = 0 };
    Instant now = clock_now();
    time_t seconds = (time_t)(now.ms / 1000);
    struct tm utc;
    char stamp[40];
    gmtime_r(&seconds, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    add(&line, stamp);
    snprintf(stamp, sizeof stamp, ".%03dZ %s ", (int)(now.ms % 1000), level);
    add(&line, stamp);
    add(&line, what);
    if (*format)
        add_char(&line, ' ');
    add_message(&line, format, args);
    line.p[line.n++] = '\n'; /* add_char keeps the last byte free */
    /* One write: lines of several processes do not mix. A log that cannot be written has nobody to tell. */
    ssize_t written = write(STDERR_FILENO, line.p, line.n);
    (void)written;
}

void log_info(const char *what, const char *format, ...) {
    va_list args;
    va_start(args, format);
    write_line("info", what, format, args);
    va_end(args);
}

void log_warning(const char *what, const char *format, ...) {
    va_list args;
    va_start(args, format);
    write_line("warning", what, format, args);
    va_end(args);
}

void log_error(const char *what, const char *format, ...) {
    va_list args;
    va_start(args, format);
    write_line("error", what, format, args);
    va_end(args);
}

void log_silence(void) { is_silent = true; }
