#include <string.h>
#include <strings.h>

#include "server.h"

static bool is_token(const char *name) {
    if (!*name)
        return false;
    for (const char *p = name; *p; p++) {
        bool is_alnum = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (!is_alnum && !strchr("!#$%&'*+-.^_`|~", *p))
            return false;
    }
    return true;
}

static bool has_controls(const char *value) {
    for (const char *p = value; *p; p++)
        if (((unsigned char)*p < 32 && *p != '\t') || *p == 127)
            return true;
    return false;
}

/* Eighteen digits: more would not fit into 64 bits, and nobody sends an exabyte. */
static bool is_length(const char *value) {
    size_t n = strspn(value, "0123456789");
    return n > 0 && n <= 18 && !value[n];
}

static bool is_host(const char *value) {
    for (const char *p = value; *p; p++) {
        bool is_alnum = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (!is_alnum && !strchr("-._:[]", *p))
            return false;
    }
    return *value != 0;
}

const char *http_header_fault(const FieldValue *headers, size_t count, bool is_http11) {
    int lengths = 0, encodings = 0, hosts = 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = headers[i].name, *value = headers[i].value;
        if (!is_token(name))
            return "a header name holds a blank or another forbidden character";
        if (has_controls(value))
            return "a header value holds a control character";
        if (!strcasecmp(name, "Content-Length")) {
            lengths++;
            if (!is_length(value))
                return "Content-Length is not a number";
        } else if (!strcasecmp(name, "Transfer-Encoding")) {
            encodings++;
            if (strcasecmp(value, "chunked"))
                return "unknown Transfer-Encoding";
        } else if (!strcasecmp(name, "Host")) {
            hosts++;
            if (!is_host(value))
                return "Host is not a host";
        }
    }
    if (lengths > 1)
        return "more than one Content-Length";
    if (encodings > 1)
        return "more than one Transfer-Encoding";
    if (lengths && encodings)
        return "Content-Length with Transfer-Encoding";
    if (encodings && !is_http11)
        return "Transfer-Encoding in HTTP/1.0";
    if (hosts > 1)
        return "more than one Host";
    if (is_http11 && !hosts)
        return "no Host";
    return NULL;
}
