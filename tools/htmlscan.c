#include "htmlscan.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void scan_fail(const Scan *scan, const char *format, ...) {
    fprintf(stderr, "%s:%d: error: ", scan->path, scan->line);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

bool scan_is_one_of(const char *word, const char *words) {
    for (const char *s = words; *s; s += strlen(s) + 1)
        if (!strcmp(word, s))
            return true;
    return false;
}

static void keep(char *name, char c) {
    size_t n = strlen(name);
    if (n + 1 < LONGEST_NAME) {
        name[n] = (char)tolower((unsigned char)c);
        name[n + 1] = 0;
    }
}

/* Text between tags */

static void add_collapsed(Text *out, const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && strchr(" \t\r\n", s[j]))
            j++;
        bool is_broken = memchr(s + i, '\n', j - i) != NULL;
        if (is_broken)
            text_add_char(out, '\n');
        else
            text_add_n(out, s + i, j - i);
        for (i = j; i < n && !strchr(" \t\r\n", s[i]); i++)
            text_add_char(out, s[i]);
    }
}

/* The first character stands for what was written before: a sign at the start finds a word there,
 * or the start of a line. */
static void add_prose(Scan *scan, Text *out, const char *s, size_t n) {
    Text prose = text_new(scan->arena);
    text_add(&prose, scan->is_fresh ? "\n" : "x");
    text_add_n(&prose, s, n);
    const char *better = text_typographic(scan->arena, prose.p);
    text_add(out, better + 1);
}

bool scan_is_prose_attribute(const Scan *scan) {
    return scan_is_one_of(scan->at.attribute, "title\0placeholder\0alt\0aria-label\0label\0data-confirm\0");
}

static void add_text(Scan *scan, Text *out, const char *s, size_t n) {
    if (scan->at.verbatim || scan_is_one_of(scan->at.raw, "script\0style\0textarea\0")) {
        text_add_n(out, s, n);
        return;
    }
    Text plain = text_new(scan->arena);
    add_collapsed(&plain, s, n);
    if (plain.n)
        add_prose(scan, out, plain.p, plain.n);
}

/* Reading HTML, a byte or a run of text at a time */

static void end_tag(Scan *scan) {
    bool is_end = scan->at.tag[0] == '/';
    scan->is_fresh = !is_end;
    const char *name = scan->at.tag + is_end;
    scan->at.state = IN_TEXT;
    scan->at.raw[0] = 0;
    if (!is_end && scan_is_one_of(name, "script\0style\0textarea\0title\0"))
        snprintf(scan->at.raw, sizeof scan->at.raw, "%s", name);
    if (scan_is_one_of(name, "pre\0code\0kbd\0samp\0"))
        scan->at.verbatim += is_end ? -1 : 1;
    if (scan->at.verbatim < 0)
        scan_fail(scan, "</%s> closes nothing", name);
    if (is_end && !strcmp(name, "form") && scan->is_bare_form)
        scan_fail(scan, "a form that posts needs {{csrf}}");
}

static void end_attribute(Scan *scan) {
    if (!strcmp(scan->at.tag, "form") && !strcmp(scan->at.attribute, "method"))
        scan->is_bare_form = !strcmp(scan->at.value, "post");
    scan->at.state = AFTER_VALUE;
}

static void step_in_tag(Scan *scan, char c) {
    if (c == '>')
        end_tag(scan);
    else if (strchr(" \t\r\n/", c))
        scan->at.state = IN_TAG;
    else if (scan->at.state == AFTER_VALUE)
        scan_fail(scan, "a blank is missing before '%c' in <%s>", c, scan->at.tag);
    else if (c == '=')
        scan->at.state = BEFORE_VALUE;
    else {
        if (scan->at.state == IN_TAG)
            scan->at.attribute[0] = scan->at.value[0] = 0;
        scan->at.state = IN_ATTRIBUTE;
        keep(scan->at.attribute, c);
    }
}

static void step(Scan *scan, char c) {
    switch (scan->at.state) {
    case IN_TAG_NAME:
        if (c == '>' || isspace((unsigned char)c) || (c == '/' && scan->at.tag[0])) {
            scan->at.state = IN_TAG;
            step_in_tag(scan, c);
        } else {
            keep(scan->at.tag, c);
        }
        break;
    case BEFORE_VALUE:
        if (c != '"' && c != '\'')
            scan_fail(scan, "quote the value of %s", scan->at.attribute);
        scan->at.quote = c;
        scan->at.state = IN_VALUE;
        scan->is_fresh = true;
        break;
    case IN_TAG:
    case AFTER_VALUE:
    case IN_ATTRIBUTE: step_in_tag(scan, c); break;
    default: break;
    }
}

/* How far the text goes: to the next tag, or to the end tag of a raw element. */
static size_t text_run(Scan *scan, const char *s, size_t n) {
    char end[LONGEST_NAME + 3];
    snprintf(end, sizeof end, "</%s", scan->at.raw);
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '<')
            continue;
        if (scan->at.raw[0] ? n - i >= strlen(end) && !strncasecmp(s + i, end, strlen(end))
                            : i + 1 == n || isalpha((unsigned char)s[i + 1]) || strchr("/!", s[i + 1]))
            return i;
    }
    return n;
}

static size_t read_text(Scan *scan, Text *out, const char *s, size_t n) {
    size_t run = text_run(scan, s, n);
    add_text(scan, out, s, run);
    if (run == n)
        return n;
    if (n - run >= 4 && !memcmp(s + run, "<!--", 4)) {
        scan->at.state = IN_COMMENT;
        return run;
    }
    text_add_char(out, '<');
    scan->at.tag[0] = 0;
    scan->at.state = IN_TAG_NAME;
    return run + 1;
}

/* Remarks of HTML do not reach the page. */
static size_t read_comment(Scan *scan, const char *s, size_t n) {
    const char *end = memmem(s, n, "-->", 3);
    if (!end)
        scan_fail(scan, "a comment with a hole or without end; use {{! ...}}");
    scan->at.state = IN_TEXT;
    return (size_t)(end - s) + 3;
}

static size_t read_value(Scan *scan, Text *out, const char *s, size_t n) {
    const char *end = memchr(s, scan->at.quote, n);
    size_t run = end ? (size_t)(end - s) : n;
    for (size_t i = 0; i < run; i++)
        keep(scan->at.value, s[i]);
    if (scan_is_prose_attribute(scan) && run)
        add_prose(scan, out, s, run);
    else
        text_add_n(out, s, run);
    if (!end)
        return n;
    text_add_char(out, scan->at.quote);
    end_attribute(scan);
    return run + 1;
}

void scan_lines(Scan *scan, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        scan->line += s[i] == '\n';
}

/* The blank before an attribute is written with the attribute: a block that leaves it out
 * leaves out the blank. */
static size_t read_in_tag(Scan *scan, Text *out, char c) {
    if (!strchr(" \t\r\n", c)) {
        if (scan->at.state == IN_TAG && c != '>' && c != '/')
            text_add_char(out, ' ');
        text_add_char(out, c);
    }
    step(scan, c);
    return 1;
}

void scan_literal(Scan *scan, const char *s, size_t n, Text *out) {
    scan->is_fresh = false; /* behind a hole */
    for (size_t i = 0, read; i < n; i += read) {
        if (scan->at.state == IN_TEXT)
            read = read_text(scan, out, s + i, n - i);
        else if (scan->at.state == IN_COMMENT)
            read = read_comment(scan, s + i, n - i);
        else if (scan->at.state == IN_VALUE)
            read = read_value(scan, out, s + i, n - i);
        else
            read = read_in_tag(scan, out, s[i]);
        scan_lines(scan, s + i, read);
    }
}

bool scan_is_loose(const Scan *scan) {
    return scan->at.state == IN_TEXT && !scan->at.verbatim && !scan->at.raw[0];
}

void scan_hole_in_value(Scan *scan) { keep(scan->at.value, '?'); }
