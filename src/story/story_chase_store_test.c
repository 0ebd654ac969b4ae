/* Reminders, limits and planned events, on each engine: on working days, for the state they were made for. */
#include "story_store.h"

#include <string.h>

#include "test_db.h"
#include "test_story_store.h"
#include "text.h"

/* The waiting reminders of a thing: "what at 2026-05-04 9h", in order. */
static const char *reminders(Tx *tx, Thing thing) {
    const char *sql = arena_print(tx->arena,
                                  "SELECT what, due_at FROM job WHERE machine = '%s' AND thing_id = %lld"
                                  " AND kind = 'chase' AND status = 'waiting' ORDER BY due_at",
                                  story_machine_name(thing.machine), (long long)thing.id.value);
    Text text = text_new(tx->arena);
    Stmt *st = db_prepare(tx, sql, sql);
    while (db_step(st))
        text_print(&text, "%s%s %s %dh", text.n ? ", " : "", db_text(st, 0),
                   date_iso(tx->arena, instant_date(db_instant(st, 1))),
                   instant_minutes(db_instant(st, 1)) / 60);
    db_finish(st);
    return text.p ? text.p : "";
}

static const char *chase_key(Tx *tx, Thing thing, const char *what) {
    const char *sql = arena_print(
        tx->arena,
        "SELECT job_key FROM job WHERE machine = '%s' AND thing_id = %lld AND kind = 'chase'"
        " AND what = '%s' ORDER BY id DESC LIMIT 1",
        story_machine_name(thing.machine), (long long)thing.id.value, what);
    Stmt *st = db_prepare(tx, sql, sql);
    const char *key = db_step(st) ? db_text(st, 0) : "";
    db_finish(st);
    return key;
}

static const char *day_of(Tx *tx, Thing thing) {
    const char *sql = arena_print(tx->arena,
                                  "SELECT late_on FROM standing WHERE machine = '%s' AND thing_id = %lld",
                                  story_machine_name(thing.machine), (long long)thing.id.value);
    Stmt *st = db_prepare(tx, sql, sql);
    Date day = db_step(st) ? db_date(st, 0) : (Date){ 0 };
    db_finish(st);
    return day.days ? date_iso(tx->arena, day) : "";
}

static void reminders_fall_on_working_days(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    begin_session(&tx, at(2026, 4, 30, 11));
    validate(&tx, at(2026, 4, 30, 11));
    /* +2: a Saturday; +5; +10: a Sunday; then a person calls, two working days later */
    assert_string_equal(reminders(&tx, dossiers[0]),
                        "chase_convention.1 2026-05-04 9h, chase_convention.2 2026-05-05 9h, "
                        "chase_convention.3 2026-05-11 9h, call 2026-05-13 9h");
    /* five working days after Thursday 30 April: neither 1 May nor 8 May count */
    assert_string_equal(day_of(&tx, dossiers[0]), "2026-05-11");
    sign(&tx, dossiers[0], at(2026, 5, 6, 15));
    assert_string_equal(reminders(&tx, dossiers[0]), ""); /* the start is not known yet */
    story_dates(&tx, dossiers[0], date_of(2026, 6, 1), date_of(2026, 6, 2), (Date){ 0 }, at(2026, 5, 12, 10));
    /* 11 May is past, 25 May is Whit Monday */
    assert_string_equal(reminders(&tx, dossiers[0]), "chase_request.2 2026-05-18 9h, "
                                                     "chase_request.3 2026-05-26 9h, call 2026-05-28 9h");
    story_dates(&tx, dossiers[0], date_of(2026, 6, 15), date_of(2026, 6, 16), (Date){ 0 },
                at(2026, 5, 12, 10));
    assert_string_equal(reminders(&tx, dossiers[0]),
                        "chase_request.1 2026-05-26 9h, chase_request.2 2026-06-01 9h, "
                        "chase_request.3 2026-06-08 9h, call 2026-06-10 9h");
    story_dates(&tx, dossiers[0], date_of(2026, 6, 1), date_of(2026, 6, 2), (Date){ 0 }, at(2026, 5, 12, 10));
    assert_string_equal(reminders(&tx, dossiers[0]), "chase_request.2 2026-05-18 9h, "
                                                     "chase_request.3 2026-05-26 9h, call 2026-05-28 9h");
    must(&tx, dossiers[0], nothing, act(EVENT_company_declares_request_sent, COMPANY, at(2026, 5, 12, 10)));
    assert_string_equal(day_of(&tx, dossiers[0]), "2026-05-25"); /* a week before the start */
    assert_true(text_starts(reminders(&tx, dossiers[0]), "chase_answer.1 2026-05-19 9h, "));
    assert_true(db_commit(&tx));
}

/* "Tomorrow" is told before the day, even when the day before is no working day. */
static void the_eve_is_told_before_the_day(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    validate(&tx, now);
    story_dates(&tx, session, date_of(2026, 5, 11), date_of(2026, 5, 12), (Date){ 0 }, now);
    for (int i = 0; i < 2; i++) {
        sign(&tx, dossiers[i], now);
        pay_oneself(&tx, dossiers[i], now);
    }
    /* Monday 11 May: the eve is Sunday, Friday 8 May is a holiday */
    assert_true(text_starts(reminders(&tx, session), "tomorrow.1 2026-05-07 9h, call "));
    assert_null(tx.error);
}

static void a_reminder_is_for_the_state_it_was_made_for(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    ChaseMail mail;
    begin_session(&tx, now);
    validate(&tx, now);
    const char *key = chase_key(&tx, dossiers[0], "chase_convention.1"),
               *call = chase_key(&tx, dossiers[0], "call");
    assert_true(story_run_chase(&tx, "chase_convention.1", dossiers[0], key, at(2026, 3, 4, 9), &mail));
    assert_string_equal(mail.mail, "chase_convention");
    assert_int_equal(mail.to, COMPANY);
    assert_int_equal(mail.thing.id.value, 11);
    assert_false(story_run_chase(&tx, "call", dossiers[0], call, at(2026, 3, 16, 9), &mail));
    assert_int_equal(
        count_of(&tx, "SELECT sum(is_stuck + is_for_staff) FROM standing WHERE machine = 'dossier'"), 2);
    sign(&tx, dossiers[0], now); /* whoever moves on is not stuck */
    assert_int_equal(
        count_of(&tx, "SELECT sum(is_stuck + is_for_staff) FROM standing WHERE machine = 'dossier'"), 0);
    assert_false(story_run_chase(&tx, "chase_convention.1", dossiers[0], key, now, &mail));
    assert_false(story_run_chase(&tx, "call", dossiers[0], call, now, &mail));
    assert_int_equal(count_of(&tx, "SELECT sum(is_stuck) FROM standing"), 0);
    assert_true(db_commit(&tx));
}

static void one_is_late_and_not_the_other(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    begin_session(&tx, at(2026, 3, 2, 10));
    validate(&tx, at(2026, 3, 2, 10));
    sign(&tx, dossiers[1], at(2026, 3, 6, 10));
    assert_string_equal(day_of(&tx, dossiers[0]), "2026-03-09");
    assert_string_equal(day_of(&tx, dossiers[1]), "2026-03-13");
    assert_int_equal(story_since(&tx, dossiers[1]).ms, at(2026, 3, 6, 10).ms);
    story_dates(&tx, dossiers[1], date_of(2026, 4, 1), date_of(2026, 4, 2), (Date){ 0 }, at(2026, 3, 6, 10));
    assert_string_equal(day_of(&tx, dossiers[1]),
                        "2026-03-13"); /* counts from the entry, not from the start */
    pay_oneself(&tx, dossiers[1], at(2026, 3, 6, 11));
    assert_string_equal(day_of(&tx, dossiers[1]), ""); /* nobody is awaited */
    assert_true(db_commit(&tx));
}

/* What a reaction refuses to the clock is a fault: the worker tries again, then a person looks. */
static void a_planned_event_refused_by_a_reaction_is_not_committed(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10);
    begin_session(&tx, now);
    validate(&tx, now);
    house.reactions[REACTION_try_open_session] = fine; /* nobody opens the session yet */
    for (int i = 0; i < 2; i++) {
        sign(&tx, dossiers[i], now);
        pay_oneself(&tx, dossiers[i], now);
    }
    assert_true(db_commit(&tx));
    tx = db_begin(db, arena);
    refuse_with = "Le calendrier n'est pas complet.";
    assert_false(story_run_fire(&tx, "all_files_green", session, "p1", now));
    refuse_with = NULL;
    assert_string_equal(tx.error, "Le calendrier n'est pas complet.");
    assert_false(db_commit(&tx));
    tx = db_read(db, arena);
    assert_int_equal(story_where(&tx, session), STATE_session_validated);
}

static int64_t fires_waiting(Tx *tx) {
    return count_of(tx, "SELECT count(*) FROM job WHERE kind = 'fire' AND status = 'waiting'");
}

static void planned_events_come_or_are_forgotten(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    Instant now = at(2026, 3, 2, 10), start = at(2026, 4, 1, 9);
    begin_session(&tx, now);
    story_plan(&tx, session, EVENT_start_date_reached_without_green, start);
    story_plan(&tx, session, EVENT_start_date_reached_without_green, at(2026, 4, 8, 9));
    story_plan(&tx, session, EVENT_start_date_reached_without_green, start);
    assert_int_equal(fires_waiting(&tx), 1);
    assert_int_equal(count_of(&tx, "SELECT due_at FROM job WHERE kind = 'fire' AND status = 'waiting'"),
                     start.ms);
    story_unplan(&tx, session, EVENT_start_date_reached_without_green);
    assert_int_equal(fires_waiting(&tx), 0);
    story_plan(&tx, session, EVENT_start_date_reached_without_green, start);
    /* too early: a silent refusal */
    assert_false(story_run_fire(&tx, "start_date_reached_without_green", session, "p1", now));
    validate(&tx, now);
    assert_int_equal(fires_waiting(&tx), 1); /* it may still come */
    assert_true(story_run_fire(&tx, "start_date_reached_without_green", session, "p1", start));
    assert_int_equal(story_where(&tx, session), STATE_session_blocked);
    assert_true(
        story_run_fire(&tx, "start_date_reached_without_green", session, "p1", start)); /* run twice: once */
    assert_int_equal(
        count_of(&tx, "SELECT count(*) FROM journal WHERE event = 'start_date_reached_without_green'"), 1);
    assert_int_equal(count_of(&tx, "SELECT is_for_staff FROM standing WHERE machine = 'session'"), 1);
    must(&tx, session, nothing, act(EVENT_cancel, STAFF, start));
    assert_int_equal(fires_waiting(&tx), 0); /* it cannot come any more */
    assert_true(db_commit(&tx));
}

int main(void) {
    static StoreTest all[] = {
        { "reminders_fall_on_working_days", reminders_fall_on_working_days },
        { "the_eve_is_told_before_the_day", the_eve_is_told_before_the_day },
        { "a_reminder_is_for_the_state_it_was_made_for", a_reminder_is_for_the_state_it_was_made_for },
        { "one_is_late_and_not_the_other", one_is_late_and_not_the_other },
        { "a_planned_event_refused_by_a_reaction_is_not_committed",
          a_planned_event_refused_by_a_reaction_is_not_committed },
        { "planned_events_come_or_are_forgotten", planned_events_come_or_are_forgotten },
    };
    enum { COUNT = sizeof all / sizeof all[0] };
    static struct CMUnitTest tests[COUNT];
    for (int i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each, NULL, NULL, &all[i].run };
    return cmocka_run_group_tests_name("story_chase_store", tests, NULL, NULL);
}
