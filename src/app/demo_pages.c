#include "demo_pages.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access.h"
#include "app.h"
#include "date.h"
#include "demo.h"
#include "demo_html.h"
#include "demo_views.h"
#include "dossier_store.h"
#include "embed.h"
#include "frame.h"
#include "jobs.h"
#include "migrate.h"
#include "pdf.h"
#include "people_login_store.h"
#include "quality_store.h"
#include "text.h"

enum { MAILS_SHOWN = 100, WAIT_STEPS = 80, WAIT_MS = 100 };

/* Outside the demo its pages do not exist. */
static bool is_demo(Request *rq) {
    if (rq_house(rq)->is_demo)
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

void app_health(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    int64_t waiting = jobs_waiting(&tx, rq->now);
    size_t failed = jobs_failed(&tx).count;
    if (tx.error) {
        reply_json(rq, 503, "{\"ok\":false}");
        return;
    }
    reply_json(rq, 200,
               arena_print(rq->arena,
                           "{\"ok\":true,\"version\":\"%s\",\"schema\":%d,\"jobs_waiting\":%lld,"
                           "\"jobs_failed\":%zu}",
                           QUITUS_VERSION, migrate_version(), (long long)waiting, failed));
}

/* /demo */

static const char *label_of(const char *who) {
    const DemoPerson *people;
    size_t count = demo_people(&people);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(people[i].who, who))
            return people[i].label;
    return "";
}

static size_t stops_of(Request *rq, const DemoStop **ret) {
    static const struct {
        const char *who, *title, *text;
    } words[] = {
#define STOP(who, title, text) { #who, title, text },
#include "demo_words.def"
    };
    enum { COUNT = sizeof words / sizeof words[0] };
    DemoStop *stops = arena_zero(rq->arena, COUNT, sizeof *stops);
    for (size_t i = 0; i < COUNT; i++)
        stops[i] = (DemoStop){ .title = words[i].title,
                               .text = words[i].text,
                               .who = label_of(words[i].who),
                               .url = url_print(rq->arena, "/demo/%s", words[i].who) };
    *ret = stops;
    return COUNT;
}

/* What fell due since the demo began and is not done. */
static int64_t waiting(Request *rq, Instant now) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Instant from = { strtoll(people_setting(&tx, "demo.from"), NULL, 10) - 1 };
    int64_t count = jobs_waiting(&tx, now) - jobs_waiting(&tx, from);
    return tx.error ? 0 : count;
}

static void show_demo(Request *rq, const Form *form, int status) {
    Html *h = page_html(rq);
    DemoView view = { .now = arena_print(rq->arena, "%s, %s", date_prose(rq->arena, rq->today),
                                         minutes_clock(rq->arena, instant_minutes(rq->now))),
                      .waiting = waiting(rq, rq->now),
                      .form = form };
    view.people_count = demo_people(&view.people);
    view.stop_count = stops_of(rq, &view.stops);
    view_demo(h, &view);
    page_send(rq, status,
              &(Page){ .title = "Démonstration",
                       .body = h,
                       .form = form,
                       .refresh_seconds = view.waiting > 0 && status == 200 ? 2 : 0 });
}

static Form *blank(Request *rq) {
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "jour", date_text(rq->arena, date_next_working(date_add(rq->today, 1))));
    form_preset(form, "heure", "9:00");
    return form;
}

void demo_page(Request *rq) {
    if (is_demo(rq))
        show_demo(rq, blank(rq), 200);
}

/* The jobs of the time that went by happen in the job worker, each at its own time: wait a while for them. */
static void wait_for_jobs(Request *rq, Instant now) {
    for (int i = 0; i < WAIT_STEPS && waiting(rq, now) > 0; i++)
        nanosleep(&(struct timespec){ .tv_nsec = WAIT_MS * 1000000L }, NULL);
}

void demo_advance_post(Request *rq) {
    if (!is_demo(rq))
        return;
    Form *form = rq_form(rq);
    const char *step = rq_field(rq, "pas");
    Instant target;
    if (*step) {
        target = instant_at(date_add(rq->today, strcmp(step, "7") ? 1 : 7), 540);
    } else {
        Date day = form_date(form, "jour", "Le jour", REQUIRED);
        int64_t minutes = form_clock(form, "heure", "L'heure", REQUIRED);
        target = instant_at(day, (int)minutes);
        if (form_ok(form) && target.ms < rq->now.ms)
            form_refuse(form, "jour", "Le jour", "Le temps ne recule pas : choisissez un moment à venir.");
        if (!form_ok(form)) {
            show_demo(rq, form, 422);
            return;
        }
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    people_setting_set(&tx, "demo.clock", arena_print(rq->arena, "%lld", (long long)target.ms));
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    wait_for_jobs(rq, target);
    reply_see(rq, url_print(rq->arena, "/demo"));
}

/* /demo/camille: logged in at once */

static int64_t number_setting(Tx *tx, const char *name) {
    return strtoll(people_setting(tx, name), NULL, 10);
}

/* The link that lets this person in, when there is no account. */
static LinkId link_of(Tx *tx, const DemoPerson *person, Instant now) {
    const char *path = NULL;
    LinkSeen seen;
    Instant end = instant_add(now, 90 * 86400);
    if (person->role == ROLE_AUDITOR) {
        AuditId audit = { number_setting(tx, "demo.audit") };
        path = audit.value ? quality_audit_link(tx, audit, end, now) : NULL;
    } else {
        DossierId hero = { number_setting(tx, "demo.hero") };
        Participants all = dossier_participants(tx, hero);
        for (size_t i = 0; i < all.count; i++)
            if (text_same(all.at[i].first_name, person->first_name))
                path = people_link(tx,
                                   &(NewLink){ .kind = "participant",
                                               .email = all.at[i].email,
                                               .participant_id = all.at[i].id,
                                               .now = now,
                                               .expires_at = end },
                                   NULL);
    }
    bool found = path && people_link_find(tx, path + strlen("/l/"), now, &seen);
    return found ? seen.id : (LinkId){ 0 };
}

static Url home_of(Request *rq, Tx *tx, const DemoPerson *person) {
    Dossier hero;
    switch (person->role) {
    case ROLE_COMPANY:
        return dossier_get(tx, (DossierId){ number_setting(tx, "demo.hero") }, &hero)
                   ? url_print(rq->arena, "/dossiers/%s", hero.reference)
                   : url_print(rq->arena, "/e");
    case ROLE_TRAINER: return url_print(rq->arena, "/f");
    case ROLE_STAFF: return url_print(rq->arena, "/g");
    case ROLE_ADVISER: return url_print(rq->arena, "/c");
    case ROLE_AUDITOR: return url_print(rq->arena, "/a");
    default: return url_print(rq->arena, "/p");
    }
}

static const DemoPerson *person_named(const char *who) {
    const DemoPerson *people;
    size_t count = demo_people(&people);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(people[i].who, who))
            return &people[i];
    return NULL;
}

void demo_enter(Request *rq) {
    if (!is_demo(rq))
        return;
    const DemoPerson *person = person_named(rq_param(rq, "who"));
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    AccountId account = { 0 };
    LinkId link = { 0 };
    if (person && *person->email)
        account.value = number_setting(&tx, arena_print(rq->arena, "demo.account.%s", person->who));
    else if (person)
        link = link_of(&tx, person, rq->now);
    if (!account.value && !link.value) {
        reply_error(rq, 404,
                    person ? "Cette personne n'a encore rien à voir : la démonstration est trop petite."
                           : NULL);
        return;
    }
    const char *token = people_login_open(&tx, account, link, true, rq->now, rq->user_agent, rq->remote);
    Url home = home_of(rq, &tx, person);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    people_cookie(rq, token);
    reply_see(rq, home);
}

/* The specimen: the same bytes at each download. */
void demo_letter(Request *rq) {
    if (!is_demo(rq))
        return;
    const Embedded *text = embed_find("texts/demo/accord.fr.md");
    Bytes pdf = { 0 };
    const char *why = NULL;
    PdfPaper paper = { .title = "Accord de prise en charge EP-2026-118204",
                       .author = "OPCO EP (document inventé)",
                       .subject = "",
                       .header = "OPCO EP",
                       .footer = "Document inventé pour la démonstration",
                       .logo_name = "OPCO EP",
                       .brand = "#444444",
                       .made_at = instant_at(date_of(2026, 11, 20), 600) };
    pdf_start();
    if (!text || !pdf_typeset(rq->arena, text->body.p, &paper, &pdf, &why)) {
        reply_error(rq, 500, why);
        return;
    }
    reply_bytes(rq, "application/pdf", pdf, "accord-EP-2026-118204.pdf");
}

/* Mails */

void demo_mails_page(Request *rq) {
    if (!is_demo(rq))
        return;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    DemoMailsView view = { .address = rq_query(rq, "adresse") };
    view.mails = message_recent(&tx, view.address, MAILS_SHOWN);
    Html *h = page_html(rq);
    view_demo_mails(h, &view);
    page_send(rq, 200, &(Page){ .title = "Mails de la démonstration", .body = h });
}

static void add_part(Request *rq, DemoMailView *view, const char *text, size_t n, Url url) {
    if (n)
        *(MailPart *)arena_grow(rq->arena, (void **)&view->parts, &view->part_count,
                                sizeof(MailPart)) = (MailPart){ arena_copy_n(rq->arena, text, n), url };
}

/* Links of this very site become links again. */
static void cut(Request *rq, DemoMailView *view) {
    const char *base = rq_house(rq)->public_url, *s = view->mail.text_body, *at;
    size_t n = strlen(base);
    while (n && (at = strstr(s, base))) {
        size_t length = strcspn(at, " \t\r\n<>)\"");
        Url url = { 0 };
        bool is_ours = url_local(rq->arena, arena_copy_n(rq->arena, at + n, length - n), &url);
        add_part(rq, view, s, (size_t)(at - s), (Url){ 0 });
        add_part(rq, view, at, length, is_ours ? url : (Url){ 0 });
        s = at + length;
    }
    add_part(rq, view, s, strlen(s), (Url){ 0 });
}

void demo_mail_page(Request *rq) {
    if (!is_demo(rq))
        return;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    DemoMailView view = { 0 };
    if (!message_get(&tx, (MailId){ strtoll(rq_param(rq, "mail"), NULL, 10) }, &view.mail)) {
        reply_error(rq, 404, NULL);
        return;
    }
    cut(rq, &view);
    Html *h = page_html(rq);
    view_demo_mail(h, &view);
    page_send(rq, 200,
              &(Page){ .title = view.mail.subject,
                       .body = h,
                       .crumbs = { { "Mails de la démonstration", url_print(rq->arena, "/demo/mails") } } });
}
