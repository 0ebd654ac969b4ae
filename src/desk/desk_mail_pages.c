/* desk_mail_pages.c - mails as they were sent, documents, help pages. */
#include <stdlib.h>
#include <string.h>

#include "desk_mail_html.h"
#include "desk_pages.h"
#include "desk_store.h"
#include "desk_views.h"
#include "desk_words.h"
#include "embed.h"
#include "frame.h"
#include "ident.h"
#include "text.h"

enum { MAILS_MOST = 100, ID_DIGITS = 15 };

static int64_t id_param(const Request *rq, const char *name) {
    const char *typed = rq_param(rq, name);
    bool is_number = *typed && strlen(typed) <= ID_DIGITS && strspn(typed, "0123456789") == strlen(typed);
    return is_number ? strtoll(typed, NULL, 10) : 0;
}

static MailLine line_of(Request *rq, const Mail *mail) {
    static const struct {
        const char *status;
        DeskWord word;
        Tone tone;
    } all[] = { { "queued", DESK_MAIL_queued, TONE_blue },
                { "sending", DESK_MAIL_sending, TONE_blue },
                { "sent", DESK_MAIL_sent, TONE_green },
                { "refused", DESK_MAIL_refused, TONE_bad },
                { "unknown", DESK_MAIL_unknown, TONE_turn } };
    MailLine line = { .mail = mail, .url = url_print(rq->arena, "/g/mails/%ld", (long)mail->id.value) };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(mail->status, all[i].status))
            line.tag = (Tag){ .tone = all[i].tone, .text = desk_word(all[i].word) };
    line.may_resend = !strcmp(mail->status, "refused") || !strcmp(mail->status, "unknown");
    return line;
}

void desk_mails_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Mails unknown = message_unknown(&tx), recent = message_recent(&tx, "", MAILS_MOST);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    MailsView view = {
        .to_look = arena_zero(rq->arena, unknown.count + recent.count + 1, sizeof(MailLine)),
        .recent = arena_zero(rq->arena, recent.count + 1, sizeof(MailLine)),
    };
    for (size_t i = 0; i < unknown.count; i++)
        view.to_look[view.look_count++] = line_of(rq, &unknown.at[i]);
    for (size_t i = 0; i < recent.count; i++) {
        MailLine line = line_of(rq, &recent.at[i]);
        if (!strcmp(recent.at[i].status, "refused"))
            view.to_look[view.look_count++] = line;
        else if (!line.may_resend)
            view.recent[view.recent_count++] = line;
    }
    Html *h = page_html(rq);
    view_desk_mails(h, &view);
    page_send(rq, 200,
              &(Page){ .title = desk_word(DESK_MAILS), .body = h, .is_dense = true, .nav = "reglages" });
}

void desk_mail_page(Request *rq) {
    Mail mail;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!message_get(&tx, (MailId){ id_param(rq, "mail") }, &mail)) {
        reply_error(rq, 404, NULL);
        return;
    }
    MailLine line = line_of(rq, &mail);
    Html *h = page_html(rq);
    view_desk_mail(h, &line);
    page_send(rq, 200,
              &(Page){ .title = mail.subject,
                       .body = h,
                       .is_dense = true,
                       .crumbs = { { desk_word(DESK_MAILS), url_print(rq->arena, "/g/mails") } } });
}

void desk_mail_resend_post(Request *rq) {
    Mail mail;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    MailId id = { id_param(rq, "mail") };
    if (!message_get(&tx, id, &mail)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (!line_of(rq, &mail).may_resend) {
        reply_error(rq, 409, desk_word(DESK_NOT_NOW));
        return;
    }
    message_resend(&tx, id, rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, desk_word(DESK_RESENT));
    reply_see(rq, url_print(rq->arena, "/g/mails"));
}

/* What an auditor opens is kept before he gets it. */
static bool keep_visit(Request *rq, const Document *document) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    quality_visit(&tx, rq->viewer->audit_id, document->title, rq->now);
    if (db_commit(&tx))
        return true;
    reply_fault(rq, &tx);
    return false;
}

void desk_document(Request *rq) {
    Document document;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!desk_document_seen(&tx, rq->viewer, (DocumentId){ id_param(rq, "document") }, &document)) {
        reply_error(rq, 404, NULL);
        return;
    }
    db_rollback(&tx); /* one at a time on a store */
    if (rq->viewer->role == ROLE_AUDITOR && !keep_visit(rq, &document))
        return;
    tx = db_read(rq->db, rq->arena);
    int fd = document_open(&tx, document.id, rq_house(rq)->folder);
    if (fd < 0)
        reply_fault(rq, &tx);
    else
        reply_fd(rq, document.mime, fd, document.body_bytes,
                 document.is_received ? document.file_name : NULL);
}

void desk_help_page(Request *rq) {
    static const struct {
        const char *name;
        DeskWord title;
    } pages[] = { { "accessibilite", DESK_HELP_ACCESS },
                  { "donnees-personnelles", DESK_HELP_DATA },
                  { "mentions-legales", DESK_HELP_LEGAL },
                  { "reglement-interieur", DESK_HELP_RULES },
                  { "contact", DESK_HELP_CONTACT } };
    size_t i = 0, count = sizeof pages / sizeof *pages;
    while (i < count && strcmp(rq_param(rq, "page"), pages[i].name) != 0)
        i++;
    const Embedded *text = i < count
                               ? embed_find(arena_print(rq->arena, "texts/help/%s.fr.md", pages[i].name))
                               : NULL;
    if (!text) {
        reply_error(rq, 404, NULL);
        return;
    }
    Organisation organisation = { .name = "" };
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    bool is_known = people_organisation(&tx, &organisation);
    HomeView house = { .organisation = &organisation, .nda = "" };
    if (is_known && !text_is_empty(organisation.nda))
        house.nda = nda_text(rq->arena, organisation.nda);
    if (!text_is_empty(organisation.phone))
        house.phone_url = url_print(rq->arena, "tel:%s", organisation.phone);
    if (!text_is_empty(organisation.email))
        house.mail_url = url_print(rq->arena, "mailto:%s", organisation.email);
    Html *h = page_html(rq);
    view_desk_help(h, desk_word(pages[i].title), text->body.p, &house);
    page_send(rq, 200, &(Page){ .title = desk_word(pages[i].title), .body = h });
}
