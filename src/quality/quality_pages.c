/* quality_pages.c - staff's side of an audit: the demand, the auditor's link, what he opened. */
#include "quality_pages.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "directory_store.h"
#include "frame.h"
#include "once_pages.h"
#include "quality_html.h"
#include "quality_store.h"
#include "quality_views.h"
#include "quality_words.h"
#include "story_pages.h"
#include "story_viewer.h"

enum {
    AUDITS_MOST = 200,
    LINK_DAYS = 30,
    LINK_DAYS_MOST = 366,
    LONGEST = 200,
    LONGEST_SCOPE = 2000,
    ID_DIGITS = 15
};

static Tag state_tag(const char *state) {
    const Row *row = story_state(story_state_named(state));
    return (Tag){ .tone = row && row->who & STAFF ? TONE_turn : TONE_blue, .text = row ? row->label : "" };
}

void quality_field(Html *h, const Form *form, const char *name, const char *label, const char *type) {
    form_field(h, form,
               &(Field){ .name = name,
                         .label = label,
                         .type = type,
                         .longest = strcmp(type, "textarea") != 0 ? LONGEST : LONGEST_SCOPE });
}

void quality_list_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Audits all = quality_audits(&tx, "", AUDITS_MOST);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    AuditListView view = { .rows = arena_zero(rq->arena, all.count + 1, sizeof *view.rows),
                           .count = all.count,
                           .empty = { .title = quality_word(QUALITY_NO_AUDIT),
                                      .text = quality_word(QUALITY_NO_AUDIT_MORE) } };
    for (size_t i = 0; i < all.count; i++)
        view.rows[i] = (AuditRowView){ .audit = &all.at[i],
                                       .url = url_print(rq->arena, "/g/controles/%ld",
                                                        (long)all.at[i].id.value),
                                       .tag = state_tag(all.at[i].state) };
    Html *h = page_html(rq);
    view_quality_list(h, &view);
    page_send(
        rq, 200,
        &(Page){ .title = quality_word(QUALITY_AUDITS), .body = h, .is_dense = true, .nav = "qualite" });
}

static Option *funder_options(Request *rq, Tx *tx, size_t *ret_count) {
    Funders all = directory_funders(tx);
    Option *options = arena_zero(rq->arena, all.count + 1, sizeof *options);
    for (size_t i = 0; i < all.count; i++)
        options[i] = (Option){ .value = all.at[i].code, .label = all.at[i].name };
    *ret_count = all.count;
    return options;
}

static void show_open(Request *rq, Tx *tx, const Dossier *dossier, Form *form, int status) {
    AuditFormView view = { .dossier = dossier,
                           .form = form,
                           .action = url_print(rq->arena, "/dossiers/%s/controle", dossier->reference) };
    view.funders = funder_options(rq, tx, &view.funder_count);
    Html *h = page_html(rq);
    view_quality_open(h, &view);
    page_send(rq, status,
              &(Page){ .title = quality_word(QUALITY_OPEN_AUDIT),
                       .body = h,
                       .form = form,
                       .is_dense = true,
                       .nav = "qualite",
                       .crumbs = { { dossier->reference,
                                     url_print(rq->arena, "/dossiers/%s", dossier->reference) } } });
}

void quality_open_page(Request *rq) {
    Dossier dossier;
    Company company;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!dossier_seen(&tx, rq->viewer, rq_param(rq, "reference"), &dossier)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Form *form = form_empty(rq->arena, rq->today);
    if (people_company(&tx, dossier.company_id, &company))
        form_preset(form, "funder", company.funder_code);
    form_preset(form, "asked_on", date_text(rq->arena, rq->today));
    show_open(rq, &tx, &dossier, form, 200);
}

/* What was typed of the demand. */
static Audit read_demand(Request *rq, Tx *tx, Form *form) {
    size_t count = 0;
    Option *funders = funder_options(rq, tx, &count);
    const char **codes = arena_zero(rq->arena, count + 1, sizeof *codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = funders[i].value;
    Email *email = arena_zero(rq->arena, 1, sizeof *email);
    *email = form_email(form, "auditor_email", quality_word(QUALITY_AUDITOR_MAIL), REQUIRED);
    Audit audit = {
        .funder_code = form_choice(form, "funder", quality_word(QUALITY_FUNDER), REQUIRED, codes),
        .funder_ref = form_text(form, "funder_ref", quality_word(QUALITY_FUNDER_REF), REQUIRED, LONGEST),
        .asked_on = form_date(form, "asked_on", quality_word(QUALITY_ASKED_ON), REQUIRED),
        .due_on = form_date(form, "due_on", quality_word(QUALITY_DUE_ON), REQUIRED),
        .scope_text = form_text(form, "scope", quality_word(QUALITY_SCOPE), REQUIRED, LONGEST_SCOPE),
        .auditor_name = form_text(form, "auditor_name", quality_word(QUALITY_AUDITOR), REQUIRED, LONGEST),
        .auditor_email = email->text,
    };
    if (form_ok(form) && date_diff(audit.due_on, audit.asked_on) < 0)
        form_refuse(form, "due_on", quality_word(QUALITY_DUE_ON), quality_word(QUALITY_DUE_EARLY));
    return audit;
}

void quality_open_post(Request *rq) {
    Dossier dossier;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!dossier_seen(&tx, rq->viewer, rq_param(rq, "reference"), &dossier)) {
        reply_error(rq, 404, NULL);
        return;
    }
    if (once_was_done(rq, &tx))
        return;
    Audit audit = read_demand(rq, &tx, form);
    if (!form_ok(form)) {
        show_open(rq, &tx, &dossier, form, 422);
        return;
    }
    audit.dossier_id = dossier.id;
    Act act = story_act(rq, EVENT_demanded, STAFF);
    const char *why = NULL;
    AuditId id = quality_audit_open(&tx, &audit, &act, &why);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!id.value) {
        reply_error(rq, 409, why);
        return;
    }
    Url there = url_print(rq->arena, "/g/controles/%ld", (long)id.value);
    once_done(rq, &tx, there);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, quality_word(QUALITY_OPENED));
    reply_see(rq, there);
}

static bool find_audit(Request *rq, Tx *tx, Audit *ret) {
    const char *typed = rq_param(rq, "audit");
    bool is_number = *typed && strlen(typed) <= ID_DIGITS && strspn(typed, "0123456789") == strlen(typed);
    return is_number && quality_seen(tx, rq->viewer, (AuditId){ strtoll(typed, NULL, 10) }, ret);
}

static void acts_of(Request *rq, Tx *tx, const Audit *audit, AuditView *view) {
    StoryButtons all = story_buttons(tx, THING(audit, audit->id), story_actors(rq->viewer));
    view->acts = arena_zero(rq->arena, all.count + 1, sizeof *view->acts);
    for (size_t i = 0; i < all.count; i++)
        view->acts[view->act_count++] = (Button){ .label = all.at[i].label,
                                                  .kind = i ? BUTTON_second : BUTTON_main,
                                                  .missing = all.at[i].missing,
                                                  .url = url_print(rq->arena, "/acte/audit/%ld/%s",
                                                                   (long)audit->id.value, all.at[i].name) };
}

static void show_audit(Request *rq, Tx *tx, const Audit *audit, Form *form, const char *link, int status) {
    Dossier dossier = { .reference = "" };
    Funder funder = { .name = audit->funder_code };
    long id = (long)audit->id.value;
    dossier_get(tx, audit->dossier_id, &dossier);
    directory_funder(tx, audit->funder_code, &funder);
    AuditView view = { .audit = audit,
                       .funder = funder.name,
                       .dossier_ref = dossier.reference,
                       .link = link,
                       .tag = state_tag(audit->state),
                       .visits = quality_visits(tx, audit->id),
                       .lines = story_lines(tx, THING(audit, audit->id)),
                       .form = form,
                       .dossier_url = url_print(rq->arena, "/dossiers/%s", dossier.reference),
                       .link_action = url_print(rq->arena, "/g/controles/%ld/lien", id),
                       .revoke_action = url_print(rq->arena, "/g/controles/%ld/fermer", id) };
    acts_of(rq, tx, audit, &view);
    Html *h = page_html(rq);
    view_quality_audit(h, &view);
    page_send(
        rq, status,
        &(Page){ .title = audit->reference,
                 .body = h,
                 .form = form,
                 .is_dense = true,
                 .nav = "qualite",
                 .crumbs = { { quality_word(QUALITY_AUDITS), url_print(rq->arena, "/g/controles") } } });
}

void quality_audit_page(Request *rq) {
    Audit audit;
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    if (!find_audit(rq, &tx, &audit)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "until", date_text(rq->arena, date_add(rq->today, LINK_DAYS)));
    show_audit(rq, &tx, &audit, form, NULL, 200);
}

void quality_link_post(Request *rq) {
    Audit audit;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!find_audit(rq, &tx, &audit)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Date until = form_date(form, "until", quality_word(QUALITY_UNTIL), REQUIRED);
    if (form_ok(form) && date_diff(until, rq->today) < 1)
        form_refuse(form, "until", quality_word(QUALITY_UNTIL), quality_word(QUALITY_UNTIL_EARLY));
    else if (form_ok(form) && date_diff(until, rq->today) > LINK_DAYS_MOST)
        form_refuse(form, "until", quality_word(QUALITY_UNTIL), quality_word(QUALITY_UNTIL_LATE));
    const char *path = form_ok(form)
                           ? quality_audit_link(&tx, audit.id, instant_at(date_add(until, 1), 0), rq->now)
                           : NULL;
    if (path && !db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    db_rollback(&tx);
    tx = db_read(rq->db, rq->arena);
    const char *link = path ? arena_print(rq->arena, "%s%s", rq_house(rq)->public_url, path) : NULL;
    show_audit(rq, &tx, &audit, form, link, path ? 200 : 422);
}

void quality_revoke_post(Request *rq) {
    Audit audit;
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (!find_audit(rq, &tx, &audit)) {
        reply_error(rq, 404, NULL);
        return;
    }
    people_links_revoke(&tx, (AccountId){ 0 }, (ParticipantId){ 0 }, audit.id, rq->now);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, quality_word(QUALITY_REVOKED));
    reply_see(rq, url_print(rq->arena, "/g/controles/%ld", (long)audit.id.value));
}
