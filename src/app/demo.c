#include "demo.h"

#include <stdio.h>

#include "app.h"
#include "demo_world.h"
#include "embed.h"
#include "jobs.h"
#include "log.h"
#include "pdf.h"
#include "quality_store.h"
#include "text.h"

enum { PAST_DAYS = 83, HERO_DAYS = 13, CHUNK_DAYS = 12, SESSIONS_BEFORE = 76, DOSSIERS_BEFORE = 400 };
enum { HERO_SESSION = 88, HERO_DOSSIER = 417 };

/* Named files of other companies: what they wait for on day 0. */
static const struct {
    size_t company, course, trainer;
    int created_before, starts_after;
    DemoStage stop;
    DemoTurn turn;
} named[] = {
    { 1, 2, 3, 30, 3, STAGE_answer, TURN_plain },     { 2, 3, 4, 28, 7, STAGE_answer, TURN_incomplete },
    { 3, 1, 3, 24, 16, STAGE_decide, TURN_plain },    { 4, 4, 4, 40, -4, STAGE_deliver, TURN_plain },
    { 5, 5, 0, 46, -12, STAGE_invoice, TURN_plain },  { 6, 6, 5, 9, 11, STAGE_sign, TURN_plain },
    { 7, 3, 5, 52, -20, STAGE_paid, TURN_plain },     { 8, 7, 3, 20, 15, STAGE_answer, TURN_plain },
    { 9, 0, 0, 18, 22, STAGE_answer, TURN_plain },    { 10, 0, 1, 40, 18, STAGE_accept, TURN_refused },
    { 11, 0, 2, 40, 20, STAGE_accept, TURN_partial }, { 12, 4, 2, 40, 17, STAGE_over, TURN_left },
};
enum { NAMED = sizeof named / sizeof named[0] };

static DemoSession *add_session(Demo *demo, size_t count) {
    DemoSession *session = arena_grow(demo->arena, (void **)&demo->sessions, &demo->session_count,
                                      sizeof *session);
    *session = (DemoSession){ .stop = STAGE_over, .count = count };
    session->dossiers = arena_zero(demo->arena, count, sizeof *session->dossiers);
    return session;
}

static void plan_hero(Demo *demo) {
    DemoSession *hero = add_session(demo, 1);
    hero->is_hero = true;
    hero->created_on = date_add(demo->day, -HERO_DAYS);
    hero->starts_on = date_add(demo->day, 21);
    hero->stop = STAGE_answer;
    hero->dossiers[0] = (DemoDossier){ .company = 0, .people = 2 };
}

static void plan_named(Demo *demo) {
    for (size_t i = 0; i < NAMED; i++) {
        DemoSession *session = add_session(demo, 1);
        session->course = named[i].course;
        session->trainer = named[i].trainer;
        session->created_on = date_add(demo->day, -named[i].created_before);
        session->starts_on = date_next_working(date_add(demo->day, named[i].starts_after));
        session->stop = named[i].stop;
        session->dossiers[0] = (DemoDossier){ .company = named[i].company,
                                              .people = 1 + (int)(i % 2),
                                              .turn = named[i].turn };
    }
}

/* `count` dossiers in sessions of `least` to `most`, born between two days before day 0. */
static void plan_crowd(Demo *demo, int64_t count, size_t sessions_max, int from_before, int to_before) {
    size_t pool = (size_t)count / 3 + 12, sessions = 0;
    while (count > 0) {
        int64_t size = from_before > HERO_DAYS ? 3 + (int64_t)demo_chance(demo, 6)
                                               : 1 + (int64_t)demo_chance(demo, 3);
        if (sessions_max && sessions + 1 >= sessions_max)
            size = count;
        size = size > count ? count : size;
        DemoSession *session = add_session(demo, (size_t)size);
        session->course = demo_chance(demo, demo->course_count);
        session->trainer = demo_chance(demo, DEMO_TRAINERS - 1); /* the last one's papers expired */
        int before = to_before + (int)demo_chance(demo, (uint64_t)(from_before - to_before));
        session->created_on = date_next_working(date_add(demo->day, -before));
        session->starts_on = date_next_working(
            date_add(session->created_on, 30 + (int)demo_chance(demo, 16)));
        size_t base = demo_chance(demo, pool), odd = demo_chance(demo, (uint64_t)size * 2);
        for (size_t i = 0; i < session->count; i++)
            session->dossiers[i] = (DemoDossier){ .company = NAMED + 1 + (base + i) % pool,
                                                  .people = 1 + (int)demo_chance(demo, 2),
                                                  .turn = i == odd ? (DemoTurn)demo_chance(demo, TURN_COUNT)
                                                                   : TURN_plain };
        if (sessions == 7) /* one that nobody saved in time */
            session->stop = STAGE_answer;
        sessions++;
        count -= size;
    }
}

static void plan(Demo *demo, int64_t dossiers) {
    int64_t others = dossiers - 1;
    plan_hero(demo);
    if (others >= NAMED) {
        plan_named(demo);
        others -= NAMED;
    }
    int64_t before = others * 8 / 10;
    before = before > DOSSIERS_BEFORE ? DOSSIERS_BEFORE : before;
    plan_crowd(demo, before, SESSIONS_BEFORE, PAST_DAYS, HERO_DAYS + 1);
    plan_crowd(demo, others - before, 0, HERO_DAYS - 1, 3);
}

/* Numbers go on until the hero's own are next. */
static void reach_number(Tx *tx, const char *series, Date day, int64_t wanted) {
    int year, month, date;
    date_split(day, &year, &month, &date);
    const char *name = arena_print(tx->arena, "%s-%d", series, year);
    while (session_next_number(tx, name) < wanted - 1 && !tx->error)
        continue;
}

/* Those days of everybody, in one transaction. */
static bool live(Demo *demo, Date from, Date to) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_begin(demo->db, arena);
    for (Date day = from; day.days < to.days && !tx.error && !demo->why; day = date_add(day, 1))
        for (size_t i = 0; i < demo->session_count; i++) {
            DemoSession *session = &demo->sessions[i];
            bool is_birth = session->created_on.days == day.days;
            if (is_birth && session->is_hero) {
                reach_number(&tx, "session", day, HERO_SESSION);
                reach_number(&tx, "dossier", day, HERO_DOSSIER);
            }
            for (size_t d = 0; is_birth && d < session->count; d++)
                demo_company(demo, &tx, session->dossiers[d].company);
            demo_session_day(demo, &tx, session, day);
        }
    if (!demo->why && db_commit(&tx))
        return true;
    if (!demo->why)
        demo->why = arena_copy(demo->arena, tx.error);
    return false;
}

/* The auditor's room opens on the first dossier that was paid. */
static void audit(Demo *demo, Tx *tx) {
    Act staff = demo_act(demo, STAFF, "Sophie Marchand", instant_at(date_add(demo->day, -3), 600));
    for (size_t i = 0; i < demo->session_count; i++) {
        DossierId id = demo->sessions[i].dossiers[0].id;
        State state = id.value ? story_where(tx, THING(dossier, id)) : STATE_UNBORN;
        if (state < STATE_dossier_to_invoice || state > STATE_dossier_archived)
            continue;
        const char *why = NULL;
        Audit one = { .dossier_id = id,
                      .funder_code = "OPCO_EP",
                      .funder_ref = "CSF-2026-0031",
                      .scope_text = "Dossier entier",
                      .auditor_email = "controle@opco.example",
                      .auditor_name = "Contrôleur OPCO",
                      .asked_on = date_add(demo->day, -3),
                      .due_on = date_add(demo->day, 12) };
        staff.event = EVENT_demanded;
        AuditId audit_id = quality_audit_open(tx, &one, &staff, &why);
        people_setting_set(tx, "demo.audit", arena_print(tx->arena, "%lld", (long long)audit_id.value));
        return;
    }
}

static bool finish(Demo *demo) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_begin(demo->db, arena);
    Instant now = instant_at(demo->day, 540);
    DossierId hero = demo->sessions[0].dossiers[0].id;
    audit(demo, &tx);
    demo_odds(demo, &tx);
    people_setting_set(&tx, "demo.clock", arena_print(arena, "%lld", (long long)now.ms));
    people_setting_set(&tx, "demo.from", arena_print(arena, "%lld", (long long)now.ms));
    people_setting_set(&tx, "demo.hero", arena_print(arena, "%lld", (long long)hero.value));
    if (db_commit(&tx))
        return true;
    demo->why = arena_copy(demo->arena, tx.error);
    return false;
}

/* The papers of the files with a name are made at once; the others while it serves. */
static void make_papers(Demo *demo, int64_t dossiers) {
    Instant now = instant_at(demo->day, 540);
    size_t count = dossiers > NAMED ? 1 + NAMED : 1;
    for (size_t i = 0; i < count; i++) {
        const DemoSession *session = &demo->sessions[i];
        if (!session->id.value)
            continue;
        app_work_on(demo->db, demo->house, THING(session, session->id), now);
        app_work_on(demo->db, demo->house, THING(dossier, session->dossiers[0].id), now);
    }
}

static bool letter(Demo *demo, Bytes *ret) {
    const Embedded *text = embed_find("texts/demo/reponse.fr.md");
    PdfPaper paper = { .title = "Réponse de l'OPCO",
                       .author = "OPCO (invention)",
                       .subject = "",
                       .header = "",
                       .footer = "Document inventé pour la démonstration",
                       .logo_name = "",
                       .brand = "#444444",
                       .made_at = instant_at(demo->day, 480) };
    if (text)
        return pdf_typeset(demo->arena, text->body.p, &paper, ret, &demo->why);
    demo->why = "texts/demo/reponse.fr.md manque dans le programme";
    return false;
}

bool demo_create(Db *db, const House *house, const DemoWish *wish, const char **ret_why) {
    AUTO_ARENA Arena *arena = arena_new();
    Demo demo = { .db = db, .arena = arena, .house = house, .chance = 2026, .day = wish->day };
    bool fine = letter(&demo, &demo.letter);
    if (fine) {
        AUTO_ARENA Arena *own = arena_new();
        AUTO_TX Tx tx = db_begin(db, own);
        fine = demo_make_people(&demo, &tx, &demo.why) && db_commit(&tx);
        if (!fine && !demo.why)
            demo.why = arena_copy(arena, tx.error ? tx.error : "?");
    }
    if (fine)
        plan(&demo, wish->dossiers < 1 ? 1 : wish->dossiers);
    for (int day = -PAST_DAYS; fine && day < 0; day += CHUNK_DAYS)
        fine = live(&demo, date_add(demo.day, day),
                    date_add(demo.day, day + CHUNK_DAYS < 0 ? day + CHUNK_DAYS : 0));
    fine = fine && finish(&demo);
    if (fine)
        make_papers(&demo, wish->dossiers);
    if (demo.stuck)
        log_warning("demo", "stuck=%lld", (long long)demo.stuck);
    if (!fine) {
        static char why[300];
        snprintf(why, sizeof why, "La démonstration n'a pu être faite : %s", demo.why ? demo.why : "?");
        *ret_why = why;
    }
    return fine;
}

bool demo_is_there(Db *db) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(db, arena);
    return *people_setting(&tx, "demo.clock") && !tx.error;
}
