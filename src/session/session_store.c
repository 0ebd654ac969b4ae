#include "session_store.h"

#include <string.h>

#include "date.h"
#include "people_store.h"
#include "session_sql.h"
#include "text.h"
#include "trainer_store.h"

static Course course_from(const CourseRow *row) {
    return (Course){ .id = row->id,
                     .trainer_id = row->trainer_id,
                     .title = row->title,
                     .objectives = row->objectives,
                     .prerequisites = row->prerequisites,
                     .audience = row->audience,
                     .content = row->content,
                     .methods = row->methods,
                     .means = row->means,
                     .assessment = row->assessment,
                     .accessibility = row->accessibility,
                     .access_delay = row->access_delay,
                     .nature = row->nature,
                     .nsf = row->nsf,
                     .duration_minutes = row->duration_minutes,
                     .price_cents = row->price_cents,
                     .is_published = row->is_published,
                     .version = row->version };
}

bool session_course(Tx *tx, CourseId course_id, Course *ret) {
    CourseRow row;
    if (!course_by_id(tx, course_id, &row))
        return false;
    *ret = course_from(&row);
    return true;
}

Courses session_courses(Tx *tx, TrainerId trainer_id) {
    Courses all = { 0 };
    CourseRows rows = courses_for(tx, trainer_id);
    for (size_t i = 0; i < rows.count; i++)
        *(Course *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                              sizeof *all.at) = course_from(&rows.at[i]);
    return all;
}

static const char *or_empty(const char *s) { return s ? s : ""; }

CourseId session_course_add(Tx *tx, const Course *c) {
    return course_insert(tx, c->trainer_id, or_empty(c->title), or_empty(c->objectives),
                         or_empty(c->prerequisites), or_empty(c->audience), or_empty(c->content),
                         or_empty(c->methods), or_empty(c->means), or_empty(c->assessment),
                         or_empty(c->accessibility), or_empty(c->access_delay),
                         text_is_empty(c->nature) ? "action_formation" : c->nature, or_empty(c->nsf),
                         c->duration_minutes, c->price_cents, c->is_published);
}

bool session_course_save(Tx *tx, const Course *c) {
    return course_update(tx, or_empty(c->title), or_empty(c->objectives), or_empty(c->prerequisites),
                         or_empty(c->audience), or_empty(c->content), or_empty(c->methods),
                         or_empty(c->means), or_empty(c->assessment), or_empty(c->accessibility),
                         or_empty(c->access_delay), or_empty(c->nature), or_empty(c->nsf),
                         c->duration_minutes, c->price_cents, c->is_published, c->id, c->version) == 1;
}

static Session session_from(const SessionRow *row) {
    return (Session){ .id = row->id,
                      .reference = row->reference,
                      .course_id = row->course_id,
                      .trainer_id = row->trainer_id,
                      .title = row->title,
                      .place_kind = row->place_kind,
                      .address = row->address,
                      .postcode = row->postcode,
                      .city = row->city,
                      .remote_bp = row->remote_bp,
                      .starts_on = row->starts_on,
                      .ends_on = row->ends_on,
                      .duration_minutes = row->duration_minutes,
                      .price_cents = row->price_cents,
                      .fee_cents = row->fee_cents,
                      .is_holiday_confirmed = row->is_holiday_confirmed,
                      .created_at = row->created_at,
                      .version = row->version };
}

static Sessions sessions_from(Tx *tx, SessionRows rows) {
    Sessions all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Session *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = session_from(&rows.at[i]);
    return all;
}

bool session_get(Tx *tx, SessionId session_id, Session *ret) {
    SessionRow row;
    if (!session_by_id(tx, session_id, &row))
        return false;
    *ret = session_from(&row);
    return true;
}

/* The trainer sees his own: his id narrows the query. False: this viewer sees no session at all. */
static bool narrow(const Viewer *viewer, TrainerId *ret) {
    *ret = viewer->role == ROLE_TRAINER ? viewer->trainer_id : (TrainerId){ 0 };
    return viewer_sees_all(viewer) || (viewer->role == ROLE_TRAINER && viewer->trainer_id.value);
}

bool session_seen(Tx *tx, const Viewer *viewer, const char *reference, Session *ret) {
    TrainerId trainer_id;
    SessionRow row;
    if (!narrow(viewer, &trainer_id) || !session_by_reference(tx, reference, trainer_id, &row))
        return false;
    *ret = session_from(&row);
    return true;
}

Sessions session_of_trainer(Tx *tx, TrainerId trainer_id, Date from, int64_t most) {
    return sessions_from(tx, sessions_of_trainer(tx, trainer_id, from, most));
}

Sessions session_list(Tx *tx, const Viewer *viewer, const char *state, Date after_on, SessionId after_id,
                      int64_t most) {
    TrainerId trainer_id;
    if (!narrow(viewer, &trainer_id))
        return (Sessions){ 0 };
    if (!after_on.days)
        after_on.days = 1; /* 0 would be NULL; nothing starts in 1970 */
    if (text_is_empty(state))
        return sessions_from(tx, sessions_after(tx, after_on, after_id, trainer_id, most));
    return sessions_from(tx, sessions_in_state(tx, state, after_on, after_id, trainer_id, most));
}

HalfDays session_half_days(Tx *tx, SessionId session_id) {
    HalfDays all = { 0 };
    HalfDayRows rows = half_days_of(tx, session_id);
    for (size_t i = 0; i < rows.count; i++)
        *(HalfDay *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = (HalfDay){ .id = rows.at[i].id,
                                                            .session_id = rows.at[i].session_id,
                                                            .held_on = rows.at[i].held_on,
                                                            .half = rows.at[i].half,
                                                            .starts_minutes = rows.at[i].starts_minutes,
                                                            .ends_minutes = rows.at[i].ends_minutes };
    return all;
}

int64_t session_next_number(Tx *tx, const char *series) {
    Series next = { 0 };
    series_next(tx, series, &next);
    return next.number;
}

static const char *words_of(Tx *tx, const char *reference, const Session *s) {
    return text_fold(tx->arena,
                     arena_print(tx->arena, "%s %s %s", reference, or_empty(s->title), or_empty(s->city)));
}

SessionId session_create(Tx *tx, const Session *s, const HalfDays *half_days, const Act *act,
                         const char **ret_why) {
    int year, month, day;
    date_split(instant_date(act->now), &year, &month, &day);
    const char *reference = arena_print(
        tx->arena, "S-%d-%03lld", year,
        (long long)session_next_number(tx, arena_print(tx->arena, "session-%d", year)));
    SessionId id = session_insert(tx, reference, s->course_id, s->trainer_id, or_empty(s->title),
                                  or_empty(s->place_kind), or_empty(s->address), or_empty(s->postcode),
                                  or_empty(s->city), s->remote_bp, s->price_cents, s->fee_cents,
                                  s->is_holiday_confirmed, words_of(tx, reference, s), act->now);
    Thing thing = THING(session, id);
    story_tick(tx, thing, TRAINER_IS_ACTIVE, trainer_may_open(tx, s->trainer_id), act->now);
    Act born = *act;
    born.event = EVENT_create_session;
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, born);
    if (!outcome.done) {
        *ret_why = outcome.why;
        return (SessionId){ 0 };
    }
    session_half_days_set(tx, id, half_days, act->now);
    session_check(tx, id, act->now);
    return id;
}

bool session_save(Tx *tx, const Session *s) {
    return session_update(tx, s->course_id, or_empty(s->title), or_empty(s->place_kind), or_empty(s->address),
                          or_empty(s->postcode), or_empty(s->city), s->remote_bp, s->price_cents,
                          s->fee_cents, s->is_holiday_confirmed, words_of(tx, s->reference, s), s->id,
                          s->version) == 1;
}

void session_half_days_set(Tx *tx, SessionId session_id, const HalfDays *half_days, Instant now) {
    Date first = { 0 }, last = { 0 };
    int64_t minutes = 0;
    half_days_clear(tx, session_id);
    for (size_t i = 0; i < half_days->count; i++) {
        const HalfDay *h = &half_days->at[i];
        half_day_insert(tx, session_id, h->held_on, h->half, h->starts_minutes, h->ends_minutes);
        minutes += h->ends_minutes - h->starts_minutes;
        if (date_is_none(first) || h->held_on.days < first.days)
            first = h->held_on;
        if (date_is_none(last) || h->held_on.days > last.days)
            last = h->held_on;
    }
    session_days(tx, first, last, minutes, session_id);
    story_dates(tx, THING(session, session_id), first, last, (Date){ 0 }, now);
    if (!date_is_none(first))
        story_plan(tx, THING(session, session_id), EVENT_start_date_reached_without_green,
                   instant_at(first, 0));
}

void session_fee_set(Tx *tx, SessionId session_id, Money fee) { session_fee(tx, fee, session_id); }

void session_check(Tx *tx, SessionId session_id, Instant now) {
    Session s;
    Course course;
    HalfDays days = session_half_days(tx, session_id);
    if (!session_get(tx, session_id, &s))
        return;
    bool taught = session_course(tx, s.course_id, &course) && !text_is_empty(course.objectives) &&
                  !text_is_empty(course.content);
    bool placed = !strcmp(s.place_kind, "remote") || (!text_is_empty(s.address) && !text_is_empty(s.city));
    Thing thing = THING(session, session_id);
    story_tick(tx, thing, SESSION_IS_COMPLETE, taught && placed && days.count && s.price_cents.cents > 0,
               now);
    story_tick(tx, thing, DATES_ARE_AHEAD,
               !date_is_none(s.starts_on) && s.starts_on.days > instant_date(now).days, now);
    story_tick(tx, thing, TRAINER_IS_ACTIVE, trainer_may_open(tx, s.trainer_id), now);
}

Outcome session_reschedule(Tx *tx, SessionId session_id, const HalfDays *half_days, const Act *act) {
    Session s;
    if (!session_get(tx, session_id, &s))
        return (Outcome){ .why = story_need_message(NEW_DATES_ARE_SET), .missing = NEW_DATES_ARE_SET };
    people_setting_set(tx, arena_print(tx->arena, "session.%lld.former", (long long)session_id.value),
                       date_span(tx->arena, s.starts_on, s.ends_on));
    session_half_days_set(tx, session_id, half_days, act->now);
    session_check(tx, session_id, act->now);
    Thing thing = THING(session, session_id);
    story_tick(tx, thing, NEW_DATES_ARE_SET, half_days->count > 0, act->now);
    Act moved = *act;
    moved.event = EVENT_reschedule;
    Outcome outcome = story_fire(tx, thing, (Thing){ 0 }, moved);
    story_tick(tx, thing, NEW_DATES_ARE_SET, false, act->now); /* the next move needs dates of its own */
    return outcome;
}
