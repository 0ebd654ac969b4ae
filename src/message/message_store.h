/* message_store.h - the outbox. Owns mail, mail_file. A mail is written (rendered and kept) in one
 * transaction and sent later by a job worker; "sending" is committed before the talk with the server. */
#pragma once
#include "db.h"
#include "ids.h"
#include "template.h"

typedef struct NewMail {
    const char *kind;  /* stem of texts/mails/<kind>.fr.md */
    const char *to_address, *to_name, *to_role;
    AccountId   account_id;
    SessionId   session_id;
    DossierId   dossier_id;
    const char *key;
    Values     *values;
    const char *reply_to, *sender_name, *files_folder;
    const DocumentId *documents;
    size_t      document_count;
    Instant     now;
} NewMail;

/* Renders and queues. The same key again changes nothing. A text that cannot be filled sticks on the tx. */
MailId message_queue(Tx *tx, const NewMail *mail);

typedef struct Mail {
    MailId      id;
    const char *kind, *to_address, *to_name, *to_role, *subject, *text_body, *html_body, *message_ref,
        *status, *detail;
    SessionId   session_id;
    DossierId   dossier_id;
    int64_t     attempt_count;
    Instant     created_at, sent_at;
} Mail;
typedef struct Mails { Mail *at; size_t count; } Mails;
Mails message_of_dossier(Tx *tx, DossierId dossier_id);
Mails message_recent(Tx *tx, const char *to_address, int64_t most); /* "" : everybody's; newest first */
Mails message_unknown(Tx *tx);                                       /* of unknown fate: a person must look */
bool  message_get(Tx *tx, MailId mail_id, Mail *ret);
/* staff's decision after an unknown or refused one */
void  message_resend(Tx *tx, MailId mail_id, Instant now);
