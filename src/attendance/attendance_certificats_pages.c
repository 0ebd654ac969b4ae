#include <string.h>

#include "attendance_certificats_html.h"
#include "attendance_pages.h"
#include "attendance_show_pages.h"
#include "attendance_words.h"
#include "date.h"
#include "frame.h"
#include "story_pages.h"
#include "text.h"

static const char *const skill_words[] = { "acquired", "partly", "not", NULL };

static const char *skill_label(const char *skills) {
    const AttendanceWord labels[] = { WORD_ACQUIRED, WORD_PARTLY, WORD_NOT_ACQUIRED };
    for (size_t i = 0; skill_words[i]; i++)
        if (text_same(skills, skill_words[i]))
            return attendance_word(labels[i]);
    return NULL;
}

static const char *skill_field(Arena *arena, ParticipantId participant_id) {
    return arena_print(arena, "acquis-%lld", (long long)participant_id.value);
}

static PupilView pupil_view(Request *rq, Tx *tx, const Participant *person, Form *form, bool is_first) {
    Certificat certificat = { 0 };
    int64_t minutes = attendance_minutes(tx, person->id);
    PupilView view = { .name = show_name(rq->arena, person->first_name, person->last_name),
                       .job = person->job,
                       .hours = minutes_hours(rq->arena, minutes),
                       .has_hours = minutes > 0,
                       .field = skill_field(rq->arena, person->id) };
    view.field_label = arena_print(rq->arena, "%s %s", attendance_word(WORD_SKILLS_OF), view.name);
    if (attendance_certificat(tx, person->id, &certificat)) {
        view.skills = skill_label(certificat.skills);
        view.attested_by = certificat.attested_by;
        view.attested_at = certificat.attested_at;
        view.signed_at = certificat.signed_at;
        if (is_first)
            form_preset(form, view.field, certificat.skills);
    }
    return view;
}

static DossierView dossier_view(Request *rq, Tx *tx, const Dossier *dossier, Form *form, bool is_first) {
    State state = story_where(tx, THING(dossier, dossier->id));
    Participants people = dossier_participants(tx, dossier->id);
    PupilView *views = NULL;
    DossierView d = { .reference = dossier->reference,
                      .company = show_company(tx, dossier->id),
                      .id = dossier->id.value,
                      .is_attested = true,
                      .is_empty = true,
                      .is_delivered = state >= STATE_dossier_to_invoice && state <= STATE_dossier_archived };
    for (size_t i = 0; i < people.count; i++) {
        PupilView *view = arena_grow(rq->arena, (void **)&views, &d.count, sizeof *view);
        *view = pupil_view(rq, tx, &people.at[i], form, is_first);
        d.is_empty = d.is_empty && !view->has_hours;
        d.is_attested = d.is_attested && (!view->has_hours || view->skills);
    }
    d.people = views;
    d.may_sign = state == STATE_dossier_green && d.is_attested;
    return d;
}

static void fill_dossiers(Request *rq, Tx *tx, const Session *session, Form *form, bool is_first,
                          CertificatsView *p) {
    State state = story_where(tx, THING(session, session->id));
    bool is_ended = state == STATE_session_ended || state == STATE_session_closed;
    Dossiers all = dossier_alive_of_session(tx, session->id);
    DossierView *views = NULL;
    for (size_t i = 0; i < all.count; i++) {
        DossierView *view = arena_grow(rq->arena, (void **)&views, &p->count, sizeof *view);
        *view = dossier_view(rq, tx, &all.at[i], form, is_first);
        view->may_sign = view->may_sign && is_ended;
        p->may_attest = p->may_attest || (is_ended && !view->is_delivered && !view->is_empty);
    }
    p->dossiers = views;
    p->not_ended = is_ended ? NULL : story_need_message(SESSION_HAS_ENDED);
}

static void show_certificats(Request *rq, int status, Form *form, bool is_first, const char *refusal) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Session session;
    Option skills[] = { { "acquired", attendance_word(WORD_ACQUIRED), NULL },
                        { "partly", attendance_word(WORD_PARTLY), NULL },
                        { "not", attendance_word(WORD_NOT_ACQUIRED), NULL } };
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session)) {
        reply_error(rq, 404, NULL);
        return;
    }
    bool is_staff = rq->viewer->role == ROLE_STAFF;
    CertificatsView p = { .title = session.title,
                          .reference = session.reference,
                          .refusal = refusal,
                          .form = form,
                          .skills = skills,
                          .skill_count = sizeof skills / sizeof *skills,
                          .is_staff = is_staff,
                          .action = url_print(rq->arena, "/sessions/%s/certificats", session.reference),
                          .sheet = url_print(rq->arena, "/sessions/%s/emargement", session.reference) };
    fill_dossiers(rq, &tx, &session, form, is_first, &p);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    Html *h = page_html(rq);
    view_attendance_certificats(h, &p);
    page_send(rq, status,
              &(Page){ .title = attendance_word(WORD_TITLE_CERTIFICATS),
                       .body = h,
                       .is_narrow = true,
                       .nav = "sessions",
                       .form = form,
                       .crumbs = { { attendance_word(is_staff ? WORD_SESSIONS : WORD_MY_SESSIONS),
                                     url_print(rq->arena, is_staff ? "/g/sessions" : "/f") },
                                   { session.reference,
                                     url_print(rq->arena, "/sessions/%s", session.reference) } } });
}

void attendance_certificats_page(Request *rq) {
    show_certificats(rq, 200, form_empty(rq->arena, rq->today), true, NULL);
}

/* What the trainer says of each, read whole before anything is written. */
static Outcome attest(Tx *tx, const Session *session, Form *form, const Act *act, bool is_read_only) {
    Dossiers all = dossier_alive_of_session(tx, session->id);
    for (size_t d = 0; d < all.count; d++) {
        Participants people = dossier_participants(tx, all.at[d].id);
        if (story_where(tx, THING(dossier, all.at[d].id)) != STATE_dossier_green)
            continue;
        for (size_t i = 0; i < people.count; i++) {
            const Participant *person = &people.at[i];
            if (!attendance_minutes(tx, person->id))
                continue;
            const char *label = arena_print(tx->arena, "%s %s", attendance_word(WORD_SKILLS_OF),
                                            show_name(tx->arena, person->first_name, person->last_name));
            const char *skills = form_choice(form, skill_field(tx->arena, person->id), label, REQUIRED,
                                             skill_words);
            if (is_read_only)
                continue;
            Outcome outcome = attendance_attest(tx, person->id, skills, act);
            if (!outcome.done)
                return outcome;
        }
    }
    return (Outcome){ .done = true };
}

static void finish(Request *rq, Tx *tx, const Session *session, Form *form, Outcome outcome,
                   const char *said) {
    if (tx->error) {
        reply_fault(rq, tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(tx);
        show_certificats(rq, 409, form, false, outcome.why);
        return;
    }
    if (!db_commit(tx)) {
        reply_fault(rq, tx);
        return;
    }
    page_say(rq, said);
    reply_see(rq, url_print(rq->arena, "/sessions/%s/certificats", session->reference));
}

static void attest_post(Request *rq, Tx *tx, const Session *session, Form *form) {
    Act act = story_act(rq, EVENT_delivered, story_own_actor(rq));
    if (!form_tick(form, "attest"))
        form_refuse(form, "attest", attendance_word(WORD_ATTESTED), attendance_word(WORD_ATTEST_FIRST));
    attest(tx, session, form, &act, true);
    if (!form_ok(form)) {
        db_rollback(tx);
        show_certificats(rq, 422, form, false, NULL);
        return;
    }
    finish(rq, tx, session, form, attest(tx, session, form, &act, false), attendance_word(WORD_ATTESTED));
}

static void sign_post(Request *rq, Tx *tx, const Session *session, Form *form) {
    DossierId dossier_id = { show_id(rq_field(rq, "dossier")) };
    Dossier dossier;
    if (rq->viewer->role != ROLE_STAFF || !dossier_seen_id(tx, rq->viewer, dossier_id, &dossier) ||
        dossier.session_id.value != session->id.value) {
        reply_error(rq, 404, NULL);
        return;
    }
    int64_t minutes = 0;
    Participants people = dossier_participants(tx, dossier_id);
    for (size_t i = 0; i < people.count; i++)
        minutes += attendance_minutes(tx, people.at[i].id);
    Act act = story_act(rq, EVENT_delivered, STAFF);
    finish(rq, tx, session, form, attendance_deliver(tx, dossier_id, &act),
           minutes ? story_event_past(EVENT_delivered) : attendance_word(WORD_SIGNED_NONE));
}

void attendance_certificats_post(Request *rq) {
    Form *form = rq_form(rq);
    const char *what = rq_field(rq, "act");
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Session session;
    if (!session_seen(&tx, rq->viewer, rq_param(rq, "reference"), &session))
        reply_error(rq, 404, NULL);
    else if (!strcmp(what, "attest"))
        attest_post(rq, &tx, &session, form);
    else if (!strcmp(what, "sign"))
        sign_post(rq, &tx, &session, form);
    else {
        db_rollback(&tx);
        show_certificats(rq, 422, form, true, attendance_word(WORD_NEITHER_ACT));
    }
}
