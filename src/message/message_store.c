#include "message_store.h"

#include "message_sql.h"
#include "text.h"

enum { DEAD_MS = 2 * 60 * 1000 };

static const char *some(const char *text) { return text ? text : ""; }

bool message_has(Tx *tx, const char *key, MailId *ret) {
    MailKey row;
    if (!mail_by_key(tx, key, &row))
        return false;
    *ret = row.id;
    return true;
}

MailId message_keep(Tx *tx, const WrittenMail *mail) {
    MailId id = { 0 };
    if (message_has(tx, mail->key, &id))
        return id;
    id = mail_insert(tx, mail->kind, mail->to_address, some(mail->to_name), some(mail->to_role),
                     mail->account_id, mail->session_id, mail->dossier_id, mail->subject, mail->text_body,
                     some(mail->html_body), mail->message_ref, mail->key, mail->now, mail->now);
    for (size_t i = 0; i < mail->document_count; i++)
        mail_file_insert(tx, id, (int64_t)i, mail->documents[i]);
    return tx->error ? (MailId){ 0 } : id;
}

static Mail mail_from(const MailRow *row) {
    return (Mail){ .id = row->id,
                   .kind = row->kind,
                   .to_address = row->to_address,
                   .to_name = row->to_name,
                   .to_role = row->to_role,
                   .subject = row->subject,
                   .text_body = row->text_body,
                   .html_body = row->html_body,
                   .message_ref = row->message_ref,
                   .status = row->status,
                   .detail = row->detail,
                   .session_id = row->session_id,
                   .dossier_id = row->dossier_id,
                   .attempt_count = row->attempt_count,
                   .created_at = row->created_at,
                   .sent_at = row->sent_at };
}

static Mails mails_from(Tx *tx, MailRows rows) {
    Mails all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = mail_from(&rows.at[i]);
    return all;
}

Mails message_of_dossier(Tx *tx, DossierId dossier_id) {
    return mails_from(tx, mails_of_dossier(tx, dossier_id));
}

Mails message_recent(Tx *tx, const char *to_address, int64_t most) {
    return mails_from(tx, text_is_empty(to_address) ? mails_newest(tx, most)
                                                    : mails_newest_to(tx, to_address, most));
}

Mails message_unknown(Tx *tx) { return mails_from(tx, mails_unknown(tx)); }

bool message_get(Tx *tx, MailId mail_id, Mail *ret) {
    MailRow row;
    if (!mail_by_id(tx, mail_id, &row))
        return false;
    *ret = mail_from(&row);
    return true;
}

MailFiles message_files(Tx *tx, MailId mail_id) {
    MailFileRows rows = mail_files(tx, mail_id);
    MailFiles all = { arena_zero(tx->arena, rows.count + 1, sizeof *all.at), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        all.at[i] = rows.at[i].document_id;
    return all;
}

void message_resend(Tx *tx, MailId mail_id, Instant now) { mail_again(tx, now, mail_id); }

bool message_is_due(Tx *tx, Instant now) {
    MailDue row;
    return mail_due(tx, now, &row);
}

bool message_take(Tx *tx, const char *status_of_stale, const char *why, Instant now, Mail *ret) {
    MailDue row;
    mail_stale(tx, status_of_stale, why, now);
    if (!mail_next(tx, now, &row))
        return false;
    mail_take(tx, (Instant){ now.ms + DEAD_MS }, row.id);
    return message_get(tx, row.id, ret);
}

void message_settle(Tx *tx, const Mail *mail, const char *status, const char *detail, Instant next_at,
                    Instant sent_at) {
    mail_settle(tx, status, detail, next_at, sent_at, mail->id, mail->attempt_count);
}
