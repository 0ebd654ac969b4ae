#include "parse.h"

#include <arpa/inet.h>
#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* What is no percent-escape stays as it was typed; *ret_bad says that there was one. */
static size_t decode(char *to, const char *s, size_t n, bool plus_is_blank, bool *ret_bad) {
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        int high = s[i] == '%' && i + 2 < n ? hex_digit(s[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(s[i + 2]) : -1;
        if (low >= 0) {
            to[used++] = (char)(high * 16 + low);
            i += 2;
        } else {
            if (s[i] == '%')
                *ret_bad = true;
            to[used++] = s[i] == '+' && plus_is_blank ? ' ' : s[i];
        }
    }
    return used;
}

static const char *decoded(Arena *arena, const char *s, size_t n) {
    bool bad = false;
    char *raw = arena_zero(arena, n + 1, 1);
    size_t used = decode(raw, s, n, true, &bad);
    return text_clean(arena, raw, used);
}

static void add_pair(FieldValue **ret, size_t *ret_count, Arena *arena, const char *name, const char *value) {
    FieldValue *pair = arena_grow(arena, (void **)ret, ret_count, sizeof **ret);
    *pair = (FieldValue){ name, value };
}

int parse_pairs(Arena *arena, const char *s, size_t n, FieldValue **ret, size_t *ret_count) {
    for (const char *end = s + n; s < end;) {
        const char *stop = memchr(s, '&', (size_t)(end - s));
        if (!stop)
            stop = end;
        const char *equals = memchr(s, '=', (size_t)(stop - s));
        const char *value = equals ? equals + 1 : stop;
        if (stop > s) {
            if (*ret_count >= FIELDS_MAX)
                return 400;
            if ((size_t)(stop - value) > 3 * (size_t)FIELD_BYTES_MAX)
                return 413;
            const char *text = decoded(arena, value, (size_t)(stop - value));
            if (strlen(text) > FIELD_BYTES_MAX)
                return 413;
            add_pair(ret, ret_count, arena, decoded(arena, s, (size_t)((equals ? equals : stop) - s)), text);
        }
        s = stop + 1;
    }
    return 0;
}

const char *parse_path(Arena *arena, const char *target) {
    size_t n = strcspn(target, "?#");
    bool bad = *target != '/' || target[n] == '#';
    char *path = arena_zero(arena, n + 1, 1);
    size_t used = decode(path, target, n, false, &bad);
    for (size_t i = 0; i < used; i++)
        bad = bad || (unsigned char)path[i] < 32 || path[i] == 127;
    return bad || !text_is_utf8(path, used) ? NULL : path;
}

const char *parse_query_part(const char *target) {
    const char *mark = strchr(target, '?');
    return mark ? mark + 1 : "";
}

void parse_cookies(Arena *arena, const char *header, FieldValue **ret, size_t *ret_count) {
    for (const char *s = header; *s;) {
        size_t n = strcspn(s, ";");
        const char *equals = memchr(s, '=', n);
        if (equals && *ret_count < FIELDS_MAX) {
            size_t length = n - (size_t)(equals + 1 - s);
            char *name = text_trim(arena, arena_copy_n(arena, s, (size_t)(equals - s)));
            char *value = text_trim(arena, text_clean(arena, equals + 1, length));
            size_t last = strlen(value);
            if (last >= 2 && value[0] == '"' && value[last - 1] == '"')
                value = arena_copy_n(arena, value + 1, last - 2);
            if (*name)
                add_pair(ret, ret_count, arena, name, value);
        }
        s += n + (s[n] == ';');
    }
}

char *parse_masked(Arena *arena, const char *target) {
    enum { LONGEST_SEGMENT = 30, LONGEST_PATH = 400 };
    Text out = text_new(arena);
    text_add(&out, "");
    for (const char *s = target; *s && *s != '?' && *s != '#' && out.n < LONGEST_PATH;) {
        size_t n = strcspn(s + 1, "/?#") + 1;
        if (n > LONGEST_SEGMENT + 1) {
            text_add(&out, *s == '/' ? "/***" : "***");
        } else {
            for (size_t i = 0; i < n; i++)
                text_add_char(&out, s[i] > 32 && s[i] < 127 && s[i] != '"' && s[i] != '\\' ? s[i] : '?');
        }
        s += n;
    }
    return out.p;
}

/* Both families as 16 bytes: 127.0.0.1 is ::ffff:127.0.0.1. */
static bool address_bytes(const char *s, size_t n, unsigned char ret[16]) {
    char text[INET6_ADDRSTRLEN];
    struct in_addr v4;
    while (n && (*s == ' ' || *s == '\t'))
        s++, n--;
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    if (!n || n >= sizeof text)
        return false;
    memcpy(text, s, n);
    text[n] = 0;
    if (inet_pton(AF_INET6, text, ret) == 1)
        return true;
    if (inet_pton(AF_INET, text, &v4) != 1)
        return false;
    memcpy(ret, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
    memcpy(ret + 12, &v4, 4);
    return true;
}

static bool is_trusted(const unsigned char address[16], const char *trusted) {
    for (const char *s = trusted ? trusted : ""; *s;) {
        size_t n = strcspn(s, ",");
        unsigned char one[16];
        if (address_bytes(s, n, one) && !memcmp(one, address, 16))
            return true;
        s += n + (s[n] == ',');
    }
    return false;
}

bool parse_is_trusted(const char *address, const char *trusted) {
    unsigned char bytes[16];
    return address_bytes(address, strlen(address), bytes) && is_trusted(bytes, trusted);
}

const char *parse_client(Arena *arena, const char *peer, const char *forwarded, const char *trusted) {
    const char *client = peer;
    if (!parse_is_trusted(peer, trusted))
        return client;
    for (size_t end = strlen(forwarded); end > 0;) {
        size_t start = end;
        while (start > 0 && forwarded[start - 1] != ',')
            start--;
        unsigned char bytes[16];
        if (!address_bytes(forwarded + start, end - start, bytes))
            break; /* what a stranger wrote into the list is not believed */
        client = text_trim(arena, arena_copy_n(arena, forwarded + start, end - start));
        if (!is_trusted(bytes, trusted))
            break;
        end = start ? start - 1 : 0;
    }
    return client;
}

char *parse_file_name(Arena *arena, const char *sent) {
    enum { LONGEST = 150 };
    for (const char *p = sent; *p; p++)
        if (*p == '/' || *p == '\\')
            sent = p + 1;
    char *name = text_squeeze(arena, text_clean(arena, sent, strlen(sent)));
    if (strlen(name) > LONGEST) { /* the end is kept: it says what kind of file it is */
        name += strlen(name) - LONGEST;
        while (((unsigned char)*name & 0xC0) == 0x80)
            name++;
    }
    for (char *p = name; *p; p++)
        if (strchr("\"<>|*?:", *p))
            *p = '-';
    while (*name == '.')
        name++;
    return *name ? name : arena_copy(arena, "fichier");
}

const char *parse_mime(const void *head, size_t n) {
    static const char *const heic[] = { "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1" };
    const char *p = head;
    if (n >= 5 && !memcmp(p, "%PDF-", 5))
        return "application/pdf";
    if (n >= 3 && !memcmp(p, "\xFF\xD8\xFF", 3))
        return "image/jpeg";
    if (n >= 8 && !memcmp(p, "\x89PNG\r\n\x1A\n", 8))
        return "image/png";
    if (n >= 12 && !memcmp(p + 4, "ftyp", 4))
        for (size_t i = 0; i < sizeof heic / sizeof *heic; i++)
            if (!memcmp(p + 8, heic[i], 4))
                return "image/heic";
    return "";
}
