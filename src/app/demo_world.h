/* demo_world.h - inside the demo: what is being made, and how chance is drawn. */
#pragma once
#include "demo.h"
#include "dossier_store.h"
#include "session_store.h"
#include "tsv.h"

enum { DEMO_TRAINERS = 7, DEMO_COURSES_MAX = 12, DEMO_HALVES_MAX = 4 };

/* What a dossier does instead of the plain way. */
typedef enum DemoTurn {
    TURN_plain,
    TURN_partial,    /* the OPCO grants less, the company accepts */
    TURN_incomplete, /* a paper was asked for, and sent */
    TURN_to_fix,     /* the letter is wrong, a right one comes */
    TURN_self,       /* the company pays itself */
    TURN_refused,    /* and gives up before the start */
    TURN_slow,       /* never signs; gives up before the start */
    TURN_left,       /* the letter is wrong, nobody has had it corrected yet */
    TURN_COUNT
} DemoTurn;

typedef enum DemoStage {
    STAGE_create,
    STAGE_validate,
    STAGE_sign,
    STAGE_send,
    STAGE_answer,
    STAGE_decide,
    STAGE_accept,
    STAGE_green,
    STAGE_hold,
    STAGE_deliver,
    STAGE_invoice,
    STAGE_paid,
    STAGE_approve,
    STAGE_order,
    STAGE_executed,
    STAGE_archive,
    STAGE_over
} DemoStage;

typedef struct DemoDossier {
    DossierId id;
    size_t company;
    int people;
    DemoTurn turn;
    DemoStage stage;
    Date next_on;
} DemoDossier;

typedef struct DemoSession {
    SessionId id;
    size_t trainer, course;
    Date created_on, starts_on, next_on;
    DemoStage stage, stop; /* stop: nothing is done from there on */
    DemoDossier *dossiers;
    size_t count;
    bool is_hero;
} DemoSession;

typedef struct Demo {
    Db *db;
    Arena *arena; /* as long as the creation */
    const House *house;
    uint64_t chance;
    Date day;
    TrainerId trainers[DEMO_TRAINERS];
    const char *trainer_names[DEMO_TRAINERS];
    Course courses[DEMO_COURSES_MAX];
    int course_days[DEMO_COURSES_MAX];
    size_t course_count;
    Company *companies;
    size_t company_count;
    AccountId thomas, sophie;
    Bytes letter; /* the bytes of every OPCO's answer */
    DemoSession *sessions;
    size_t session_count;
    int64_t stuck; /* dossiers that an act refused: none, or a word is said */
    const char *why;
} Demo;

uint64_t demo_chance(Demo *demo, uint64_t below); /* 0 .. below - 1, the same at each creation */
Act demo_act(const Demo *demo, unsigned actor, const char *person, Instant now);

/* demo_people.c */
bool demo_make_people(Demo *demo, Tx *tx, const char **ret_why);
/* Makes the company of that number when it is new. */
size_t demo_company(Demo *demo, Tx *tx, size_t number);
Participant demo_participant(Demo *demo, Tx *tx, const DemoSession *session, const DemoDossier *dossier,
                             int index);

/* demo_story.c */
void demo_session_day(Demo *demo, Tx *tx, DemoSession *session, Date day);
/* demo_odd.c: what does not go by itself, on the last day */
void demo_odds(Demo *demo, Tx *tx);
/* demo_money.c: what follows a training */
void demo_money_day(Demo *demo, Tx *tx, DemoSession *session, DemoDossier *dossier, Date day);
bool demo_done(Demo *demo, Tx *tx, Outcome outcome, const char *what);
