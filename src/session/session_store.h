/* session_store.h - what is taught, when, to whom, at what price. Owns course, session, half_day, series;
 * moves the machine `session`. */
#pragma once
#include "db.h"
#include "ids.h"
#include "session_schedule.h"
#include "story_store.h"
#include "viewer.h"

typedef struct Course {
    CourseId    id;
    TrainerId   trainer_id;
    const char *title, *objectives, *prerequisites, *audience, *content, *methods, *means, *assessment,
        *accessibility, *access_delay, *nature, *nsf;
    int64_t     duration_minutes;
    Money       price_cents;
    bool        is_published;
    int64_t     version;
} Course;
typedef struct Courses { Course *at; size_t count; } Courses;
CourseId session_course_add(Tx *tx, const Course *course);
bool     session_course_save(Tx *tx, const Course *course); /* false: changed meanwhile */
bool     session_course(Tx *tx, CourseId course_id, Course *ret);
Courses  session_courses(Tx *tx, TrainerId trainer_id); /* his and the house's; 0: all */

typedef struct Session {
    SessionId   id;
    const char *reference;
    CourseId    course_id;
    TrainerId   trainer_id;
    const char *title, *place_kind, *address, *postcode, *city;
    int64_t     remote_bp;
    Date        starts_on, ends_on;
    int64_t     duration_minutes;
    Money       price_cents, fee_cents;
    bool        is_holiday_confirmed;
    Instant     created_at;
    int64_t     version;
} Session;
typedef struct Sessions { Session *at; size_t count; } Sessions;

bool     session_get(Tx *tx, SessionId session_id, Session *ret);
/* As this viewer may see it: staff and advisers all, the trainer his own; others never (they see their
 * dossier). */
bool     session_seen(Tx *tx, const Viewer *viewer, const char *reference, Session *ret);
HalfDays session_half_days(Tx *tx, SessionId session_id); /* in time order */
Sessions session_of_trainer(Tx *tx, TrainerId trainer_id, Date from, int64_t most);
/* Sessions as this viewer sees them, by start, keyset: after (date, id). */
Sessions session_list(Tx *tx, const Viewer *viewer, const char *state, Date after_on, SessionId after_id,
                      int64_t most);

/* Creates the session (number, row, half-days, birth of its machine). Refusal in *ret_why. */
SessionId session_create(Tx *tx, const Session *session, const HalfDays *half_days, const Act *act,
                         const char **ret_why);
bool      session_save(Tx *tx, const Session *session); /* while draft; false: changed meanwhile */
/* also sums, first and last day, story_dates */
void      session_half_days_set(Tx *tx, SessionId session_id, const HalfDays *half_days, Instant now);
void      session_fee_set(Tx *tx, SessionId session_id, Money fee);
/* Ticks SESSION_IS_COMPLETE, DATES_ARE_AHEAD, TRAINER_IS_ACTIVE from what the rows say. Called before every
 * act on it. */
void      session_check(Tx *tx, SessionId session_id, Instant now);
/* New dates: replaces the half-days, ticks NEW_DATES_ARE_SET, fires reschedule (whose reactions ask for new
 * agreements). */
Outcome   session_reschedule(Tx *tx, SessionId session_id, const HalfDays *half_days, const Act *act);

/* The next number of a series; the row stays locked until the end of the transaction, so that no number is
 * lost or given twice. */
int64_t session_next_number(Tx *tx, const char *series);

/* Reactions (app/reactions.def). */
const char *session_try_open(Tx *tx, const Cause *cause);   /* try_open_session */
const char *session_lose_green(Tx *tx, const Cause *cause); /* lose_session_green */
const char *session_start(Tx *tx, const Cause *cause);      /* start_session */
