/* The pages of presence, called as the house calls them: who sees what, what a click does. */
#include "attendance_pages.h"

#include "request.h"
#include "test_attendance_store.h"

typedef struct Place {
    Db *db;
    Arena *arena;
    World w;
    Session session;
    Slot slots[3]; /* of the morning */
    HalfDayId half_day_id;
} Place;

static Viewer participant(const Place *p, int which) {
    return (Viewer){ .role = ROLE_PARTICIPANT, .participant_id = p->w.people[which], .name = "Lea Martin" };
}
static Viewer trainer(const Place *p) {
    return (Viewer){ .role = ROLE_TRAINER, .trainer_id = p->session.trainer_id, .name = "Nadia Benali" };
}
static Viewer staff(void) { return (Viewer){ .role = ROLE_STAFF, .name = "Thomas Girard" }; }

typedef struct Call {
    void (*handler)(Request *rq);
    Viewer viewer;
    Instant now;
    const FieldValue *params, *fields;
    size_t param_count, field_count;
} Call;

static Request call(const Place *p, const Call *c) {
    Viewer *viewer = arena_zero(p->arena, 1, sizeof *viewer);
    *viewer = c->viewer;
    Request rq = { .arena = p->arena,
                   .db = p->db,
                   .now = c->now,
                   .today = instant_date(c->now),
                   .method = c->field_count ? METHOD_POST : METHOD_GET,
                   .path = "/",
                   .number = "TEST",
                   .nonce = arena_print(p->arena, "%p", (void *)viewer),
                   .remote = "127.0.0.1",
                   .user_agent = "Navigateur",
                   .params = c->params,
                   .param_count = c->param_count,
                   .fields = c->fields,
                   .field_count = c->field_count,
                   .viewer = viewer,
                   .csrf = "csrf",
                   .body_fd = -1 };
    c->handler(&rq);
    return rq;
}

static const char *body(const Place *p, const Request *rq) {
    return arena_copy_n(p->arena, rq->body.p, rq->body.n);
}

static void shows(const Place *p, const Request *rq, int status, const char *part) {
    assert_int_equal(rq->status, status);
    if (!strstr(body(p, rq), part))
        fail_msg("\"%s\" is not in:\n%s", part, body(p, rq));
}

static Request on_slot(const Place *p, SlotId slot_id, Viewer viewer, Instant now, bool is_post,
                       const char *tick) {
    FieldValue *param = arena_zero(p->arena, 1, sizeof *param),
               *field = arena_zero(p->arena, 1, sizeof *field);
    *param = (FieldValue){ "slot", arena_print(p->arena, "%lld", (long long)slot_id.value) };
    *field = (FieldValue){ "attest", tick };
    return call(p, &(Call){ is_post ? attendance_sign_post : attendance_sign_page, viewer, now, param, field,
                            1, is_post });
}

static Request on_session(const Place *p, void (*handler)(Request *), Viewer viewer, Instant now,
                          const FieldValue *fields, size_t count) {
    FieldValue *params = arena_zero(p->arena, 2, sizeof *params);
    params[0] = (FieldValue){ "reference", p->session.reference };
    params[1] = (FieldValue){ "half", arena_print(p->arena, "%lld", (long long)p->half_day_id.value) };
    bool has_half = handler != attendance_certificats_page && handler != attendance_certificats_post;
    return call(p, &(Call){ handler, viewer, now, params, fields, has_half ? 2 : 1, count });
}

static void on_his_own_link(const Place *p) {
    Request rq = call(p, &(Call){ .handler = attendance_participant_page,
                                  .viewer = participant(p, 0),
                                  .now = on_day(AM_STARTS) });
    shows(p, &rq, 200, arena_print(p->arena, "/presences/%lld", (long long)p->slots[0].id.value));
    rq = on_slot(p, p->slots[0].id, participant(p, 1), on_day(AM_STARTS), false, "");
    assert_int_equal(rq.status, 404);
    rq = on_slot(p, p->slots[0].id, participant(p, 1), on_day(AM_STARTS), true, "1");
    assert_int_equal(rq.status, 404);
    rq = on_slot(p, p->slots[0].id, participant(p, 0), on_day(AM_STARTS - 16), true, "1");
    shows(p, &rq, 409, "8 h 45");
    rq = on_slot(p, p->slots[0].id, participant(p, 0), on_day(AM_STARTS), true, "");
    shows(p, &rq, 422, "Cochez la case");
    rq = on_slot(p, p->slots[0].id, participant(p, 0), on_day(AM_STARTS), true, "1");
    assert_int_equal(rq.status, 303);
    assert_string_equal(rq.location, "/p");
}

static void on_the_trainers_phone(const Place *p) {
    Viewer other = { .role = ROLE_TRAINER, .trainer_id = { p->session.trainer_id.value + 1 }, .name = "X" };
    Request rq = on_slot(p, p->slots[1].id, other, on_day(AM_STARTS), true, "1");
    assert_int_equal(rq.status, 404);
    rq = on_session(p, attendance_sheet_page, other, on_day(AM_STARTS), NULL, 0);
    assert_int_equal(rq.status, 404);
    for (int i = 1; i < 3; i++) {
        rq = on_slot(p, p->slots[i].id, trainer(p), on_day(AM_STARTS), true, "1");
        assert_int_equal(rq.status, 303);
    }
    rq = on_session(p, attendance_sheet_page, trainer(p), on_day(AM_STARTS + 60), NULL, 0);
    shows(p, &rq, 200, "3 signatures sur 3");
    shows(p, &rq, 200, "Contresigner d\u00e8s 12 h 30");
    AUTO_TX Tx tx = db_read(p->db, p->arena);
    assert_non_null(strstr(slot_of(&tx, p->w.people[1], 0).evidence, "formateur"));
    assert_non_null(strstr(slot_of(&tx, p->w.people[0], 0).evidence, "J'atteste avoir suivi"));
    assert_non_null(strstr(slot_of(&tx, p->w.people[0], 0).evidence, "127.0.0.1"));
}

static void countersigned_by_click(Place *p) {
    const FieldValue none = { "csrf", "csrf" };
    Request rq = on_session(p, attendance_countersign_post, trainer(p), on_day(AM_ENDS - 1), &none, 1);
    shows(p, &rq, 409, "fin de la demi-journ");
    rq = on_session(p, attendance_countersign_post, trainer(p), on_day(AM_ENDS), &none, 1);
    assert_int_equal(rq.status, 303);
    p->half_day_id = (HalfDayId){ p->half_day_id.value + 1000 };
    rq = on_session(p, attendance_sheet_page, trainer(p), on_day(AM_ENDS), NULL, 0);
    assert_int_equal(rq.status, 404);
}

/* Nobody comes in the afternoon: each is noted absent, the session ends. */
static void the_day_ends(const Place *p) {
    AUTO_TX Tx tx = db_begin(p->db, p->arena);
    Act by = act(EVENT_mark_absent, TRAINER, on_day(PM_STARTS));
    for (int i = 0; i < 3; i++)
        must(&tx, attendance_absent(&tx, slot_of(&tx, p->w.people[i], 1).id, "panne", &by));
    must(&tx, countersign(&tx, &p->w, 1, on_day(PM_ENDS)));
    fire(&tx, THING(session, p->w.session_id), EVENT_declare_end, TRAINER, on_day(PM_ENDS));
    assert_true(db_commit(&tx));
}

static void certified_by_click(const Place *p) {
    FieldValue fields[5] = { { "act", "attest" }, { "attest", "1" } };
    const FieldValue signs[] = {
        { "act", "sign" }, { "dossier", arena_print(p->arena, "%lld", (long long)p->w.dossiers[0].value) }
    };
    for (int i = 0; i < 3; i++)
        fields[2 + i] = (FieldValue){ arena_print(p->arena, "acquis-%lld", (long long)p->w.people[i].value),
                                      "acquired" };
    Instant now = on_day(PM_ENDS + 30);
    Request rq = on_session(p, attendance_certificats_page, trainer(p), now, NULL, 0);
    shows(p, &rq, 200, "3 h 30");
    rq = on_session(p, attendance_certificats_post, staff(), now, signs, 2);
    shows(p, &rq, 409, "pas encore attest");
    rq = on_session(p, attendance_certificats_post, trainer(p), now, fields, 4);
    assert_int_equal(rq.status, 422);
    rq = on_session(p, attendance_certificats_post, trainer(p), now, fields, 5);
    assert_int_equal(rq.status, 303);
    rq = on_session(p, attendance_certificats_post, trainer(p), now, signs, 2);
    assert_int_equal(rq.status, 404); /* the body signs, not the trainer */
    rq = on_session(p, attendance_certificats_post, staff(), now, signs, 2);
    assert_int_equal(rq.status, 303);
    rq = on_session(p, attendance_certificats_page, staff(), now, NULL, 0);
    shows(p, &rq, 200, "Certificat sign\u00e9");
}

static void a_day_by_clicks(Db *db, Arena *arena) {
    Place p = { .db = db, .arena = arena };
    {
        AUTO_TX Tx tx = db_begin(db, arena);
        p.w = green(&tx);
        assert_true(session_get(&tx, p.w.session_id, &p.session));
        for (int i = 0; i < 3; i++)
            p.slots[i] = slot_of(&tx, p.w.people[i], 0);
        p.half_day_id = p.slots[0].half_day_id;
        assert_true(db_commit(&tx));
    }
    on_his_own_link(&p);
    on_the_trainers_phone(&p);
    countersigned_by_click(&p);
    the_day_ends(&p);
    certified_by_click(&p);
}

static void on_both(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        set_house(dbs.at[i]);
        a_day_by_clicks(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(on_both) };
    return cmocka_run_group_tests_name("attendance_pages", tests, NULL, NULL);
}
