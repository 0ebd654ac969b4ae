/* The form of a session: a new one, or one that is still being prepared. */
#include "session_pages.h"

#include <string.h>

#include "date.h"
#include "frame.h"
#include "once_pages.h"
#include "session_days_pages.h"
#include "session_form_html.h"
#include "session_store.h"
#include "session_words.h"
#include "story_pages.h"
#include "text.h"
#include "trainer_store.h"

enum { WHOLE_BP = 10000, PERCENT_BP = 100 };
static const char *const places[] = { "on_site", "room", "remote", NULL };

static bool is_staff(const Request *rq) { return rq->viewer->role == ROLE_STAFF; }

static const Option *place_options(Arena *arena) {
    static const SessionWord labels[] = { SESSION_on_site, SESSION_room, SESSION_by_link };
    Option *options = arena_zero(arena, 3, sizeof *options);
    for (size_t i = 0; i < 3; i++)
        options[i] = (Option){ .value = places[i], .label = session_word(labels[i]) };
    return options;
}

static const char *id_text(Arena *arena, int64_t id) { return arena_print(arena, "%lld", (long long)id); }

/* The courses on offer, and the one the session has already. */
static const Option *course_options(Tx *tx, const Request *rq, CourseId chosen, size_t *ret_count) {
    Option *options = NULL;
    Courses all = session_courses(tx, rq->viewer->trainer_id);
    *ret_count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].is_published || all.at[i].id.value == chosen.value)
            *(Option *)arena_grow(tx->arena, (void **)&options, ret_count, sizeof *options) = (Option){
                .value = id_text(tx->arena, all.at[i].id.value), .label = all.at[i].title
            };
    return options;
}

static const Option *trainer_options(Tx *tx, TrainerId chosen, size_t *ret_count) {
    Option *options = NULL;
    Trainers all = people_trainers(tx);
    *ret_count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (trainer_may_open(tx, all.at[i].id) || all.at[i].id.value == chosen.value)
            *(Option *)arena_grow(tx->arena, (void **)&options, ret_count, sizeof *options) = (Option){
                .value = id_text(tx->arena, all.at[i].id.value),
                .label = arena_print(tx->arena, "%s %s", all.at[i].first_name, all.at[i].last_name)
            };
    return options;
}

static void show_form(Request *rq, Tx *tx, const Session *s, const Form *form, const char *refusal) {
    Html *h = page_html(rq);
    bool is_new = !s->id.value;
    Schedule schedule = session_days_peek(rq, form);
    SessionFormView view = { .form = form,
                             .action = is_new ? url_print(rq->arena, "/sessions/nouvelle")
                                              : url_print(rq->arena, "/sessions/%s/modifier", s->reference),
                             .back = is_new ? url_print(rq->arena, is_staff(rq) ? "/g/sessions" : "/f")
                                            : url_print(rq->arena, "/sessions/%s", s->reference),
                             .courses = url_print(rq->arena, "/formations/nouvelle"),
                             .title = is_new ? session_word(SESSION_form_new)
                                             : arena_print(rq->arena, session_word(SESSION_form_edit),
                                                           s->reference),
                             .refusal = refusal,
                             .version = s->version,
                             .places_at = place_options(rq->arena),
                             .place_count = 3,
                             .is_staff = is_staff(rq),
                             .days = session_days_view(rq, form, &schedule) };
    view.courses_at = course_options(tx, rq, s->course_id, &view.course_count);
    view.trainers_at = trainer_options(tx, s->trainer_id, &view.trainer_count);
    view_session_form(h, &view);
    page_send(
        rq,
        refusal         ? 409
        : form_ok(form) ? 200
                        : 422,
        &(Page){ .title = view.title, .body = h, .form = form, .nav = "sessions", .is_dense = is_staff(rq) });
}

static void preset(Request *rq, Tx *tx, const Session *s, Form *form) {
    Arena *arena = rq->arena;
    bool is_remote = !strcmp(s->place_kind, "remote");
    HalfDays days = session_half_days(tx, s->id);
    form_preset(form, "course", id_text(arena, s->course_id.value));
    form_preset(form, "trainer", id_text(arena, s->trainer_id.value));
    form_preset(form, "place_kind", s->place_kind);
    form_preset(form, is_remote ? "link" : "address", s->address);
    form_preset(form, "postcode", s->postcode);
    form_preset(form, "city", s->city);
    form_preset(form, "remote", id_text(arena, s->remote_bp / PERCENT_BP));
    form_preset(form, "price", money_field(arena, s->price_cents));
    form_preset(form, "fee", money_field(arena, s->fee_cents));
    if (s->is_holiday_confirmed)
        for (size_t i = 0; i < days.count; i++)
            form_preset(form, arena_print(arena, "confirm_%s", date_iso(arena, days.at[i].held_on)), "1");
    session_days_preset(arena, form, &days);
}

/* The price of the course chosen in the catalogue stands in the new session. */
static void preset_new(Request *rq, Tx *tx, Form *form) {
    CourseId chosen = { form_int(form_new(rq->arena, rq->query, rq->query_count, rq->today), "formation",
                                 session_word(SESSION_course), OPTIONAL, 1, INT64_MAX) };
    Course course;
    if (chosen.value && session_course(tx, chosen, &course)) {
        form_preset(form, "course", id_text(rq->arena, chosen.value));
        form_preset(form, "price", money_field(rq->arena, course.price_cents));
    }
    session_days_preset(rq->arena, form, &(HalfDays){ 0 });
}

/* NULL: it may still be changed. */
static const char *not_editable(Tx *tx, const Session *s) {
    State state = story_where(tx, THING(session, s->id));
    if (state == STATE_session_draft || state == STATE_session_collecting_client_data)
        return NULL;
    bool is_ready = state == STATE_session_ready_to_validate;
    return session_word(is_ready ? SESSION_take_back_first : SESSION_not_editable);
}

/* The session of the address, or an empty one for "nouvelle". False: the reply is written. */
static bool find(Request *rq, Tx *tx, Session *ret) {
    const char *reference = rq_param(rq, "reference");
    *ret = (Session){ .trainer_id = rq->viewer->trainer_id, .place_kind = "" };
    if (!*reference)
        return true;
    if (!session_seen(tx, rq->viewer, reference, ret)) {
        reply_error(rq, 404, NULL);
        return false;
    }
    const char *why = not_editable(tx, ret);
    if (why)
        reply_error(rq, 409, why);
    return !why;
}

void session_form_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Session session;
    if (!find(rq, &tx, &session))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    if (session.id.value)
        preset(rq, &tx, &session, form);
    else
        preset_new(rq, &tx, form);
    show_form(rq, &tx, &session, form, NULL);
}

static bool is_postcode(const char *s) { return strlen(s) == 5 && strspn(s, "0123456789") == 5; }

static void read_place(Form *form, Session *s) {
    s->place_kind = form_choice(form, "place_kind", session_word(SESSION_place_kind), REQUIRED, places);
    bool is_remote = s->place_kind && !strcmp(s->place_kind, "remote");
    bool has_place = s->place_kind && *s->place_kind && !is_remote;
    const char *address = form_text(form, "address", session_word(SESSION_address), has_place, 200);
    const char *link = form_text(form, "link", session_word(SESSION_link), OPTIONAL, 250);
    s->address = is_remote ? link : address;
    s->postcode = form_text(form, "postcode", session_word(SESSION_postcode), has_place, 5);
    s->city = form_text(form, "city", session_word(SESSION_city), has_place, 80);
    if (!text_is_empty(s->postcode) && !is_postcode(s->postcode))
        form_refuse(form, "postcode", NULL, session_word(SESSION_postcode_bad));
    if (is_remote && !text_is_empty(link) && !text_starts(link, "https://"))
        form_refuse(form, "link", NULL, session_word(SESSION_link_bad));
    if (is_remote)
        s->postcode = s->city = "";
    int64_t percent = form_int(form, "remote", session_word(SESSION_remote), OPTIONAL, 0, 100);
    s->remote_bp = is_remote && text_is_empty(form_typed(form, "remote")) ? WHOLE_BP : percent * PERCENT_BP;
}

static int64_t chosen(Arena *arena, Form *form, const char *name, SessionWord label, const Option *options,
                      size_t count) {
    const char **words = arena_zero(arena, count + 1, sizeof *words);
    for (size_t i = 0; i < count; i++)
        words[i] = options[i].value;
    if (text_is_empty(form_choice(form, name, session_word(label), REQUIRED, words)))
        return 0;
    return form_int(form, name, session_word(label), REQUIRED, 1, INT64_MAX);
}

static Schedule read_form(Request *rq, Tx *tx, Form *form, Session *s) {
    size_t count;
    Course course;
    const Option *options = course_options(tx, rq, s->course_id, &count);
    s->course_id.value = chosen(rq->arena, form, "course", SESSION_course, options, count);
    if (session_course(tx, s->course_id, &course))
        s->title = course.title;
    if (is_staff(rq)) {
        options = trainer_options(tx, s->trainer_id, &count);
        s->trainer_id.value = chosen(rq->arena, form, "trainer", SESSION_trainer, options, count);
        s->fee_cents = form_money(form, "fee", session_word(SESSION_fee), OPTIONAL);
    }
    read_place(form, s);
    s->price_cents = form_money(form, "price", session_word(SESSION_price), REQUIRED);
    if (!form_message(form, "price") && s->price_cents.cents <= 0)
        form_refuse(form, "price", NULL, session_word(SESSION_price_missing));
    Schedule schedule = session_days_read(rq, form);
    s->is_holiday_confirmed = schedule.odd_count > 0;
    return schedule;
}

static const char *create(Request *rq, Tx *tx, const Session *s, const Schedule *schedule, Url *ret_next) {
    const char *why = NULL;
    Act act = story_act(rq, EVENT_create_session, story_own_actor(rq));
    SessionId id = session_create(tx, s, &schedule->half_days, &act, &why);
    Session made;
    if (!id.value || !session_get(tx, id, &made))
        return why ? why : session_word(SESSION_changed);
    *ret_next = url_print(rq->arena, "/sessions/%s/entreprise", made.reference);
    once_done(rq, tx, *ret_next);
    return NULL;
}

static const char *save(Request *rq, Tx *tx, const Session *s, const Schedule *schedule, Url *ret_next) {
    if (!session_save(tx, s))
        return session_word(SESSION_changed);
    session_half_days_set(tx, s->id, &schedule->half_days, rq->now);
    session_check(tx, s->id, rq->now);
    *ret_next = url_print(rq->arena, "/sessions/%s", s->reference);
    return NULL;
}

/* The refusal of a transaction that is given up: what is shown is read anew. */
static void show_refused(Request *rq, Tx *tx, const Form *form, const char *why) {
    db_rollback(tx);
    AUTO_TX Tx again = db_read(rq->db, rq->arena);
    Session now;
    if (find(rq, &again, &now))
        show_form(rq, &again, &now, form, why);
}

void session_form_post(Request *rq) {
    Form *grown = session_days_grow(rq), *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Session session;
    Url next = { 0 };
    if (!find(rq, &tx, &session) || (!session.id.value && once_was_done(rq, &tx)))
        return;
    if (grown) {
        show_form(rq, &tx, &session, grown, NULL);
        return;
    }
    Session before = session;
    Schedule schedule = read_form(rq, &tx, form, &session);
    if (session.id.value)
        session.version = form_int(form, "version", "version", REQUIRED, 0, INT64_MAX);
    if (!form_ok(form)) {
        before.version = session.version;
        show_form(rq, &tx, &before, form, NULL);
        return;
    }
    const char *why = session.id.value ? save(rq, &tx, &session, &schedule, &next)
                                       : create(rq, &tx, &session, &schedule, &next);
    if (tx.error)
        reply_fault(rq, &tx);
    else if (why)
        show_refused(rq, &tx, form, why);
    else if (!db_commit(&tx))
        reply_fault(rq, &tx);
    else {
        page_say(rq, session_word(SESSION_saved));
        reply_see(rq, next);
    }
}
