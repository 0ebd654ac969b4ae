/* mail.h - a mail as bytes (MIME), and its two ways out: SMTP by libcurl, or a folder of .eml files. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct MailFile {
    const char *name, *mime;
    Bytes body;
} MailFile;

typedef struct MailMessage {
    const char *from_name, *from_address, *to_name, *to_address, *reply_to, *subject;
    const char *message_id;  /* stable across tries, with <> */
    const char *text, *html; /* html may be "" */
    Instant sent_at;
    const MailFile *files;
    size_t file_count;
} MailMessage;

/* RFC 5322 + MIME: encoded words, quoted-printable, multipart/alternative inside mixed, CRLF. No header can
 * be injected: names, subject and addresses are cleaned. */
Bytes mail_bytes(Arena *arena, const MailMessage *message);

typedef enum MailFate {
    MAIL_SENT,    /* the server (or folder) has it */
    MAIL_LATER,   /* 4xx, no connection: try again */
    MAIL_REFUSED, /* 5xx: will never go */
    MAIL_UNKNOWN  /* all was sent, no final answer came: nobody knows */
} MailFate;

typedef struct MailRoute {
    const char *folder;   /* not "": write <stable name>.eml there, by rename, exactly once */
    const char *smtp_url; /* smtp://host:587 or smtps://host:465 */
    const char *user, *password, *ca_file; /* "" : none / system's */
    bool needs_tls; /* STARTTLS or smtps, refused otherwise; false only for tests on loopback */
    const char *host_name;
    int timeout_seconds;
} MailRoute;

MailFate mail_send(Arena *arena, const MailRoute *route, const char *from_address, const char *to_address,
                   const char *message_id, Bytes bytes, const char **ret_detail);
