#include "reach.h"

#include <string.h>

#include "attendance_store.h"
#include "payout_store.h"
#include "text.h"

static About about_dossier(Tx *tx, DossierId dossier_id) {
    Dossier dossier;
    Session session;
    About about = { .dossier_id = dossier_id };
    if (!dossier_get(tx, dossier_id, &dossier))
        return about;
    about.session_id = dossier.session_id;
    if (session_get(tx, dossier.session_id, &session))
        about.trainer_id = session.trainer_id;
    return about;
}

static About about_slot(Tx *tx, SlotId slot_id) {
    static const Viewer staff = { .role = ROLE_STAFF };
    Slot slot;
    if (!attendance_slot_seen(tx, &staff, slot_id, &slot))
        return (About){ 0 };
    About about = about_dossier(tx, slot.dossier_id);
    about.participant_id = slot.participant_id;
    about.slot_id = slot_id;
    return about;
}

About reach_about(Tx *tx, Thing thing) {
    About about = { 0 };
    Session session;
    Invoice invoice;
    Payout payout;
    Audit audit;
    switch (thing.machine) {
    case MACHINE_session:
        about.session_id.value = thing.id.value;
        if (session_get(tx, about.session_id, &session))
            about.trainer_id = session.trainer_id;
        break;
    case MACHINE_dossier: about = about_dossier(tx, (DossierId){ thing.id.value }); break;
    case MACHINE_slot: about = about_slot(tx, (SlotId){ thing.id.value }); break;
    case MACHINE_invoice:
        if (billing_invoice(tx, (InvoiceId){ thing.id.value }, &invoice))
            about = about_dossier(tx, invoice.dossier_id);
        about.invoice_id.value = thing.id.value;
        break;
    case MACHINE_payout:
        if (payout_get(tx, (PayoutId){ thing.id.value }, &payout))
            about = about_dossier(tx, payout.dossier_id);
        about.payout_id.value = thing.id.value;
        break;
    case MACHINE_audit:
        if (quality_audit(tx, (AuditId){ thing.id.value }, &audit))
            about = about_dossier(tx, audit.dossier_id);
        about.audit_id.value = thing.id.value;
        break;
    case MACHINE_trainer: about.trainer_id.value = thing.id.value; break;
    default: break;
    }
    return about;
}

static void add(Tx *tx, Recipients *all, Recipient one) {
    if (text_is_empty(one.address))
        return;
    *(Recipient *)arena_grow(tx->arena, (void **)&all->at, &all->count, sizeof one) = one;
}

static void add_company(Tx *tx, Recipients *all, const Dossier *dossier) {
    Company company;
    if (!people_company(tx, dossier->company_id, &company))
        return;
    Accounts accounts = people_accounts_of_company(tx, company.id);
    add(tx, all,
        (Recipient){
            .role = "company",
            .first_name = text_is_empty(company.contact_first_name) ? company.name
                                                                    : company.contact_first_name,
            .name = arena_print(tx->arena, "%s %s", company.contact_first_name, company.contact_last_name),
            .address = company.email,
            .account_id = accounts.count ? accounts.at[0].id : (AccountId){ 0 },
            .dossier_id = dossier->id });
}

/* Does a mail about the session still concern this dossier? Also when it was cancelled by the very act that
 * is told. */
static bool is_concerned(Tx *tx, Thing session, const Dossier *dossier) {
    Thing thing = THING(dossier, dossier->id);
    return !story_is_dead(story_where(tx, thing)) || story_since(tx, thing).ms == story_since(tx, session).ms;
}

static Dossiers concerned(Tx *tx, const About *about) {
    Dossiers all, some = { 0 };
    Dossier one;
    if (about->dossier_id.value) {
        if (dossier_get(tx, about->dossier_id, &one))
            *(Dossier *)arena_grow(tx->arena, (void **)&some.at, &some.count, sizeof one) = one;
        return some;
    }
    all = dossier_of_session(tx, about->session_id);
    for (size_t i = 0; i < all.count; i++)
        if (is_concerned(tx, THING(session, about->session_id), &all.at[i]))
            *(Dossier *)arena_grow(tx->arena, (void **)&some.at, &some.count, sizeof one) = all.at[i];
    return some;
}

static void add_participants(Tx *tx, Recipients *all, const About *about) {
    Dossiers dossiers = concerned(tx, about);
    for (size_t i = 0; i < dossiers.count; i++) {
        Participants people = dossier_participants(tx, dossiers.at[i].id);
        for (size_t k = 0; k < people.count; k++) {
            const Participant *p = &people.at[k];
            if (about->participant_id.value && about->participant_id.value != p->id.value)
                continue;
            add(tx, all,
                (Recipient){ .role = "participant",
                             .first_name = p->first_name,
                             .name = arena_print(tx->arena, "%s %s", p->first_name, p->last_name),
                             .address = p->email,
                             .participant_id = p->id,
                             .dossier_id = p->dossier_id });
        }
    }
}

static void add_trainer(Tx *tx, Recipients *all, const About *about) {
    Trainer trainer;
    if (!people_trainer(tx, about->trainer_id, &trainer))
        return;
    Accounts accounts = people_accounts_of_trainer(tx, trainer.id);
    Dossiers dossiers = about->session_id.value ? concerned(tx, about) : (Dossiers){ 0 };
    add(tx, all,
        (Recipient){ .role = "trainer",
                     .first_name = trainer.first_name,
                     .name = arena_print(tx->arena, "%s %s", trainer.first_name, trainer.last_name),
                     .address = trainer.email,
                     .account_id = accounts.count ? accounts.at[0].id : (AccountId){ 0 },
                     .dossier_id = about->dossier_id.value ? about->dossier_id
                                   : dossiers.count        ? dossiers.at[0].id
                                                           : (DossierId){ 0 } });
}

/* The staff member who follows the dossier; everybody when nobody does. */
static void add_staff(Tx *tx, Recipients *all, const About *about) {
    Dossiers dossiers = about->session_id.value ? concerned(tx, about) : (Dossiers){ 0 };
    AccountId follower = dossiers.count ? dossiers.at[0].account_id : (AccountId){ 0 };
    Accounts staff = people_staff(tx);
    for (size_t i = 0; i < staff.count; i++) {
        const Account *a = &staff.at[i];
        if (follower.value && follower.value != a->id.value)
            continue;
        add(tx, all,
            (Recipient){ .role = "staff",
                         .first_name = a->first_name,
                         .name = arena_print(tx->arena, "%s %s", a->first_name, a->last_name),
                         .address = a->email,
                         .account_id = a->id,
                         .dossier_id = dossiers.count ? dossiers.at[0].id : (DossierId){ 0 } });
    }
}

static void add_payer(Tx *tx, Recipients *all, const About *about) {
    Invoice invoice;
    Dossier dossier;
    if (!billing_invoice(tx, about->invoice_id, &invoice) || !dossier_get(tx, invoice.dossier_id, &dossier))
        return;
    if (!strcmp(invoice.payer_kind, "company"))
        add_company(tx, all, &dossier);
    else
        add(tx, all,
            (Recipient){ .role = "funder",
                         .first_name = invoice.payer_name,
                         .name = invoice.payer_name,
                         .address = invoice.payer_email,
                         .dossier_id = dossier.id });
}

Recipients reach_recipients(Tx *tx, const About *about, unsigned actor) {
    Recipients all = { 0 };
    if (actor == COMPANY) {
        Dossiers dossiers = concerned(tx, about);
        for (size_t i = 0; i < dossiers.count; i++)
            add_company(tx, &all, &dossiers.at[i]);
    } else if (actor == TRAINER) {
        add_trainer(tx, &all, about);
    } else if (actor == TRAINEE) {
        add_participants(tx, &all, about);
    } else if (actor == STAFF) {
        add_staff(tx, &all, about);
    } else if (actor == PAYER) {
        add_payer(tx, &all, about);
    }
    return all;
}
