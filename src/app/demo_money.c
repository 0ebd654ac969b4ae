/* demo_money.c - invoices, payments and transfers of the demo. */
#include "attendance_store.h"
#include "billing_store.h"
#include "demo_world.h"
#include "money.h"
#include "payout_store.h"

static Date later(Demo *demo, Date day, int days, uint64_t more) {
    return date_next_working(date_add(day, days + (int)demo_chance(demo, more + 1)));
}

static bool invoice(Demo *demo, Tx *tx, const DemoDossier *dossier, Act act) {
    billing_check(tx, dossier->id, act.now);
    act.event = EVENT_invoiced;
    return demo_done(demo, tx, story_fire(tx, THING(dossier, dossier->id), (Thing){ 0 }, act), "invoice");
}

static bool pay(Demo *demo, Tx *tx, const DemoDossier *dossier, Date day, const Act *act) {
    Invoices all = billing_of_dossier(tx, dossier->id);
    for (size_t i = 0; i < all.count; i++) {
        const Invoice *one = &all.at[i];
        const char *why = NULL;
        Part part = { one->id, money_sub(one->total_cents, one->settled_cents) };
        if (part.amount.cents <= 0)
            continue;
        NewPayment payment = { .payer_name = one->payer_name,
                               .bank_ref = arena_print(tx->arena, "VIR %s", one->reference),
                               .received_on = day,
                               .amount = part.amount,
                               .parts = &part,
                               .part_count = 1 };
        PaymentId id = billing_record(tx, &payment, act, &why);
        if (!demo_done(demo, tx, (Outcome){ .done = id.value != 0, .why = why }, "payment"))
            return false;
    }
    return true;
}

static bool approve(Demo *demo, Tx *tx, const DemoDossier *dossier, const Act *act) {
    Payout payout;
    if (!payout_of_dossier(tx, dossier->id, &payout))
        return false;
    const char *reference = arena_print(tx->arena, "FT-%04lld", (long long)payout.id.value);
    return demo_done(demo, tx, payout_approve(tx, payout.id, reference, payout.amount_cents, act), "approve");
}

static bool order(Demo *demo, Tx *tx, const DemoDossier *dossier, Date day, const Act *act) {
    Payout payout;
    const char *why = NULL;
    if (!payout_of_dossier(tx, dossier->id, &payout))
        return false;
    BatchId id = payout_batch(tx, &payout.id, 1, date_next_working(date_add(day, 1)), act, &why);
    return demo_done(demo, tx, (Outcome){ .done = id.value != 0, .why = why }, "batch");
}

static bool executed(Demo *demo, Tx *tx, const DemoDossier *dossier, const Act *act) {
    Payout payout;
    return payout_of_dossier(tx, dossier->id, &payout) &&
           demo_done(demo, tx, payout_executed(tx, payout.id, act), "executed");
}

void demo_money_day(Demo *demo, Tx *tx, DemoSession *session, DemoDossier *dossier, Date day) {
    Act thomas = demo_act(demo, STAFF, "Thomas Girard", instant_at(day, 600 + (int)demo_chance(demo, 60)));
    Act sophie = demo_act(demo, STAFF, "Sophie Marchand", instant_at(day, 840 + (int)demo_chance(demo, 60)));
    bool done = false;
    (void)session;
    switch (dossier->stage) {
    case STAGE_invoice: done = invoice(demo, tx, dossier, thomas); break;
    case STAGE_paid: done = pay(demo, tx, dossier, day, &thomas); break;
    case STAGE_approve: done = approve(demo, tx, dossier, &thomas); break;
    case STAGE_order: done = order(demo, tx, dossier, day, &sophie); break;
    case STAGE_executed: done = executed(demo, tx, dossier, &sophie); break;
    case STAGE_archive:
        thomas.event = EVENT_archive;
        demo_done(demo, tx, story_fire(tx, THING(dossier, dossier->id), (Thing){ 0 }, thomas), "archive");
        break;
    default: return;
    }
    dossier->stage = done ? dossier->stage + 1 : STAGE_over;
    bool waits = dossier->stage == STAGE_paid; /* for the payer */
    dossier->next_on = later(demo, day, waits ? 8 : 1, waits ? 30 : 2);
}
