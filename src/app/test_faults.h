/* test_faults.h - a whole file, act by act, from its first click to the trainer's money; and all the store
 * holds, to compare. */
#pragma once
#include <stdio.h>
#include <string.h>

#include "app.h"
#include "attendance_store.h"
#include "billing_store.h"
#include "crypt.h"
#include "directory_store.h"
#include "document_store.h"
#include "funding_store.h"
#include "money.h"
#include "payout_store.h"
#include "tables.h"
#include "test_dossier_store.h"
#include "trainer_store.h"

enum { STEPS_MOST = 2000, TABLES_MOST = 80 };

typedef struct Walk {
    Scene scene;
    AccountId thomas, sophie;
    DossierId dossier;
    PayoutId payout;
    Instant now;
} Walk;

static inline Instant at(int day, int minutes) {
    return instant_at(date_add(date_of(2026, 11, 23), day), minutes);
}

static inline Act by(const Walk *w, unsigned actor) {
    static const char *const names[] = { "Nadia Benali", "Camille Roussel", "Thomas Girard" };
    const char *name = names[actor == TRAINER ? 0 : actor == STAFF ? 2 : 1];
    return (Act){ .actor = actor,
                  .person = name,
                  .account_id = actor == STAFF ? w->thomas : (AccountId){ 0 },
                  .now = w->now };
}

static inline Outcome fire(Tx *tx, const Walk *w, Thing thing, Event event, unsigned actor) {
    Act act = by(w, actor);
    act.event = event;
    return story_fire(tx, thing, (Thing){ 0 }, act);
}

/* ---- what the store holds ---- */

typedef struct Print {
    size_t count;
    const char *names[TABLES_MOST], *rows[TABLES_MOST];
} Print;

static const char *print_sql(Arena *arena, const Tables *tables, const char *join) {
    Text sql = text_new(arena);
    for (size_t i = 0; i < tables->count; i++) {
        if (!strcmp(tables->at[i].name, "funder") || !strcmp(tables->at[i].name, "agreement"))
            continue;
        text_print(&sql, "%sSELECT '%s', %s(line, '|') FROM (SELECT ''", sql.n ? " UNION ALL " : "",
                   tables->at[i].name, join);
        for (size_t k = 0; k < tables->at[i].count; k++) {
            const Column *column = &tables->at[i].columns[k];
            text_print(&sql,
                       column->type == 'b' ? " || length(%s) || ','"
                                           : " || coalesce(CAST(%s AS text), '~') || ','",
                       column->name);
        }
        text_print(&sql, " AS line FROM %s ORDER BY 1) AS t%zu", tables->at[i].name, i);
    }
    text_add(&sql, " ORDER BY 1");
    return sql.p;
}

/* Every row of every table, but those of the directory that the program brings along. */
static inline Print print_of(Db *db, Arena *arena) {
    static Arena *for_ever; /* making the list takes longer than reading the rows */
    static const char *sqlite_sql, *postgres_sql;
    if (!for_ever) {
        Tables tables = tables_expected(for_ever = arena_new());
        sqlite_sql = print_sql(for_ever, &tables, "group_concat");
        postgres_sql = print_sql(for_ever, &tables, "string_agg");
    }
    Print print = { 0 };
    AUTO_TX Tx tx = db_read(db, arena);
    Stmt *st = db_prepare(&tx, sqlite_sql, postgres_sql);
    while (db_step(st) && print.count < TABLES_MOST) {
        print.names[print.count] = db_text(st, 0);
        print.rows[print.count++] = db_text(st, 1);
    }
    db_finish(st);
    if (tx.error || print.count < 30)
        fail_msg("%zu tables: %s", print.count, tx.error ? tx.error : "");
    return print;
}

/* Tables named in `but` may differ. */
static inline void same(const Print *before, const Print *after, const char *but, const char *what,
                        int step) {
    for (size_t i = 0; i < before->count; i++) {
        char name[80];
        snprintf(name, sizeof name, " %s ", before->names[i]);
        if (strcmp(before->rows[i], after->rows[i]) != 0 && !strstr(but, name))
            fail_msg("%s, failure at step %d: table %s has changed:\n%s\n%s", what, step, before->names[i],
                     before->rows[i], after->rows[i]);
    }
}

/* ---- the acts ---- */

static inline Outcome create(Tx *tx, Walk *w) {
    const char *why = NULL;
    HalfDay *days = arena_zero(tx->arena, 2, sizeof *days);
    for (int i = 0; i < 2; i++)
        days[i] = (HalfDay){ .held_on = date_of(2026, 12, 14),
                             .half = i ? "pm" : "am",
                             .starts_minutes = i ? 810 : 540,
                             .ends_minutes = i ? 1020 : 750 };
    Course course = { .title = "Coloration végétale",
                      .objectives = "réaliser un diagnostic",
                      .content = "Pigments",
                      .prerequisites = "Aucun",
                      .audience = "Salariés",
                      .methods = "Démonstrations",
                      .means = "Plateau",
                      .assessment = "Mise en situation",
                      .accessibility = "Accessible",
                      .access_delay = "Trois semaines",
                      .nature = "action_formation",
                      .nsf = "336",
                      .duration_minutes = 420,
                      .price_cents = { 70000 } };
    Session session = { .course_id = session_course_add(tx, &course),
                        .trainer_id = w->scene.trainer_id,
                        .title = course.title,
                        .place_kind = "on_site",
                        .address = "3 place du Marché",
                        .postcode = "69400",
                        .city = "Villefranche-sur-Saône",
                        .price_cents = { 70000 } };
    Act act = by(w, TRAINER);
    w->scene.session_id = session_create(tx, &session, &(HalfDays){ days, 2 }, &act, &why);
    return (Outcome){ .done = w->scene.session_id.value != 0, .why = why };
}

static inline Outcome add_company(Tx *tx, Walk *w) {
    Act act = by(w, TRAINER);
    Dossier kept = { 0 };
    w->dossier = dossier_open(tx, w->scene.session_id, w->scene.companies[0], &act);
    bool done = dossier_get(tx, w->dossier, &kept);
    kept.payment_choice = "direct";
    kept.account_id = w->thomas;
    return (Outcome){ .done = done && dossier_save(tx, &kept), .why = "the dossier is not there" };
}

static inline Outcome add_people(Tx *tx, Walk *w) {
    Participant people[] = {
        { .first_name = "Léa", .last_name = "Fontaine", .email = "lea@c.example", .job = "coiffeuse" },
        { .first_name = "Inès", .last_name = "Haddad", .email = "ines@c.example", .job = "coiffeuse" }
    };
    dossier_participants_set(tx, w->dossier, &(Participants){ people, 2 });
    dossier_check(tx, w->scene.session_id, w->now);
    return (Outcome){ .done = true };
}

static inline Outcome fill(Tx *tx, Walk *w) {
    session_check(tx, w->scene.session_id, w->now);
    dossier_check(tx, w->scene.session_id, w->now);
    return fire(tx, w, THING(session, w->scene.session_id), EVENT_fill_for_client, TRAINER);
}

static inline Outcome validate(Tx *tx, Walk *w) {
    session_fee_set(tx, w->scene.session_id, (Money){ 91000 });
    session_check(tx, w->scene.session_id, w->now);
    return fire(tx, w, THING(session, w->scene.session_id), EVENT_validate, TRAINER);
}

static inline Signature signature(const Walk *w, const char *what, int64_t cents) {
    return (Signature){ .dossier_id = w->dossier,
                        .what = what,
                        .signer_name = "Camille Moreau",
                        .signer_role = "gérante",
                        .email = "camille@c.example",
                        .proof = "code",
                        .consent = "oui",
                        .remote = "127.0.0.1",
                        .user_agent = "",
                        .amount_cents = { cents },
                        .signed_at = w->now };
}

static inline Outcome sign(Tx *tx, Walk *w) {
    Signature one = signature(w, "convention", 0);
    dossier_signature_add(tx, &one);
    story_tick(tx, THING(dossier, w->dossier), SIGNATORY_IS_SURE, true, w->now);
    return fire(tx, w, THING(dossier, w->dossier), EVENT_agreement_signed, COMPANY);
}

static inline Outcome send_request(Tx *tx, Walk *w) {
    Act act = by(w, COMPANY);
    return funding_send(tx, w->dossier, instant_date(w->now), "", &act);
}

static inline Outcome deposit(Tx *tx, Walk *w) {
    Act act = by(w, COMPANY);
    NewDocument paper = { .kind = "accord",
                          .title = "Réponse",
                          .file_name = "accord.pdf",
                          .mime = "application/pdf",
                          .template_sha256 = "",
                          .key = "accord-1",
                          .made_by = act.person,
                          .dossier_id = w->dossier,
                          .is_received = true,
                          .now = w->now };
    DocumentId document = document_keep(tx, &paper, (Bytes){ "%PDF-1.4 accord", 15 });
    return funding_deposit(tx, w->dossier, document, &act);
}

/* The OPCO grants 70 %. */
static inline Outcome decide(Tx *tx, Walk *w) {
    Act act = by(w, STAFF);
    Answer answer;
    Asked asked = funding_asked(tx, w->dossier);
    if (!funding_answer(tx, w->dossier, &answer))
        return (Outcome){ .why = "no answer" };
    answer.funder_code = asked.funder_code;
    answer.file_number = "2026-100417";
    answer.company_siret = asked.company_siret;
    answer.letter_on = date_add(instant_date(w->now), -2);
    answer.starts_on = asked.starts_on;
    answer.ends_on = asked.ends_on;
    answer.granted_minutes = asked.minutes;
    answer.participant_count = asked.participants;
    answer.granted_cents = answer.direct_cents = money_rate(asked.requested, (Rate){ 7000 });
    answer.circuit = funding_circuit(asked.requested, answer.direct_cents);
    answer.invoice_by_on = date_add(asked.ends_on, 90);
    answer.note = "";
    funding_type(tx, answer.id, &answer, &act);
    return funding_decide(tx, w->dossier, EVENT_partial_amount, &act);
}

static inline Outcome accept_share(Tx *tx, Walk *w) {
    Act act = by(w, COMPANY);
    Signature one = signature(w, "share", 42000);
    return funding_accept_share(tx, w->dossier, &one, &act);
}

static inline SlotId slot_of(Tx *tx, const Walk *w, size_t person, size_t half) {
    Participants people = dossier_participants(tx, w->dossier);
    if (person >= people.count)
        return (SlotId){ 0 };
    Slots slots = attendance_of_participant(tx, people.at[person].id);
    return half < slots.count ? slots.at[half].id : (SlotId){ 0 };
}

static inline Outcome present(Tx *tx, Walk *w, size_t person, size_t half) {
    Act act = by(w, TRAINEE);
    return attendance_sign(tx, slot_of(tx, w, person, half), "sur son téléphone", &act);
}
static inline Outcome present_lea_am(Tx *tx, Walk *w) { return present(tx, w, 0, 0); }
static inline Outcome present_lea_pm(Tx *tx, Walk *w) { return present(tx, w, 0, 1); }
static inline Outcome present_ines_pm(Tx *tx, Walk *w) { return present(tx, w, 1, 1); }

static inline Outcome absent_ines_am(Tx *tx, Walk *w) {
    Act act = by(w, TRAINER);
    return attendance_absent(tx, slot_of(tx, w, 1, 0), "Malade", &act);
}

static inline Outcome countersign(Tx *tx, Walk *w, size_t half) {
    Act act = by(w, TRAINER);
    HalfDays halves = session_half_days(tx, w->scene.session_id);
    return half < halves.count ? attendance_countersign(tx, halves.at[half].id, &act)
                               : (Outcome){ .why = "no half-day" };
}
static inline Outcome countersign_am(Tx *tx, Walk *w) { return countersign(tx, w, 0); }
static inline Outcome countersign_pm(Tx *tx, Walk *w) { return countersign(tx, w, 1); }

static inline Outcome declare_end(Tx *tx, Walk *w) {
    attendance_check(tx, w->scene.session_id, w->now);
    return fire(tx, w, THING(session, w->scene.session_id), EVENT_declare_end, TRAINER);
}

static inline Outcome deliver(Tx *tx, Walk *w) {
    Act trainer = by(w, TRAINER), staff = by(w, STAFF);
    Participants people = dossier_participants(tx, w->dossier);
    for (size_t i = 0; i < people.count; i++) {
        Outcome outcome = attendance_attest(tx, people.at[i].id, "acquired", &trainer);
        if (!outcome.done)
            return outcome;
    }
    return attendance_deliver(tx, w->dossier, &staff);
}

static inline Outcome close_session(Tx *tx, Walk *w) {
    return fire(tx, w, THING(session, w->scene.session_id), EVENT_close, STAFF);
}

static inline Outcome invoice(Tx *tx, Walk *w) {
    billing_check(tx, w->dossier, w->now);
    return fire(tx, w, THING(dossier, w->dossier), EVENT_invoiced, STAFF);
}

/* The first invoice that is not settled. */
static inline Outcome pay(Tx *tx, Walk *w) {
    Act act = by(w, STAFF);
    const char *why = "nothing to pay";
    Invoices all = billing_of_dossier(tx, w->dossier);
    for (size_t i = 0; i < all.count; i++) {
        Part part = { all.at[i].id, money_sub(all.at[i].total_cents, all.at[i].settled_cents) };
        if (part.amount.cents <= 0)
            continue;
        NewPayment payment = { .payer_name = all.at[i].payer_name,
                               .bank_ref = arena_print(tx->arena, "VIR %s", all.at[i].reference),
                               .received_on = instant_date(w->now),
                               .amount = part.amount,
                               .parts = &part,
                               .part_count = 1 };
        return (Outcome){ .done = billing_record(tx, &payment, &act, &why).value != 0, .why = why };
    }
    return (Outcome){ .why = why };
}

static inline Outcome approve(Tx *tx, Walk *w) {
    Act act = by(w, STAFF);
    Payout payout;
    if (!payout_of_dossier(tx, w->dossier, &payout))
        return (Outcome){ .why = "no payout" };
    w->payout = payout.id;
    return payout_approve(tx, payout.id, "N-7", payout.amount_cents, &act);
}

static inline Outcome order(Tx *tx, Walk *w) {
    Act act = by(w, STAFF);
    const char *why = NULL;
    act.account_id = w->sophie;
    BatchId id = payout_batch(tx, &w->payout, 1, date_next_working(date_add(instant_date(w->now), 1)), &act,
                              &why);
    return (Outcome){ .done = id.value != 0, .why = why };
}

static inline Outcome executed(Tx *tx, Walk *w) {
    Act act = by(w, STAFF);
    return payout_executed(tx, w->payout, &act);
}

static inline Outcome archive(Tx *tx, Walk *w) {
    return fire(tx, w, THING(dossier, w->dossier), EVENT_archive, STAFF);
}

static const struct Step {
    const char *name;
    Outcome (*act)(Tx *tx, Walk *w);
    int day, minutes; /* after 23 November */
} steps[] = {
    { "create", create, 0, 540 },
    { "add_company", add_company, 0, 550 },
    { "add_people", add_people, 0, 555 },
    { "fill_for_client", fill, 1, 540 },
    { "validate", validate, 1, 560 },
    { "sign", sign, 2, 600 },
    { "send_request", send_request, 3, 600 },
    { "deposit", deposit, 9, 600 },
    { "decide", decide, 10, 600 },
    { "accept_share", accept_share, 11, 600 },
    { "present_lea_am", present_lea_am, 21, 545 },
    { "absent_ines_am", absent_ines_am, 21, 560 },
    { "countersign_am", countersign_am, 21, 755 },
    { "present_lea_pm", present_lea_pm, 21, 815 },
    { "present_ines_pm", present_ines_pm, 21, 820 },
    { "countersign_pm", countersign_pm, 21, 1025 },
    { "declare_end", declare_end, 21, 1040 },
    { "deliver", deliver, 23, 600 },
    { "close", close_session, 23, 660 },
    { "invoice", invoice, 24, 600 },
    { "pay_first", pay, 40, 600 },
    { "pay_second", pay, 41, 600 },
    { "approve", approve, 42, 600 },
    { "order", order, 43, 600 },
    { "executed", executed, 45, 600 },
    { "archive", archive, 46, 600 },
};
enum { STEPS = sizeof steps / sizeof *steps };

/* ---- walking ---- */

static inline AccountId staff(Tx *tx, const char *first, const char *email) {
    Account account = { .role = "staff",
                        .first_name = first,
                        .last_name = "Girard",
                        .email = email,
                        .phone = "",
                        .is_active = true };
    return people_account_add(tx, &account, "", "", at(-80, 540));
}

static inline void trainer(Tx *tx, Walk *w) {
    Act act = { .actor = STAFF, .person = "Sophie", .account_id = w->sophie, .now = at(-80, 560) };
    Trainer nadia = { .first_name = "Nadia",
                      .last_name = "Benali",
                      .email = "nadia@benali.example",
                      .phone = "",
                      .business = "Nadia Benali EI",
                      .siret = "12345678200010",
                      .nda = "84690000069",
                      .vat_regime = "exempt_training",
                      .iban = "FR7630006000011234567890189",
                      .bank_name = "Nadia Benali" };
    TrainerId id = w->scene.trainer_id = trainer_invite(tx, &nadia, &act);
    TrainerPapers papers = trainer_papers(tx, id, instant_date(act.now));
    for (size_t i = 0; i < papers.count; i++)
        trainer_paper_add(tx, id, papers.at[i].kind, (DocumentId){ 0 }, date_of(2026, 9, 1),
                          date_of(2027, 3, 1), &act);
    if (people_trainer(tx, id, &nadia))
        trainer_iban_verify(tx, id, nadia.version, "Sophie", act.now);
    trainer_check(tx, id, act.now);
    act.event = EVENT_dossier_complete;
    if (!trainer_may_open(tx, id))
        assert_true(story_fire(tx, THING(trainer, id), (Thing){ 0 }, act).done);
}

static inline Walk people(Db *db, Arena *arena) {
    Walk w = { .scene = { .now = at(-80, 540) } };
    const char *why = NULL;
    AUTO_TX Tx tx = db_begin(db, arena);
    if (!directory_load(&tx, &why))
        fail_msg("%s", why);
    scene_body(&tx, "exempt_training");
    w.thomas = staff(&tx, "Thomas", "thomas@ateliers.example");
    w.sophie = staff(&tx, "Sophie", "sophie@ateliers.example");
    trainer(&tx, &w);
    w.scene.companies[0] = scene_company(&tx, &w.scene, "Salon Camille", "98765432400019");
    if (!db_commit(&tx))
        fail_msg("%s", tx.error);
    return w;
}

/* One try of an act, on a store that fails at that step. False: nothing was done. */
static inline bool attempt(Db *db, Walk *w, const struct Step *step, int fail_at) {
    AUTO_ARENA Arena *arena = arena_new();
    Walk trial = *w;
    trial.now = at(step->day, step->minutes);
    db_fail_at(fail_at);
    AUTO_TX Tx tx = db_begin(db, arena);
    Outcome outcome = step->act(&tx, &trial);
    bool done = outcome.done && db_commit(&tx);
    db_fail_at(0);
    if (done)
        *w = trial;
    else if (!tx.error)
        fail_msg("%s, failure at step %d: refused: %s", step->name, fail_at, outcome.why ? outcome.why : "?");
    return done;
}

static inline int64_t ask(Db *db, const char *sql) {
    AUTO_ARENA Arena *arena = arena_new();
    AUTO_TX Tx tx = db_read(db, arena);
    Stmt *st = db_prepare(&tx, sql, sql);
    int64_t answer = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    if (tx.error)
        fail_msg("%s", tx.error);
    return answer;
}
