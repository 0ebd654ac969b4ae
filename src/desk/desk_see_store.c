/* desk_see_store.c - who may see what the story knows: what is not his is not there. */
#include "desk_store.h"

#include <string.h>

#include "payout_store.h"
#include "text.h"
#include "trainer_store.h"

static bool see_session(Tx *tx, const Viewer *viewer, SessionId id, Sight *ret) {
    Session session, seen;
    Dossier mine;
    if (!session_get(tx, id, &session))
        return false;
    if (viewer->role == ROLE_COMPANY || viewer->role == ROLE_AUDITOR) { /* by its own dossier */
        Dossiers all = dossier_of_session(tx, id);
        size_t i = 0;
        while (i < all.count && !dossier_seen_id(tx, viewer, all.at[i].id, &mine))
            i++;
        if (i == all.count)
            return false;
        ret->dossier_id = mine.id;
        ret->dossier_reference = mine.reference;
    } else if (!session_seen(tx, viewer, session.reference, &seen)) {
        return false;
    }
    ret->session_id = id;
    ret->session_reference = ret->reference = session.reference;
    ret->title = session.title;
    return true;
}

static void hangs_on(Tx *tx, DossierId id, Sight *ret) {
    Dossier dossier;
    Session session;
    if (!dossier_get(tx, id, &dossier))
        return;
    ret->dossier_id = id;
    ret->dossier_reference = dossier.reference;
    ret->session_id = dossier.session_id;
    if (session_get(tx, dossier.session_id, &session)) {
        ret->session_reference = session.reference;
        ret->title = session.title;
    }
}

static bool see_payout(Tx *tx, const Viewer *viewer, PayoutId id, Sight *ret) {
    Payout payout;
    if (viewer->role != ROLE_STAFF || !payout_get(tx, id, &payout))
        return false;
    hangs_on(tx, payout.dossier_id, ret);
    return true;
}

static bool see_trainer(Tx *tx, const Viewer *viewer, TrainerId id, Sight *ret) {
    Trainer trainer;
    bool may = viewer->role == ROLE_STAFF ||
               (viewer->role == ROLE_TRAINER && viewer->trainer_id.value == id.value);
    if (!may || !people_trainer(tx, id, &trainer))
        return false;
    ret->title = arena_print(tx->arena, "%s %s", trainer.first_name, trainer.last_name);
    return true;
}

static bool see_of_dossier(Tx *tx, const Viewer *viewer, Thing thing, Sight *ret) {
    int64_t id = thing.id.value;
    Dossier dossier;
    Slot slot;
    Invoice invoice;
    Audit audit;
    DossierId of = { 0 };
    if (thing.machine == MACHINE_dossier && dossier_seen_id(tx, viewer, (DossierId){ id }, &dossier)) {
        of = dossier.id;
        ret->reference = dossier.reference;
    } else if (thing.machine == MACHINE_slot && attendance_slot_seen(tx, viewer, (SlotId){ id }, &slot)) {
        of = slot.dossier_id;
    } else if (thing.machine == MACHINE_invoice && billing_seen(tx, viewer, (InvoiceId){ id }, &invoice)) {
        of = invoice.dossier_id;
    } else if (thing.machine == MACHINE_audit && quality_seen(tx, viewer, (AuditId){ id }, &audit)) {
        of = audit.dossier_id;
    }
    if (of.value)
        hangs_on(tx, of, ret);
    return of.value != 0;
}

bool desk_see(Tx *tx, const Viewer *viewer, Thing thing, Sight *ret) {
    Payment payment;
    int64_t id = thing.id.value;
    *ret = (Sight){ .thing = thing,
                    .reference = arena_print(tx->arena, "%lld", (long long)id),
                    .dossier_reference = "",
                    .session_reference = "",
                    .title = "" };
    if (id <= 0)
        return false;
    switch (thing.machine) {
    case MACHINE_session: return see_session(tx, viewer, (SessionId){ id }, ret);
    case MACHINE_payment:
        return viewer->role == ROLE_STAFF && billing_payment(tx, (PaymentId){ id }, &payment);
    case MACHINE_payout: return see_payout(tx, viewer, (PayoutId){ id }, ret);
    case MACHINE_trainer: return see_trainer(tx, viewer, (TrainerId){ id }, ret);
    case MACHINE_dossier:
    case MACHINE_slot:
    case MACHINE_invoice:
    case MACHINE_audit: return see_of_dossier(tx, viewer, thing, ret);
    case MACHINE_NONE:
    case MACHINE_COUNT: break;
    }
    return false;
}

/* What the trainer of a dossier has nothing to do with: the money between company and OPCO. */
static bool is_of_money(const Document *document) {
    static const char *const kinds[] = { "answer", "facture", "avoir" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(document->kind, kinds[i]))
            return true;
    return false;
}

bool desk_document_seen(Tx *tx, const Viewer *viewer, DocumentId document_id, Document *ret) {
    Document document;
    Dossier dossier;
    Invoice invoice;
    Sight sight;
    bool may = false;
    if (!document_get(tx, document_id, &document))
        return false;
    if (viewer_sees_all(viewer))
        may = true;
    else if (viewer->role == ROLE_PARTICIPANT) /* his own, and what is taught */
        may = (document.participant_id.value &&
               document.participant_id.value == viewer->participant_id.value) ||
              (!strcmp(document.kind, "programme") &&
               dossier_seen_id(tx, viewer, document.dossier_id, &dossier));
    else if (document.invoice_id.value && viewer->role == ROLE_COMPANY)
        may = billing_seen(tx, viewer, document.invoice_id, &invoice);
    else if (document.dossier_id.value)
        may = dossier_seen_id(tx, viewer, document.dossier_id, &dossier);
    else if (document.session_id.value && viewer->role != ROLE_COMPANY) /* it may name other companies */
        may = desk_see(tx, viewer, THING(session, document.session_id), &sight);
    else if (viewer->role == ROLE_TRAINER) /* his own papers */
        may = trainer_has_document(tx, viewer->trainer_id, document_id);
    if (!may || (viewer->role == ROLE_TRAINER && is_of_money(&document)))
        return false;
    *ret = document;
    return true;
}

void desk_check(Tx *tx, const Sight *sight, const Act *act) {
    if (sight->session_id.value) {
        session_check(tx, sight->session_id, act->now);
        dossier_check(tx, sight->session_id, act->now);
        attendance_check(tx, sight->session_id, act->now);
    }
    if (sight->dossier_id.value && sight->thing.machine != MACHINE_session)
        billing_check(tx, sight->dossier_id, act->now);
    if (sight->thing.machine == MACHINE_payout)
        payout_check(tx, (PayoutId){ sight->thing.id.value }, act);
    if (sight->thing.machine == MACHINE_trainer)
        trainer_check(tx, (TrainerId){ sight->thing.id.value }, act->now);
}
