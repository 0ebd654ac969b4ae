/* htmlscan.h - follows the HTML of a template, so that htmlgen knows where a hole stands. */
#pragma once
#include "text.h"

enum { LONGEST_NAME = 32 };

typedef enum State {
    IN_TEXT,
    IN_TAG_NAME,
    IN_TAG,
    AFTER_VALUE, /* a blank or the end of the tag must follow */
    IN_ATTRIBUTE,
    BEFORE_VALUE,
    IN_VALUE,
    IN_COMMENT,
} State;

/* Where in the HTML the reading stands. */
typedef struct Context {
    State state;
    char  quote;
    char  tag[LONGEST_NAME];   /* "a", "/a" */
    char  attribute[LONGEST_NAME];
    char  value[LONGEST_NAME]; /* its first bytes */
    char  raw[LONGEST_NAME];   /* the element whose content is text up to its end tag */
    int   verbatim;            /* how many pre, code ... are open */
} Context;

typedef struct Scan {
    Arena      *arena;
    const char *path;
    int         line;
    Context     at;
    bool        is_fresh;     /* nothing stands yet behind the tag that opened */
    bool        is_bare_form; /* inside a form that posts, {{csrf}} not yet met */
} Scan;

/* Ends the program with file:line. */
_Noreturn void scan_fail(const Scan *scan, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Reads literal HTML; what shall be written goes to *out, with French typography and without indentation. */
void scan_literal(Scan *scan, const char *s, size_t n, Text *out);
void scan_lines(Scan *scan, const char *s, size_t n); /* counts the lines of what is not HTML */
/* Whether a word stands in "a\0list\0like this\0". */
bool scan_is_one_of(const char *word, const char *words);
/* An attribute that people read. */
bool scan_is_prose_attribute(const Scan *scan);
/* In text where blanks mean nothing. */
bool scan_is_loose(const Scan *scan);
void scan_hole_in_value(Scan *scan);
