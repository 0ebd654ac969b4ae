/* message_store.h - the outbox. Owns mail, mail_file. A mail is written (rendered and kept) in one
 * transaction and sent later by a job worker; "sending" is committed before the talk with the server. */
#pragma once
#include "db.h"
#include "ids.h"

/* A mail as it will be read: message_queue() of message_work.h renders it. */
typedef struct WrittenMail {
    const char *kind, *to_address, *to_name, *to_role, *subject, *text_body, *html_body, *message_ref, *key;
    AccountId   account_id;
    SessionId   session_id;
    DossierId   dossier_id;
    const DocumentId *documents;
    size_t      document_count;
    Instant     now;
} WrittenMail;

MailId message_keep(Tx *tx, const WrittenMail *mail);       /* the same key again returns the first */
bool   message_has(Tx *tx, const char *key, MailId *ret);

typedef struct Mail {
    MailId      id;
    const char *kind, *to_address, *to_name, *to_role, *subject, *text_body, *html_body, *message_ref,
        *status, *detail; /* status: queued, sending, sent, refused, unknown */
    SessionId   session_id;
    DossierId   dossier_id;
    int64_t     attempt_count;
    Instant     created_at, sent_at;
} Mail;
/* In lists html_body is "": message_get() has it. */
typedef struct Mails { Mail *at; size_t count; } Mails;
Mails message_of_dossier(Tx *tx, DossierId dossier_id);
Mails message_recent(Tx *tx, const char *to_address, int64_t most); /* "" : everybody's; newest first */
Mails message_unknown(Tx *tx);                                       /* of unknown fate: a person must look */
bool  message_get(Tx *tx, MailId mail_id, Mail *ret);
/* The papers that go with it, in order. */
typedef struct MailFiles { DocumentId *at; size_t count; } MailFiles;
MailFiles message_files(Tx *tx, MailId mail_id);
/* staff's decision after an unknown or refused one */
void  message_resend(Tx *tx, MailId mail_id, Instant now);

/* For message_work.c */
bool message_is_due(Tx *tx, Instant now);
/* Takes the next one that is due: it is "sending" from the commit on. Those found "sending" by a worker that
 * died get `status_of_stale` with its `why`. False: none is due. */
bool message_take(Tx *tx, const char *status_of_stale, const char *why, Instant now, Mail *ret);
/* What became of it; `next_at` 0: no more tries. Another worker's attempt is left alone. */
void message_settle(Tx *tx, const Mail *mail, const char *status, const char *detail, Instant next_at,
                    Instant sent_at);
