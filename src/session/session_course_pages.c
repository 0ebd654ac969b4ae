/* The catalogue: what is taught. A trainer keeps his own courses; the house's are kept by staff. */
#include "session_pages.h"

#include <stddef.h>

#include "date.h"
#include "frame.h"
#include "once_pages.h"
#include "people_store.h"
#include "session_course_html.h"
#include "session_store.h"
#include "session_words.h"
#include "text.h"

enum { LINES_LONGEST = 4000, LINE_LONGEST = 200 };

static bool is_staff(const Request *rq) { return rq->viewer->role == ROLE_STAFF; }

static const char *trainer_name(Tx *tx, TrainerId id) {
    Trainer t;
    if (!id.value || !people_trainer(tx, id, &t))
        return "";
    return arena_print(tx->arena, "%s %s", t.first_name, t.last_name);
}

static Url session_from(Request *rq, CourseId id) {
    return url_print(rq->arena, "/sessions/nouvelle?formation=%ld", id.value);
}

void session_courses_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Html *h = page_html(rq);
    Courses all = session_courses(&tx, rq->viewer->trainer_id);
    CourseLine *lines = arena_zero(rq->arena, all.count, sizeof *lines);
    for (size_t i = 0; i < all.count; i++) {
        const Course *c = &all.at[i];
        lines[i] = (CourseLine){ .title = c->title,
                                 .duration = minutes_hours(rq->arena, c->duration_minutes),
                                 .whose = trainer_name(&tx, c->trainer_id),
                                 .price = c->price_cents,
                                 .is_published = c->is_published,
                                 .url = url_print(rq->arena, "/formations/%ld", c->id.value),
                                 .session = session_from(rq, c->id) };
    }
    view_session_courses(h, &(CoursesView){ lines, all.count, url_print(rq->arena, "/formations/nouvelle") });
    page_send(
        rq, 200,
        &(Page){
            .title = session_word(SESSION_courses), .body = h, .nav = "sessions", .is_dense = is_staff(rq) });
}

static bool may_change(const Request *rq, const Course *c) {
    return is_staff(rq) || c->trainer_id.value == rq->viewer->trainer_id.value;
}

/* What the fields of text are called, here and in the form, and where they go. */
typedef struct Part {
    const char *name;
    SessionWord label;
    bool is_required;
    size_t longest, at;
} Part;

#define PART(name, required, longest)                                                                        \
    { #name, SESSION_##name, required, longest, offsetof(Course, name) }
static const Part parts[] = {
    PART(title, REQUIRED, LINE_LONGEST),          PART(objectives, REQUIRED, LINES_LONGEST),
    PART(prerequisites, REQUIRED, LINES_LONGEST), PART(audience, REQUIRED, LINES_LONGEST),
    PART(content, REQUIRED, LINES_LONGEST),       PART(methods, REQUIRED, LINES_LONGEST),
    PART(means, OPTIONAL, LINES_LONGEST),         PART(assessment, REQUIRED, LINES_LONGEST),
    PART(accessibility, REQUIRED, LINES_LONGEST), PART(access_delay, REQUIRED, LINE_LONGEST),
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static const char **part_of(Course *c, const Part *part) {
    return (const char **)(void *)((char *)c + part->at);
}

static const SumLine *read_only(Arena *arena, Course *c, size_t *ret_count) {
    SumLine *lines = arena_zero(arena, PARTS + 2, sizeof *lines);
    for (size_t i = 0; i < PARTS; i++)
        lines[i] = (SumLine){ .label = session_word(parts[i].label), .value = *part_of(c, &parts[i]) };
    lines[PARTS] = (SumLine){ .label = session_word(SESSION_duration),
                              .value = minutes_hours(arena, c->duration_minutes) };
    lines[PARTS + 1] = (SumLine){ .label = session_word(SESSION_price),
                                  .value = money_text(arena, c->price_cents) };
    *ret_count = PARTS + 2;
    return lines;
}

static void show(Request *rq, Course *c, const Form *form, const char *refusal) {
    Html *h = page_html(rq);
    bool is_new = !c->id.value;
    CourseView view = { .form = form,
                        .action = is_new ? url_print(rq->arena, "/formations/nouvelle")
                                         : url_print(rq->arena, "/formations/%ld", c->id.value),
                        .back = url_print(rq->arena, "/formations"),
                        .session = session_from(rq, c->id),
                        .title = is_new ? session_word(SESSION_course_new) : c->title,
                        .refusal = refusal,
                        .version = c->version,
                        .may_change = is_new || may_change(rq, c) };
    if (!view.may_change)
        view.lines = read_only(rq->arena, c, &view.line_count);
    view_session_course(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = view.title,
                       .body = h,
                       .form = form,
                       .nav = "sessions",
                       .is_dense = is_staff(rq),
                       .crumbs = { { session_word(SESSION_courses), view.back } } });
}

/* False: the reply is written. Another trainer's course is not there. */
static bool find(Request *rq, Tx *tx, Course *ret) {
    const char *word = rq_param(rq, "course");
    *ret = (Course){ .trainer_id = rq->viewer->trainer_id };
    if (!*word)
        return true;
    const FieldValue field = { "course", word };
    Form *form = form_new(rq->arena, &field, 1, rq->today);
    CourseId id = { form_int(form, "course", "course", REQUIRED, 1, INT64_MAX) };
    if (id.value && session_course(tx, id, ret) && (may_change(rq, ret) || !ret->trainer_id.value))
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

void session_course_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Course course;
    if (!find(rq, &tx, &course))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    bool is_new = !course.id.value;
    for (size_t i = 0; i < PARTS && !is_new; i++)
        form_preset(form, parts[i].name, *part_of(&course, &parts[i]));
    if (!is_new) {
        form_preset(form, "duration", minutes_hours(rq->arena, course.duration_minutes));
        form_preset(form, "price", money_field(rq->arena, course.price_cents));
    }
    if (is_new || course.is_published)
        form_preset(form, "is_published", "1");
    show(rq, &course, form, NULL);
}

static void read_form(Form *form, Course *c) {
    for (size_t i = 0; i < PARTS; i++)
        *part_of(c, &parts[i]) = form_text(form, parts[i].name, session_word(parts[i].label),
                                           parts[i].is_required, parts[i].longest);
    c->duration_minutes = form_hours(form, "duration", session_word(SESSION_duration), REQUIRED);
    c->price_cents = form_money(form, "price", session_word(SESSION_price), REQUIRED);
    c->is_published = form_tick(form, "is_published");
    if (!form_message(form, "duration") && c->duration_minutes <= 0)
        form_refuse(form, "duration", NULL, session_word(SESSION_duration_none));
    if (!form_message(form, "price") && c->price_cents.cents <= 0)
        form_refuse(form, "price", NULL, session_word(SESSION_price_missing));
    if (c->id.value)
        c->version = form_int(form, "version", "version", REQUIRED, 0, INT64_MAX);
}

void session_course_post(Request *rq) {
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Course course;
    Url next = url_print(rq->arena, "/formations");
    if (!find(rq, &tx, &course) || (!course.id.value && once_was_done(rq, &tx)))
        return;
    if (course.id.value && !may_change(rq, &course)) {
        reply_error(rq, 404, NULL);
        return;
    }
    Course before = course;
    read_form(form, &course);
    if (!form_ok(form)) {
        before.version = course.version;
        show(rq, &before, form, NULL);
        return;
    }
    if (!course.id.value) {
        session_course_add(&tx, &course);
        once_done(rq, &tx, next);
    } else if (!session_course_save(&tx, &course) && !tx.error) {
        show(rq, &before, form, session_word(SESSION_course_changed));
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, session_word(SESSION_course_saved));
    reply_see(rq, next);
}
