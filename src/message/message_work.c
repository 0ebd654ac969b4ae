#include "message_work.h"

#include <string.h>

#include "crypt.h"
#include "document_store.h"
#include "embed.h"
#include "file.h"
#include "mail_body.h"
#include "text.h"

enum { MOST_ATTEMPTS = 8, MINUTE_MS = 60000 };

static const char footer[] =
#define NOTE(kind, text)
#define FOOTER(text) text
#define FATE(id, text)
#include "mail_frame.def"
    ;

/* ---- writing ---- */

static const char *note_of(const char *link_kind) {
    static const struct {
        const char *kind, *text;
    } notes[] = {
#define NOTE(kind, text) { #kind, text },
#define FOOTER(text)
#define FATE(id, text)
#include "mail_frame.def"
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (text_same(notes[i].kind, link_kind))
            return notes[i].text;
    return "";
}

/* The instance's own words, else the program's; NULL: there are none. */
static const char *words_of(Arena *arena, const NewMail *mail) {
    const char *path = arena_print(arena, "texts/mails/%s.fr.md", mail->kind);
    Bytes own;
    if (!text_is_empty(mail->files_folder) &&
        file_read_all(arena, arena_print(arena, "%s/%s", mail->files_folder, path), &own))
        return own.p;
    const Embedded *file = embed_find(path);
    return file ? file->body.p : NULL;
}

static bool page_of(Arena *arena, const NewMail *mail, MailPage *ret, const char **ret_why) {
    const char *words = words_of(arena, mail);
    MailText text;
    char *subject, *preheader, *body, *below;
    *ret_why = "no such text";
    if (!words || !mail_text_parse(arena, words, &text, ret_why) ||
        !template_fill(arena, text.subject, mail->values, false, &subject, ret_why) ||
        !template_fill(arena, text.preheader, mail->values, false, &preheader, ret_why) ||
        !template_fill(arena, text.body, mail->values, true, &body, ret_why) ||
        !template_fill(arena, footer, mail->values, true, &below, ret_why))
        return false;
    *ret = (MailPage){ .brand = mail->sender_name ? mail->sender_name : "",
                       .colour = mail->colour ? mail->colour : "",
                       .title = subject,
                       .preheader = preheader,
                       .body = body,
                       .note = note_of(mail->link_kind),
                       .footer = below };
    return true;
}

/* Stable across tries, and across a transaction that was begun anew. */
static const char *message_ref(Arena *arena, const NewMail *mail) {
    const char *at = mail->reply_to ? strrchr(mail->reply_to, '@') : NULL;
    const char *hash = crypt_sha256(arena, (Bytes){ mail->key, strlen(mail->key) });
    return arena_print(arena, "<%.32s@%s>", hash, at && at[1] ? at + 1 : "localhost");
}

MailId message_queue(Tx *tx, const NewMail *mail) {
    Arena *arena = tx->arena;
    MailId id = { 0 };
    MailPage page;
    const char *why = NULL;
    if (message_has(tx, mail->key, &id) || tx->error)
        return id;
    if (!page_of(arena, mail, &page, &why)) {
        tx->error = arena_print(arena, "mail %s: %s", mail->kind, why);
        tx->fault = DB_BROKEN;
        return id;
    }
    return message_keep(tx, &(WrittenMail){ .kind = mail->kind,
                                            .to_address = mail->to_address,
                                            .to_name = mail->to_name,
                                            .to_role = mail->to_role,
                                            .subject = page.title,
                                            .text_body = mail_body_text(arena, &page),
                                            .html_body = mail_body_html(arena, &page),
                                            .message_ref = message_ref(arena, mail),
                                            .key = mail->key,
                                            .account_id = mail->account_id,
                                            .session_id = mail->session_id,
                                            .dossier_id = mail->dossier_id,
                                            .documents = mail->documents,
                                            .document_count = mail->document_count,
                                            .now = mail->now });
}

/* ---- sending ---- */

typedef enum Fate {
#define NOTE(kind, text)
#define FOOTER(text)
#define FATE(id, text) FATE_##id,
#include "mail_frame.def"
    FATE_COUNT
} Fate;

static const char *fate_says(Fate fate) {
    static const char *const words[] = {
#define NOTE(kind, text)
#define FOOTER(text)
#define FATE(id, text) text,
#include "mail_frame.def"
    };
    return words[fate];
}

static Bytes bytes_of(Tx *tx, const Mail *mail, const char *from_address, const char *from_name) {
    MailFiles papers = message_files(tx, mail->id);
    MailFile *files = arena_zero(tx->arena, papers.count + 1, sizeof *files);
    for (size_t i = 0; i < papers.count; i++) {
        Document document = { .file_name = "", .mime = "" };
        document_get(tx, papers.at[i], &document);
        files[i] = (MailFile){ document.file_name, document.mime, document_body(tx, papers.at[i]) };
    }
    MailMessage message = { .from_name = from_name,
                            .from_address = from_address,
                            .to_name = mail->to_name,
                            .to_address = mail->to_address,
                            .reply_to = from_address,
                            .subject = mail->subject,
                            .message_id = mail->message_ref,
                            .text = mail->text_body,
                            .html = mail->html_body,
                            .sent_at = mail->created_at,
                            .files = files,
                            .file_count = papers.count };
    return tx->error ? (Bytes){ NULL, 0 } : mail_bytes(tx->arena, &message);
}

/* Takes the next one and reads all of it: from the commit on nothing of ours can fail but the talk. */
static bool take(Db *db, Arena *arena, const MailRoute *route, const char *from_address,
                 const char *from_name, Instant now, Mail *ret, Bytes *ret_bytes) {
    bool is_folder = !text_is_empty(route->folder);
    AUTO_TX Tx tx = db_begin(db, arena);
    bool any = message_take(&tx, is_folder ? "queued" : "unknown",
                            fate_says(is_folder ? FATE_AGAIN : FATE_LOST), now, ret);
    if (any)
        *ret_bytes = bytes_of(&tx, ret, from_address, from_name);
    return db_commit(&tx) && any;
}

static bool is_any_due(Db *db, Arena *arena, Instant now) {
    AUTO_TX Tx tx = db_read(db, arena);
    return message_is_due(&tx, now);
}

static void settle(Tx *tx, const Mail *mail, MailFate fate, const char *detail, Instant now) {
    static const int pause_minutes[] = { 1, 5, 15, 60, 240 };
    size_t tried = mail->attempt_count > 0 ? (size_t)mail->attempt_count : 1, last = 5;
    int64_t pause_ms = (int64_t)pause_minutes[(tried < last ? tried : last) - 1] * MINUTE_MS;
    Instant none = { 0 };
    switch (fate) {
    case MAIL_SENT: message_settle(tx, mail, "sent", detail, none, now); return;
    case MAIL_REFUSED: message_settle(tx, mail, "refused", detail, none, none); return;
    case MAIL_UNKNOWN: message_settle(tx, mail, "unknown", detail, none, none); return;
    case MAIL_LATER: break;
    }
    if (mail->attempt_count < MOST_ATTEMPTS)
        message_settle(tx, mail, "queued", detail, (Instant){ now.ms + pause_ms }, none);
    else
        message_settle(tx, mail, "refused", arena_print(tx->arena, "%s%s", fate_says(FATE_GAVE_UP), detail),
                       none, none);
}

bool message_send_next(Db *db, Arena *arena, const MailRoute *route, const char *from_address,
                       const char *from_name, Instant now) {
    Mail mail;
    Bytes bytes;
    const char *detail = "";
    if (!is_any_due(db, arena, now) || !take(db, arena, route, from_address, from_name, now, &mail, &bytes))
        return false;
    MailFate fate = mail_send(arena, route, from_address, mail.to_address, mail.message_ref, bytes, &detail);
    AUTO_TX Tx tx = db_begin(db, arena);
    settle(&tx, &mail, fate, detail ? detail : "", now);
    db_commit(&tx); /* when it fails the mail is found "sending" later on */
    return true;
}
