/* message_work.h - writes mails, and sends what is queued. */
#pragma once
#include "mail.h"
#include "message_store.h"
#include "template.h"

typedef struct NewMail {
    const char *kind; /* stem of texts/mails/<kind>.fr.md */
    const char *to_address, *to_name, *to_role;
    AccountId   account_id;
    SessionId   session_id;
    DossierId   dossier_id;
    const char *key;
    Values     *values; /* every hole of mail_fields.def, and those of mail_frame.def */
    const char *reply_to, *sender_name;
    const char *colour;       /* of the button, "" : the program's own */
    const char *link_kind;    /* of people_link(): what the note at the end says of it; "" for none */
    const char *files_folder; /* where an instance may keep its own texts, "" for none */
    const DocumentId *documents;
    size_t      document_count;
    Instant     now;
} NewMail;

/* Renders and queues. The same key again changes nothing. A text that cannot be filled sticks on the tx. */
MailId message_queue(Tx *tx, const NewMail *mail);

/* Sends the next due mail; false when none is due. Those found "sending" from a dead worker become unknown
 * over SMTP, and are simply sent again into a folder (the file's name makes it exactly-once). */
bool message_send_next(Db *db, Arena *arena, const MailRoute *route, const char *from_address,
                       const char *from_name, Instant now);
