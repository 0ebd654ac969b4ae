/* demo_odd.c - what seldom happens, so that every state is seen in the demo. */
#include "billing_store.h"
#include "demo_world.h"

static void move(Demo *demo, Tx *tx, const DemoSession *session, Event event, const char *reason) {
    Act act = demo_act(demo, TRAINER, demo->trainer_names[session->trainer],
                       instant_at(date_add(demo->day, -2), 960));
    act.event = event;
    act.reason = reason;
    act.inputs = reason ? arena_print(tx->arena, "reason=%s\n", reason) : "";
    dossier_check(tx, session->id, act.now);
    demo_done(demo, tx, story_fire(tx, THING(session, session->id), (Thing){ 0 }, act),
              story_event_name(event));
}

/* Of the sessions not validated yet, one waits for the company, one for a last look, one is given up. */
static void sessions(Demo *demo, Tx *tx) {
    int number = 0;
    for (size_t i = 1; i < demo->session_count && number < 3; i++) {
        const DemoSession *session = &demo->sessions[i];
        if (!session->id.value || story_where(tx, THING(session, session->id)) != STATE_session_draft)
            continue;
        if (number == 0)
            move(demo, tx, session, EVENT_share_link, NULL);
        else if (number == 1)
            move(demo, tx, session, EVENT_fill_for_client, NULL);
        else
            move(demo, tx, session, EVENT_cancel, "Trop peu d'inscrits");
        number++;
    }
}

/* Money whose invoice nobody knows yet. */
static void stray_payment(Demo *demo, Tx *tx) {
    const char *why = NULL;
    Act act = demo_act(demo, STAFF, "Thomas Girard", instant_at(date_add(demo->day, -3), 660));
    NewPayment payment = { .payer_name = "VIR SEPA SANS REFERENCE",
                           .bank_ref = "VIR 20261120",
                           .received_on = date_add(demo->day, -3),
                           .amount = { 84000 } };
    PaymentId id = billing_record(tx, &payment, &act, &why);
    demo_done(demo, tx, (Outcome){ .done = id.value != 0, .why = why }, "stray");
}

void demo_odds(Demo *demo, Tx *tx) {
    if (demo->session_count < 20)
        return; /* a small demo is for tests of one file */
    sessions(demo, tx);
    stray_payment(demo, tx);
}
