/* The desk's pages, each opened by each role on a small world: they answer, show what matters, and hide the
 * rest. */
#include "desk_pages.h"

#include <string.h>

#include "date.h"
#include "desk_store.h"
#include "house.h"
#include "quality_pages.h"
#include "test.h"
#include "test_db.h"

static StoryHouse nothing_follows;

static const char *fine(Tx *tx, const Cause *cause) {
    (void)tx, (void)cause;
    return NULL;
}

static const House house = { .public_url = "http://127.0.0.1", .folder = "/tmp" };

#define NAMED(name_, value_)                                                                                 \
    { .name = (name_), .value = (value_) }

typedef struct World {
    Arena *arena;
    Db *db;
    Instant now;
    TrainerId trainer;
    CompanyId company;
    Session session;
    Dossier dossier;
    AuditId audit;
} World;

static void fill(World *w, Tx *tx) {
    Act act = { .actor = STAFF, .person = "Thomas Girard", .now = w->now };
    const char *why = NULL;
    w->trainer = people_trainer_add(tx, &(Trainer){ .first_name = "Nadia", .last_name = "Benali" });
    story_tick(tx, THING(trainer, w->trainer), PAPERS_ARE_VALID, true, w->now);
    act.event = EVENT_invited;
    story_fire(tx, THING(trainer, w->trainer), (Thing){ 0 }, act);
    act.event = EVENT_dossier_complete;
    story_fire(tx, THING(trainer, w->trainer), (Thing){ 0 }, act);
    CourseId course = session_course_add(tx, &(Course){ .trainer_id = w->trainer, .title = "Coloration" });
    HalfDay half = {
        .held_on = date_of(2026, 12, 14), .half = "am", .starts_minutes = 540, .ends_minutes = 750
    };
    SessionId session = session_create(
        tx,
        &(Session){
            .course_id = course, .trainer_id = w->trainer, .title = "Coloration <b>", .place_kind = "room" },
        &(HalfDays){ &half, 1 }, &act, &why);
    w->company = people_company_add(tx, &(Company){ .name = "Salon Camille" }, w->now);
    DossierId dossier = dossier_open(tx, session, w->company, &act);
    w->audit = quality_audit_open(tx,
                                  &(Audit){ .dossier_id = dossier,
                                            .funder_code = "OPCO_EP",
                                            .asked_on = date_of(2026, 11, 23),
                                            .due_on = date_of(2026, 12, 20),
                                            .auditor_name = "A. Roux" },
                                  &act, &why);
    assert_true(session_get(tx, session, &w->session));
    assert_true(dossier_get(tx, dossier, &w->dossier));
}

static World a_world(Arena *arena) {
    World w = { .arena = arena, .db = test_db(arena), .now = instant_at(date_of(2026, 11, 24), 600) };
    for (int r = 1; r < REACTION_COUNT; r++)
        nothing_follows.reactions[r] = fine;
    db_set_house(w.db, &nothing_follows);
    AUTO_TX Tx tx = db_begin(w.db, arena);
    fill(&w, &tx);
    assert_true(db_commit(&tx));
    return w;
}

static Request request(const World *w, const Viewer *viewer, const FieldValue *params, size_t count) {
    return (Request){ .arena = w->arena,
                      .db = w->db,
                      .now = w->now,
                      .today = instant_date(w->now),
                      .method = METHOD_GET,
                      .path = "/",
                      .number = "TEST-1",
                      .nonce = "nonce",
                      .remote = "127.0.0.1",
                      .user_agent = "",
                      .viewer = viewer,
                      .csrf = "csrf",
                      .house = &house,
                      .params = params,
                      .param_count = count,
                      .body_fd = -1 };
}

static const char *said(const Request *rq) {
    return rq->body.n ? arena_copy_n(rq->arena, rq->body.p, rq->body.n) : "";
}

/* Who looks, and at what: words that the world fills in. */
typedef enum Who {
    NOBODY_HERE,
    STAFF_HERE,
    ADVISER_HERE,
    TRAINER_HERE,
    OTHER_TRAINER,
    COMPANY_HERE,
    AUDITOR_HERE
} Who;

typedef struct Look {
    Who who;
    void (*page)(Request *rq);
    const char *name, *value; /* the parameter of the address */
    int status;
    const char *has, *lacks; /* "" : no matter */
} Look;

static const Look looks[] = {
    { NOBODY_HERE, desk_home, "", "", 200, "six", "" },
    { STAFF_HERE, desk_home, "", "", 303, "", "" },
    { STAFF_HERE, desk_dossier_page, "reference", "DOSSIER", 200, "Journal", "<b>C" },
    { COMPANY_HERE, desk_dossier_page, "reference", "DOSSIER", 200, "Vos doc", "Journal" },
    { TRAINER_HERE, desk_dossier_page, "reference", "DOSSIER", 200, "Salon", "h-cout" },
    { ADVISER_HERE, desk_dossier_page, "reference", "DOSSIER", 200, "Salon", "h-actes" },
    { AUDITOR_HERE, desk_dossier_page, "reference", "DOSSIER", 200, "", "h-actes" },
    { OTHER_TRAINER, desk_dossier_page, "reference", "DOSSIER", 404, "", "Salon" },
    { TRAINER_HERE, desk_session_page, "reference", "SESSION", 200, "Salon", "" },
    { OTHER_TRAINER, desk_session_page, "reference", "SESSION", 404, "", "" },
    { STAFF_HERE, desk_worklist_page, "", "", 200, "Bonjour Thomas", "" },
    { STAFF_HERE, desk_sessions_page, "", "", 200, "S-2026-", "" },
    { STAFF_HERE, desk_search_page, "", "", 200, "SIRET", "" },
    { COMPANY_HERE, desk_company_page, "", "", 200, "2026-0001", "" },
    { TRAINER_HERE, desk_trainer_page, "", "", 200, "Coloration", "" },
    { ADVISER_HERE, desk_adviser_page, "", "", 200, "2026-0001", "" },
    { STAFF_HERE, desk_mails_page, "", "", 200, "Courriels", "" },
    { NOBODY_HERE, desk_help_page, "page", "contact", 200, "dossier", "" },
    { NOBODY_HERE, desk_help_page, "page", "../x", 404, "", "" },
    { STAFF_HERE, desk_document, "document", "12", 404, "", "" },
    { TRAINER_HERE, desk_act_page, "event", "cancel", 200, "Pourquoi", "" },
    { OTHER_TRAINER, desk_act_page, "event", "cancel", 404, "", "" },
    { ADVISER_HERE, desk_act_page, "event", "cancel", 404, "", "" },
    { STAFF_HERE, desk_act_page, "event", "first_slot_signed", 404, "", "" },
    { STAFF_HERE, desk_act_page, "event", "close", 409, "", "<button class=\"btn\">" },
    { STAFF_HERE, desk_act_page, "event", "reschedule", 303, "", "" },
    { STAFF_HERE, quality_list_page, "", "", 200, "C-2026-0001", "" },
    { STAFF_HERE, quality_audit_page, "audit", "AUDIT", 200, "A. Roux", "" },
    { AUDITOR_HERE, quality_room_page, "", "", 200, "Salon", "" },
    { STAFF_HERE, quality_open_page, "reference", "DOSSIER", 200, "auditor_email", "" },
};

static Viewer viewer_of(const World *w, Who who) {
    const Viewer all[] = {
        [NOBODY_HERE] = { .role = ROLE_NOBODY, .name = "", .email = "" },
        [STAFF_HERE] = { .role = ROLE_STAFF, .name = "Thomas Girard", .email = "" },
        [ADVISER_HERE] = { .role = ROLE_ADVISER, .name = "Agathe Roy", .email = "" },
        [TRAINER_HERE] = { .role = ROLE_TRAINER,
                           .name = "Nadia Benali",
                           .email = "",
                           .trainer_id = w->trainer },
        [OTHER_TRAINER] = { .role = ROLE_TRAINER, .name = "Luc Ly", .email = "", .trainer_id = { 99 } },
        [COMPANY_HERE] = { .role = ROLE_COMPANY, .name = "Camille", .email = "", .company_id = w->company },
        [AUDITOR_HERE] = { .role = ROLE_AUDITOR,
                           .name = "A. Roux",
                           .email = "",
                           .audit_id = w->audit,
                           .dossier_id = w->dossier.id },
    };
    return all[who];
}

static const char *value_of(const World *w, const char *value) {
    if (!strcmp(value, "DOSSIER"))
        return w->dossier.reference;
    if (!strcmp(value, "SESSION"))
        return w->session.reference;
    return strcmp(value, "AUDIT") != 0 ? value : arena_print(w->arena, "%lld", (long long)w->audit.value);
}

static void looks_right(const World *w, const Look *look) {
    Viewer viewer = viewer_of(w, look->who);
    const FieldValue params[] = { NAMED(look->name, value_of(w, look->value)), NAMED("machine", "session"),
                                  NAMED("thing",
                                        arena_print(w->arena, "%lld", (long long)w->session.id.value)) };
    Request rq = request(w, &viewer, params, 3);
    look->page(&rq);
    const char *text = said(&rq);
    if (rq.status != look->status)
        fail_msg("look %zu: %d, expected %d", (size_t)(look - looks), rq.status, look->status);
    if (*look->has && !strstr(text, look->has))
        fail_msg("look %zu: '%s' is missing in %s", (size_t)(look - looks), look->has, text);
    if (*look->lacks && strstr(text, look->lacks))
        fail_msg("look %zu: '%s' is shown", (size_t)(look - looks), look->lacks);
}

static void test_pages(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    World w = a_world(arena);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        looks_right(&w, &looks[i]);
    db_close(w.db);
}

/* With the login, four queries in all. */
static void test_worklist_is_cheap(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    World w = a_world(arena);
    Viewer staff = { .role = ROLE_STAFF, .name = "Thomas Girard", .email = "" };
    Request rq = request(&w, &staff, NULL, 0);
    int64_t before = db_steps();
    desk_worklist_page(&rq);
    assert_int_equal(rq.status, 200);
    assert_int_equal(db_steps() - before, 3);
    db_close(w.db);
}

static void test_an_act_is_done_once(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    World w = a_world(arena);
    Viewer trainer = { .role = ROLE_TRAINER, .name = "Nadia Benali", .email = "", .trainer_id = w.trainer };
    FieldValue params[] = { NAMED("machine", "session"),
                            NAMED("thing", arena_print(arena, "%lld", (long long)w.session.id.value)),
                            NAMED("event", "cancel") };
    FieldValue bare[] = { NAMED("request_key", "k0") };
    Request rq = request(&w, &trainer, params, 3);
    rq.method = METHOD_POST;
    rq.fields = bare;
    rq.field_count = 1;
    desk_act_post(&rq);
    assert_int_equal(rq.status, 422);
    FieldValue fields[] = { NAMED("request_key", "k1"), NAMED("reason", "Trop peu de monde") };
    rq = request(&w, &trainer, params, 3);
    rq.method = METHOD_POST;
    rq.fields = fields;
    rq.field_count = 2;
    desk_act_post(&rq);
    assert_int_equal(rq.status, 303);
    assert_string_equal(rq.location, url_print(arena, "/sessions/%s", w.session.reference).path);
    rq = request(&w, &trainer, params, 3);
    rq.method = METHOD_POST;
    rq.fields = fields;
    rq.field_count = 2;
    desk_act_post(&rq); /* the second click is the same event */
    assert_int_equal(rq.status, 303);
    AUTO_TX Tx tx = db_read(w.db, arena);
    assert_int_equal(story_where(&tx, THING(session, w.session.id)), STATE_session_cancelled);
    Lines lines = story_lines(&tx, THING(session, w.session.id));
    assert_string_equal(lines.at[lines.count - 1].reason, "Trop peu de monde");
    db_rollback(&tx);
    db_close(w.db);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pages),
                                        cmocka_unit_test(test_worklist_is_cheap),
                                        cmocka_unit_test(test_an_act_is_done_once) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
