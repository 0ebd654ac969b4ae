/* demo_story.c - what people do with a session until it has been held. */
#include <string.h>

#include "attendance_store.h"
#include "demo_world.h"
#include "document_store.h"
#include "funding_store.h"
#include "log.h"
#include "money.h"

Act demo_act(const Demo *demo, unsigned actor, const char *person, Instant now) {
    AccountId account = { 0 };
    if (!strcmp(person, "Thomas Girard"))
        account = demo->thomas;
    else if (!strcmp(person, "Sophie Marchand"))
        account = demo->sophie;
    return (Act){ .actor = actor, .person = person, .account_id = account, .now = now };
}

bool demo_done(Demo *demo, Tx *tx, Outcome outcome, const char *what) {
    if (outcome.done)
        return true;
    demo->stuck++;
    log_warning("demo", "what=%s why=%s", what, tx->error ? tx->error : outcome.why ? outcome.why : "?");
    if (outcome.is_spoilt)
        demo->why = arena_copy(demo->arena, outcome.why ? outcome.why : what);
    return false;
}

/* A working day, `days` later or a little after. */
static Date later(Demo *demo, Date day, int days, int more) {
    int extra = more > 0 ? (int)demo_chance(demo, (uint64_t)more + 1) : 0;
    return date_next_working(date_add(day, days + extra));
}

static Instant hour(Demo *demo, Date day, int minutes) {
    return instant_at(day, minutes + (int)demo_chance(demo, 50));
}

static Act trainer_act(Demo *demo, const DemoSession *session, Instant now) {
    return demo_act(demo, TRAINER, demo->trainer_names[session->trainer], now);
}

static const char *contact(Demo *demo, const DemoDossier *dossier) {
    const Company *company = &demo->companies[dossier->company];
    return arena_print(demo->arena, "%s %s", company->contact_first_name, company->contact_last_name);
}

static HalfDays half_days_of(Tx *tx, const DemoSession *session, int days) {
    HalfDays all = { 0 };
    Date day = session->starts_on;
    for (int i = 0; i < days; i++, day = date_next_working(date_add(day, 1)))
        for (int half = 0; half < 2; half++)
            *(HalfDay *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                                   sizeof *all.at) = (HalfDay){ .held_on = day,
                                                                .half = half ? "pm" : "am",
                                                                .starts_minutes = half ? 810 : 540,
                                                                .ends_minutes = half ? 1020 : 750 };
    return all;
}

static void create(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    const Course *course = &demo->courses[session->course];
    const char *why = NULL;
    Act act = trainer_act(demo, session, hour(demo, day, 540));
    HalfDays halves = half_days_of(tx, session, demo->course_days[session->course]);
    const Company *host = &demo->companies[session->dossiers[0].company];
    bool on_site = session->count == 1;
    Session fresh = { .course_id = course->id,
                      .trainer_id = demo->trainers[session->trainer],
                      .title = course->title,
                      .place_kind = on_site ? "on_site" : "room",
                      .address = on_site ? host->address : "18 quai Claude-Bernard",
                      .postcode = on_site ? host->postcode : "69007",
                      .city = on_site ? host->city : "Lyon",
                      .price_cents = course->price_cents };
    session->id = session_create(tx, &fresh, &halves, &act, &why);
    if (!demo_done(demo, tx, (Outcome){ .done = session->id.value != 0, .why = why }, "session")) {
        session->stage = STAGE_over;
        return;
    }
    act.now = instant_add(act.now, 600);
    for (size_t i = 0; i < session->count; i++) {
        DemoDossier *dossier = &session->dossiers[i];
        dossier->id = dossier_open(tx, session->id, demo->companies[dossier->company].id, &act);
        for (int p = 0; p < dossier->people; p++) {
            Participant one = demo_participant(demo, tx, session, dossier, p);
            dossier_participant_add(tx, &one);
        }
        Dossier kept;
        if (dossier_get(tx, dossier->id, &kept)) {
            kept.payment_choice = demo_chance(demo, 4) || session->is_hero ? "direct" : "refund";
            kept.account_id = session->is_hero || demo_chance(demo, 3) ? demo->thomas : demo->sophie;
            dossier_save(tx, &kept);
        }
    }
    dossier_check(tx, session->id, act.now);
    session->stage = STAGE_validate;
    session->next_on = session->is_hero ? day : later(demo, day, 1, 2);
}

static void validate(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    Act act = trainer_act(demo, session, hour(demo, day, 660));
    Session now;
    session_check(tx, session->id, act.now);
    dossier_check(tx, session->id, act.now);
    act.event = EVENT_fill_for_client;
    if (!demo_done(demo, tx, story_fire(tx, THING(session, session->id), (Thing){ 0 }, act), "fill")) {
        session->stage = STAGE_over;
        return;
    }
    if (session_get(tx, session->id, &now)) { /* 65 % of the price is the trainer's */
        int64_t sold = 0;
        for (size_t i = 0; i < session->count; i++)
            sold += now.price_cents.cents * session->dossiers[i].people;
        session_fee_set(tx, session->id, money_rate((Money){ sold }, (Rate){ 6500 }));
    }
    act.event = EVENT_validate;
    act.now = instant_add(act.now, 1200);
    session_check(tx, session->id, act.now);
    bool done = demo_done(demo, tx, story_fire(tx, THING(session, session->id), (Thing){ 0 }, act),
                          "validate");
    session->stage = done ? STAGE_green : STAGE_over;
    for (size_t i = 0; i < session->count; i++) {
        session->dossiers[i].stage = done ? STAGE_sign : STAGE_over;
        session->dossiers[i].next_on = session->is_hero ? date_add(day, 2) : later(demo, day, 1, 4);
    }
}

static Signature signature_of(Demo *demo, const DemoDossier *dossier, const char *what, Money amount,
                              Instant now) {
    const Company *company = &demo->companies[dossier->company];
    return (Signature){ .dossier_id = dossier->id,
                        .what = what,
                        .signer_name = contact(demo, dossier),
                        .signer_role = "gérant(e)",
                        .email = company->email,
                        .proof = "code reçu par mail",
                        .consent = "Je peux engager l'entreprise.",
                        .remote = "127.0.0.1",
                        .user_agent = "",
                        .amount_cents = amount,
                        .signed_at = now };
}

static bool sign(Demo *demo, Tx *tx, DemoDossier *dossier, Act act) {
    Thing thing = THING(dossier, dossier->id);
    Signature signature = signature_of(demo, dossier, "convention", (Money){ 0 }, act.now);
    dossier_signature_add(tx, &signature);
    story_tick(tx, thing, SIGNATORY_IS_SURE, true, act.now);
    act.event = EVENT_agreement_signed;
    return demo_done(demo, tx, story_fire(tx, thing, (Thing){ 0 }, act), "sign");
}

static bool deposit(Demo *demo, Tx *tx, DemoDossier *dossier, const Act *act) {
    Dossier kept = { .reference = "" };
    dossier_get(tx, dossier->id, &kept);
    NewDocument paper = { .kind = "accord",
                          .title = "Réponse de l'OPCO",
                          .file_name = arena_print(tx->arena, "accord-%s.pdf", kept.reference),
                          .mime = "application/pdf",
                          .template_sha256 = "",
                          .key = arena_print(tx->arena, "demo-%s-%lld", kept.reference,
                                             (long long)act->now.ms),
                          .made_by = act->person,
                          .dossier_id = dossier->id,
                          .is_received = true,
                          .now = act->now };
    DocumentId document = document_keep(tx, &paper, demo->letter);
    return demo_done(demo, tx, funding_deposit(tx, dossier->id, document, act), "deposit");
}

/* What the letter says, typed by staff; true: the OPCO grants all. */
static void type(Demo *demo, Tx *tx, DemoDossier *dossier, bool is_partial, const Act *act) {
    Answer answer;
    Asked asked = funding_asked(tx, dossier->id);
    if (!funding_answer(tx, dossier->id, &answer))
        return;
    Money granted = is_partial ? money_rate(asked.requested, (Rate){ 7000 }) : asked.requested;
    bool is_direct = strcmp(asked.circuit_wished, "refund") != 0;
    answer.funder_code = asked.funder_code;
    answer.file_number = arena_print(tx->arena, "2026-%06d", 100000 + (int)demo_chance(demo, 90000));
    answer.company_siret = asked.company_siret;
    answer.letter_on = date_add(instant_date(act->now), -2);
    answer.starts_on = asked.starts_on;
    answer.ends_on = asked.ends_on;
    answer.granted_minutes = asked.minutes;
    answer.participant_count = asked.participants;
    answer.granted_cents = granted;
    answer.direct_cents = is_direct ? granted : (Money){ 0 };
    answer.circuit = funding_circuit(asked.requested, answer.direct_cents);
    answer.invoice_by_on = date_add(asked.ends_on, 90);
    answer.note = "";
    funding_type(tx, answer.id, &answer, act);
}

static bool fire(Demo *demo, Tx *tx, DemoDossier *dossier, Event event, const char *reason, Act act) {
    act.event = event;
    act.reason = reason;
    act.inputs = reason ? arena_print(tx->arena, "reason=%s\n", reason) : "";
    return demo_done(demo, tx, story_fire(tx, THING(dossier, dossier->id), (Thing){ 0 }, act),
                     story_event_name(event));
}

static bool pay_oneself(Demo *demo, Tx *tx, DemoDossier *dossier, const Act *act) {
    Dossier kept = { 0 };
    dossier_get(tx, dossier->id, &kept);
    Signature signature = signature_of(demo, dossier, "commitment", kept.price_cents, act->now);
    return demo_done(demo, tx, funding_self_pay(tx, dossier->id, &signature, act), "self");
}

/* The answer came: what staff decide. Returns the stage that follows. */
static DemoStage decide(Demo *demo, Tx *tx, DemoDossier *dossier, const Act *act) {
    DemoTurn turn = dossier->turn;
    if (turn == TURN_refused) {
        Act funder = *act;
        funder.actor = FUNDER;
        funder.reason = "Fonds épuisés pour cette année";
        funder.inputs = "reason=Fonds épuisés pour cette année\n";
        return demo_done(demo, tx, funding_decide(tx, dossier->id, EVENT_refused, &funder), "refused")
                   ? STAGE_accept
                   : STAGE_over;
    }
    if (turn == TURN_to_fix || turn == TURN_left) {
        Act ko = *act;
        ko.reason = "Les dates de l'accord ne sont pas celles de la session.";
        ko.inputs = "reason=Les dates de l'accord ne sont pas celles de la session.\n";
        type(demo, tx, dossier, false, act);
        dossier->turn = TURN_plain;
        bool sent = demo_done(demo, tx, funding_decide(tx, dossier->id, EVENT_control_ko, &ko), "ko");
        return sent && turn == TURN_to_fix ? STAGE_answer : STAGE_over;
    }
    type(demo, tx, dossier, turn == TURN_partial, act);
    Event event = turn == TURN_partial ? EVENT_partial_amount : EVENT_control_ok;
    if (!demo_done(demo, tx, funding_decide(tx, dossier->id, event, act), "decide"))
        return STAGE_over;
    return turn == TURN_partial ? STAGE_accept : STAGE_green;
}

static DemoStage accept(Demo *demo, Tx *tx, DemoDossier *dossier, const Act *company) {
    if (dossier->turn == TURN_refused) /* half of them pay, the others give up */
        return (dossier->id.value % 2
                    ? pay_oneself(demo, tx, dossier, company)
                    : fire(demo, tx, dossier, EVENT_cancelled, "Pas de budget cette année", *company))
                   ? STAGE_green
                   : STAGE_over;
    Dossier kept = { 0 };
    Answer answer = { 0 };
    dossier_get(tx, dossier->id, &kept);
    funding_answer(tx, dossier->id, &answer);
    Money rest = money_sub(kept.price_cents, answer.granted_cents);
    Signature signature = signature_of(demo, dossier, "share", rest, company->now);
    return demo_done(demo, tx, funding_accept_share(tx, dossier->id, &signature, company), "share")
               ? STAGE_green
               : STAGE_over;
}

static void dossier_day(Demo *demo, Tx *tx, DemoSession *session, DemoDossier *dossier, Date day) {
    Act company = demo_act(demo, COMPANY, contact(demo, dossier), hour(demo, day, 1080 - 480));
    Act staff = demo_act(demo, STAFF,
                         session->is_hero || dossier->id.value % 3 ? "Thomas Girard" : "Sophie Marchand",
                         hour(demo, day, 900));
    bool done = true;
    switch (dossier->stage) {
    case STAGE_sign:
        if (dossier->turn == TURN_slow)
            return; /* see too_late() */
        done = sign(demo, tx, dossier, company);
        dossier->stage = STAGE_send;
        dossier->next_on = session->is_hero ? date_add(day, 1) : later(demo, day, 1, 2);
        break;
    case STAGE_send:
        if (dossier->turn == TURN_self) {
            done = pay_oneself(demo, tx, dossier, &company);
            dossier->stage = STAGE_green;
            break;
        }
        done = demo_done(demo, tx, funding_send(tx, dossier->id, day, "", &company), "send");
        dossier->stage = STAGE_answer;
        dossier->next_on = later(demo, day, dossier->turn == TURN_incomplete ? 3 : 7, 5);
        break;
    case STAGE_answer:
        if (dossier->turn == TURN_incomplete) {
            bool is_asked = story_where(tx, THING(dossier, dossier->id)) == STATE_dossier_request_incomplete;
            done = fire(demo, tx, dossier, is_asked ? EVENT_completed : EVENT_missing_document, NULL,
                        company);
            dossier->turn = is_asked ? TURN_plain : TURN_incomplete;
            dossier->next_on = later(demo, day, 4, 3);
            break;
        }
        done = deposit(demo, tx, dossier, &company);
        dossier->stage = STAGE_decide;
        dossier->next_on = later(demo, day, 1, 1);
        break;
    case STAGE_decide:
        dossier->stage = decide(demo, tx, dossier, &staff);
        dossier->next_on = later(demo, day, 3, 4);
        break;
    case STAGE_accept: dossier->stage = accept(demo, tx, dossier, &company); break;
    default: demo_money_day(demo, tx, session, dossier, day); return;
    }
    if (!done)
        dossier->stage = STAGE_over;
}

/* Two days before the start staff close what will not come in time, so that the others may begin. */
static void too_late(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    for (size_t i = 0; i < session->count; i++) {
        DemoDossier *dossier = &session->dossiers[i];
        State state = story_where(tx, THING(dossier, dossier->id));
        if (state >= STATE_dossier_green)
            continue;
        Act company = demo_act(demo, COMPANY, contact(demo, dossier), hour(demo, day, 960));
        bool may_pay = state >= STATE_dossier_signed && dossier->id.value % 3;
        if (may_pay)
            pay_oneself(demo, tx, dossier, &company);
        else
            fire(demo, tx, dossier, EVENT_cancelled, "Pas d'accord à temps", company);
        dossier->stage = may_pay ? STAGE_green : STAGE_over;
    }
}

static void hold_half(Demo *demo, Tx *tx, DemoSession *session, const HalfDay *half) {
    Slots slots = attendance_of_half_day(tx, half->id);
    Act trainer = trainer_act(demo, session, instant_at(half->held_on, (int)half->ends_minutes + 5));
    for (size_t i = 0; i < slots.count; i++) {
        Instant now = instant_at(half->held_on, (int)half->starts_minutes + 2 + (int)demo_chance(demo, 12));
        Participant one = { .first_name = "", .last_name = "" };
        dossier_participant(tx, slots.at[i].participant_id, &one);
        Act trainee = demo_act(demo, TRAINEE, arena_print(tx->arena, "%s %s", one.first_name, one.last_name),
                               now);
        if (demo_chance(demo, 40)) {
            demo_done(demo, tx, attendance_sign(tx, slots.at[i].id, "sur son téléphone", &trainee),
                      "presence");
        } else {
            Act absent = trainer_act(demo, session, now);
            demo_done(demo, tx, attendance_absent(tx, slots.at[i].id, "Malade", &absent), "absent");
        }
    }
    demo_done(demo, tx, attendance_countersign(tx, half->id, &trainer), "countersign");
}

/* A day of training, and its end on the last one. */
static void hold(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    HalfDays halves = session_half_days(tx, session->id);
    Date last = { 0 };
    for (size_t i = 0; i < halves.count; i++) {
        last = halves.at[i].held_on;
        if (halves.at[i].held_on.days == day.days)
            hold_half(demo, tx, session, &halves.at[i]);
    }
    if (last.days > day.days)
        return;
    Act act = trainer_act(demo, session, instant_at(day, 1050));
    attendance_check(tx, session->id, act.now);
    act.event = EVENT_declare_end;
    bool done = demo_done(demo, tx, story_fire(tx, THING(session, session->id), (Thing){ 0 }, act), "end");
    session->stage = done ? STAGE_deliver : STAGE_over;
    session->next_on = later(demo, day, 1, 3);
}

static void attest(Demo *demo, Tx *tx, const DemoSession *session, const DemoDossier *dossier, Date day) {
    Participants people = dossier_participants(tx, dossier->id);
    Act act = trainer_act(demo, session, hour(demo, day, 480));
    for (size_t i = 0; i < people.count; i++)
        if (attendance_minutes(tx, people.at[i].id) > 0)
            demo_done(demo, tx, attendance_attest(tx, people.at[i].id, "acquired", &act), "attest");
}

static void deliver(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    Act act = demo_act(demo, STAFF, "Sophie Marchand", hour(demo, day, 600));
    for (size_t i = 0; i < session->count; i++) {
        DemoDossier *dossier = &session->dossiers[i];
        if (story_where(tx, THING(dossier, dossier->id)) != STATE_dossier_green)
            continue;
        attest(demo, tx, session, dossier, day);
        bool done = demo_done(demo, tx, attendance_deliver(tx, dossier->id, &act), "deliver");
        dossier->stage = done ? STAGE_invoice : STAGE_over;
        dossier->next_on = later(demo, day, 1, 4);
    }
    act.event = EVENT_close;
    act.now = instant_add(act.now, 900);
    demo_done(demo, tx, story_fire(tx, THING(session, session->id), (Thing){ 0 }, act), "close");
    session->stage = STAGE_over;
}

void demo_session_day(Demo *demo, Tx *tx, DemoSession *session, Date day) {
    if (session->stage == STAGE_create && session->created_on.days == day.days)
        create(demo, tx, session, day);
    if (session->stage == STAGE_validate && session->next_on.days == day.days &&
        session->stop > STAGE_validate)
        validate(demo, tx, session, day);
    if (!session->id.value)
        return;
    for (size_t i = 0; i < session->count && !demo->why; i++) {
        DemoDossier *dossier = &session->dossiers[i];
        if (dossier->next_on.days == day.days && dossier->stage < session->stop &&
            dossier->stage != STAGE_over)
            dossier_day(demo, tx, session, dossier, day);
    }
    if (session->stage == STAGE_green && session->stop == STAGE_over &&
        date_add(day, 2).days == session->starts_on.days)
        too_late(demo, tx, session, day);
    if (session->stage == STAGE_green && session->starts_on.days == day.days)
        session->stage = story_where(tx, THING(session, session->id)) == STATE_session_open ? STAGE_hold
                                                                                            : STAGE_over;
    if (session->stage == STAGE_hold)
        hold(demo, tx, session, day);
    else if (session->stage == STAGE_deliver && session->next_on.days == day.days &&
             session->stop > STAGE_deliver)
        deliver(demo, tx, session, day);
}
