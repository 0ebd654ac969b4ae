/* A mail as bytes: RFC 5322, MIME (2045-2047), RFC 2231 for the names of files. Everything is 7 bits,
 * so that any server takes it; the same message always gives the same bytes. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "crypt.h"
#include "date.h"
#include "mail.h"
#include "text.h"

enum { LINE = 76, ENCODED_WORD = 75 };

/* One line of text: what would end a header becomes a space. */
static char *one_line(Arena *arena, const char *s) {
    char *line = text_clean(arena, s ? s : "", s ? strlen(s) : 0);
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = ' ';
    return text_trim(arena, line);
}

/* An address or a Message-ID: only visible ASCII that can neither end it nor start another. */
static char *only_safe(Arena *arena, const char *s, const char *forbidden) {
    Text safe = text_new(arena);
    text_add(&safe, "");
    for (; s && *s; s++)
        if (*s > ' ' && *s < 0x7f && !strchr(forbidden, *s))
            text_add_char(&safe, *s);
    return safe.p;
}

static char *address(Arena *arena, const char *s) { return only_safe(arena, s, "<>()[]\\,;:\""); }

static bool is_plain(const char *s) {
    for (const char *at = s; *at; at++)
        if ((unsigned char)*at < ' ' || (unsigned char)*at > '~')
            return false;
    return !strstr(s, "=?");
}

/* What may stand as it is in an encoded word, also inside a name (RFC 2047, 5 (3)). */
static bool is_word_letter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("!*+-/", c));
}

static size_t char_bytes(const char *s) {
    size_t n = 1;
    while (((unsigned char)s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Encoded words, folded; a character is never cut in two. `column` is where the header stands. */
static void add_encoded(Text *out, const char *s, size_t column) {
    static const char START[] = "=?UTF-8?Q?";
    size_t used = 0, room = 0;
    for (; *s; s += char_bytes(s)) {
        char piece[16] = "";
        size_t n = char_bytes(s), at = 0;
        for (size_t i = 0; i < n && i < 4; i++) {
            if (s[i] == ' ')
                piece[at++] = '_';
            else if (is_word_letter(s[i]))
                piece[at++] = s[i];
            else
                at += (size_t)snprintf(piece + at, sizeof piece - at, "=%02X", (unsigned)(unsigned char)s[i]);
        }
        if (!used || used + at + 2 > room) { /* 2: the closing "?=" */
            text_add(out, used ? "?=\r\n " : "");
            text_add(out, START);
            room = used ? ENCODED_WORD : ENCODED_WORD - column;
            used = sizeof START - 1;
        }
        text_add_n(out, piece, at);
        used += at;
    }
    text_add(out, used ? "?=" : "");
}

static void add_unstructured(Text *out, const char *name, const char *value) {
    const char *line = one_line(out->arena, value);
    size_t column = strlen(name) + 2;
    text_print(out, "%s: ", name);
    if (is_plain(line) && column + strlen(line) <= LINE)
        text_add(out, line);
    else
        add_encoded(out, line, column);
    text_add(out, "\r\n");
}

/* A name with signs of addresses is encoded even where quotes would do: careless readers exist. */
static void add_mailbox(Text *out, const char *header, const char *typed_name, const char *typed_address) {
    const char *name = one_line(out->arena, typed_name), *at = address(out->arena, typed_address);
    size_t column = strlen(header) + 2;
    text_print(out, "%s: ", header);
    if (*name) {
        if (is_plain(name) && !strpbrk(name, "\"\\<>()[],;:@") && column + strlen(name) + 2 <= LINE)
            text_print(out, "\"%s\"", name);
        else
            add_encoded(out, name, column);
        text_add(out, "\r\n ");
    }
    text_print(out, "<%s>\r\n", at);
}

/* Quoted-printable. A dot at the start of a line is written as a number: no server takes it for the end. */
static void add_quoted(Text *out, const char *s) {
    size_t column = 0;
    for (; *s; s++) {
        if (*s == '\n' || (*s == '\r' && s[1] == '\n')) {
            s += *s == '\r';
            text_add(out, "\r\n");
            column = 0;
            continue;
        }
        bool ends_line = !s[1] || s[1] == '\n' || s[1] == '\r';
        bool is_blank = *s == ' ' || *s == '\t';
        bool as_is = is_blank ? !ends_line : *s > ' ' && *s < 0x7f && *s != '=' && !(*s == '.' && !column);
        if (column + (as_is ? 1 : 3) > LINE - 1) {
            text_add(out, "=\r\n");
            column = 0;
            as_is = as_is && *s != '.';
        }
        if (as_is)
            text_add_char(out, *s);
        else
            text_print(out, "=%02X", (unsigned)(unsigned char)*s);
        column += as_is ? 1 : 3;
    }
}

static void add_base64(Text *out, Bytes bytes) {
    enum { PER_LINE = LINE / 4 * 3 };
    const unsigned char *p = bytes.p;
    for (size_t at = 0; at < bytes.n; at += PER_LINE) {
        char line[LINE + 1];
        size_t n = bytes.n - at < PER_LINE ? bytes.n - at : PER_LINE;
        text_add(out, sodium_bin2base64(line, sizeof line, p + at, n, sodium_base64_VARIANT_ORIGINAL));
        text_add(out, "\r\n");
    }
}

static void add_words(Text *out, const char *type, const char *words) {
    text_print(out,
               "Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
               type);
    add_quoted(out, words);
    text_add(out, "\r\n"); /* in a multipart this belongs to the boundary, not to the words */
}

/* Folders and signs that could end the header fall out of the names of files. */
static char *file_name(Arena *arena, const char *typed) {
    char *name = one_line(arena, typed);
    for (char *at = name; *at; at++)
        if (strchr("\"\\/", *at))
            *at = '_';
    return *name ? name : arena_copy(arena, "fichier");
}

/* RFC 2231, in pieces that fit on a line: filename*0*=UTF-8''Facture%20..; filename*1*=.. */
static void add_long_name(Text *out, const char *name) {
    size_t part = 0, column = LINE;
    for (; *name; name++) {
        if (column > LINE - 8) {
            char start[40];
            column = (size_t)snprintf(start, sizeof start, " filename*%zu*=%s", part, part ? "" : "UTF-8''");
            text_print(out, "%s\r\n%s", ";", start);
            part++;
        }
        bool as_is = is_word_letter(*name) && !strchr("*/", *name);
        if (as_is || strchr("._", *name))
            text_add_char(out, *name);
        else
            text_print(out, "%%%02X", (unsigned)(unsigned char)*name);
        column += as_is || strchr("._", *name) ? 1 : 3;
    }
}

static void add_file(Text *out, const MailFile *file) {
    const char *name = file_name(out->arena, file->name), *mime = one_line(out->arena, file->mime);
    if (!strchr(mime, '/') || !is_plain(mime) || strlen(mime) > 60)
        mime = "application/octet-stream";
    text_print(out,
               "Content-Type: %s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment",
               mime);
    if (is_plain(name) && strlen(name) <= 60)
        text_print(out, ";\r\n filename=\"%s\"", name);
    else
        add_long_name(out, name);
    text_add(out, "\r\n\r\n");
    add_base64(out, file->body);
}

/* "=_" can stand neither in quoted-printable nor in base64: a boundary is never met inside a part. */
static void add_multipart(Text *out, const char *kind, const char *boundary) {
    text_print(out, "Content-Type: multipart/%s;\r\n boundary=\"%s\"\r\n\r\n", kind, boundary);
}

static void add_body(Text *out, const MailMessage *message, const char *boundary) {
    if (!message->html || !*message->html) {
        add_words(out, "plain", message->text);
        return;
    }
    add_multipart(out, "alternative", boundary);
    text_print(out, "--%s\r\n", boundary);
    add_words(out, "plain", message->text);
    text_print(out, "--%s\r\n", boundary);
    add_words(out, "html", message->html);
    text_print(out, "--%s--\r\n", boundary);
}

static void add_headers(Text *out, const MailMessage *message, const char *id) {
    text_print(out, "Date: %s\r\n", instant_mail(out->arena, message->sent_at));
    add_mailbox(out, "From", message->from_name, message->from_address);
    add_mailbox(out, "To", message->to_name, message->to_address);
    if (message->reply_to && *message->reply_to)
        add_mailbox(out, "Reply-To", "", message->reply_to);
    add_unstructured(out, "Subject", message->subject);
    text_print(out, "Message-ID: <%s>\r\n", id);
    /* Keeps holiday answers away (RFC 3834). */
    text_add(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
}

Bytes mail_bytes(Arena *arena, const MailMessage *message) {
    const char *id = only_safe(arena, message->message_id, "<>()\\,;:\"");
    char *seed = crypt_sha256(arena, (Bytes){ id, strlen(id) });
    seed[24] = '\0';
    const char *outer = arena_print(arena, "=_%s_m", seed), *inner = arena_print(arena, "=_%s_a", seed);
    Text out = text_new(arena);
    add_headers(&out, message, id);
    if (message->file_count) {
        add_multipart(&out, "mixed", outer);
        text_print(&out, "--%s\r\n", outer);
    }
    add_body(&out, message, inner);
    for (size_t i = 0; i < message->file_count; i++) {
        text_print(&out, "--%s\r\n", outer);
        add_file(&out, &message->files[i]);
    }
    if (message->file_count)
        text_print(&out, "--%s--\r\n", outer);
    return text_bytes(&out);
}
