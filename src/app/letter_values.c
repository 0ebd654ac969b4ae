#include "letter_values.h"

#include <string.h>

#include "attendance_store.h"
#include "date.h"
#include "directory_store.h"
#include "funding_store.h"
#include "ident.h"
#include "money.h"
#include "payout_store.h"
#include "text.h"
#include "trainer_store.h"

enum { VAT_20_BP = 2000 };

typedef struct Letter {
    Tx *tx;
    Values *values;
    const char *mail;
    const Recipient *to;
    const About *about;
    Instant now;
    Organisation organisation;
} Letter;

static void set(const Letter *l, const char *name, const char *value) {
    values_set(l->values, name, value ? value : "");
}

static const char *with_article(const Letter *l, Date d) {
    return date_is_none(d) ? "" : arena_print(l->tx->arena, "le %s", date_prose(l->tx->arena, d));
}

static Money with_vat(const Letter *l, Money net) {
    bool taxed = l->organisation.vat_regime && !strcmp(l->organisation.vat_regime, "vat_20");
    return taxed ? money_add(net, money_rate(net, (Rate){ VAT_20_BP })) : net;
}

static void house_values(Letter *l) {
    people_organisation(l->tx, &l->organisation);
    set(l, "organisme.nom", l->organisation.name);
    set(l, "organisme.iban", iban_text(l->tx->arena, l->organisation.iban ? l->organisation.iban : ""));
    set(l, "contact.nom", l->organisation.contact_name);
    set(l, "contact.telephone", l->organisation.phone ? phone_text(l->tx->arena, l->organisation.phone) : "");
    set(l, "contact.lien", l->organisation.phone);
    set(l, "destinataire.prenom", l->to->first_name);
}

static void trainer_values(const Letter *l) {
    Trainer trainer;
    if (people_trainer(l->tx, l->about->trainer_id, &trainer))
        set(l, "formateur.nom", arena_print(l->tx->arena, "%s %s", trainer.first_name, trainer.last_name));
}

static const char *hours_of_day(Tx *tx, const HalfDays *half_days) {
    Text text = text_new(tx->arena);
    for (size_t i = 0; i < half_days->count && half_days->at[i].held_on.days == half_days->at[0].held_on.days;
         i++)
        text_print(&text, "%s%s - %s", i ? " et " : "",
                   minutes_clock(tx->arena, half_days->at[i].starts_minutes),
                   minutes_clock(tx->arena, half_days->at[i].ends_minutes));
    return text.p ? text.p : "";
}

static void session_values(const Letter *l) {
    Arena *arena = l->tx->arena;
    Session session;
    if (!session_get(l->tx, l->about->session_id, &session))
        return;
    HalfDays half_days = session_half_days(l->tx, session.id);
    bool is_remote = !strcmp(session.place_kind, "remote");
    set(l, "session.reference", session.reference);
    set(l, "session.intitule", session.title);
    set(l, "session.dates", date_span(arena, session.starts_on, session.ends_on));
    set(l, "session.anciennes_dates",
        people_setting(l->tx, arena_print(arena, "session.%lld.former", (long long)session.id.value)));
    set(l, "session.debut", with_article(l, session.starts_on));
    set(l, "session.du", arena_print(arena, "du %s", date_day_month(arena, session.starts_on)));
    set(l, "session.horaires", hours_of_day(l->tx, &half_days));
    set(l, "session.ville", is_remote ? "distance" : session.city);
    set(l, "session.lieu",
        is_remote ? arena_print(arena, "à distance : %s", session.address)
                  : arena_print(arena, "%s, %s %s", session.address, session.postcode, session.city));
    set(l, "delai", arena_print(arena, "avant %s", with_article(l, session.starts_on)));
}

static void participants_values(const Letter *l, DossierId dossier_id) {
    Participants people = dossier_participants(l->tx, dossier_id);
    Text names = text_new(l->tx->arena);
    for (size_t i = 0; i < people.count; i++)
        text_print(&names, "%s%s %s", i ? ", " : "", people.at[i].first_name, people.at[i].last_name);
    set(l, "participants.noms", names.p);
    Participant one;
    if (l->about->participant_id.value && dossier_participant(l->tx, l->about->participant_id, &one))
        set(l, "participant.nom", arena_print(l->tx->arena, "%s %s", one.first_name, one.last_name));
}

static void funding_values(const Letter *l, const Dossier *dossier) {
    Arena *arena = l->tx->arena;
    FundingRequest request;
    Answer answer;
    Plan plan;
    Money price = with_vat(l, dossier->price_cents), rest = { 0 };
    Money asked = funding_asked(l->tx, dossier->id).requested;
    if (funding_request(l->tx, dossier->id, &request)) {
        asked = request.requested_cents;
        set(l, "demande.date", with_article(l, request.sent_on));
        set(l, "motif", request.missing);
    }
    set(l, "demande.montant", money_text(arena, asked));
    rest = money_sub(price, asked);
    if (funding_answer(l->tx, dossier->id, &answer) && answer.typed_at.ms) {
        set(l, "accord.montant", money_text(arena, answer.granted_cents));
        rest = money_sub(price, answer.granted_cents);
        Asked wanted = funding_asked(l->tx, dossier->id);
        Granted granted = funding_granted(&answer);
        Differences all = funding_compare(arena, &wanted, &granted, instant_date(l->now));
        for (size_t i = 0; i < all.count; i++)
            if (!all.at[i].is_conform) {
                Values *item = values_item(l->values, "ecarts");
                values_set(item, "ecart.point", all.at[i].point);
                values_set(item, "ecart.lu", all.at[i].read);
                values_set(item, "ecart.attendu", all.at[i].asked);
            }
    }
    if (funding_plan(l->tx, dossier->id, &plan)) {
        set(l, "accord.montant", money_text(arena, plan.shares.funder));
        rest = with_vat(l, plan.shares.company);
    }
    set(l, "reste", money_text(arena, rest));
}

static void dossier_values(const Letter *l) {
    Dossier dossier;
    Company company;
    Funder funder;
    if (!dossier_get(l->tx, l->to->dossier_id, &dossier))
        return;
    set(l, "dossier.reference", dossier.reference);
    set(l, "prix.ttc", money_text(l->tx->arena, with_vat(l, dossier.price_cents)));
    if (people_company(l->tx, dossier.company_id, &company)) {
        set(l, "entreprise.nom", company.name);
        set(l, "opco.nom",
            directory_funder(l->tx, company.funder_code, &funder) ? funder.name : "votre OPCO");
    }
    participants_values(l, dossier.id);
    funding_values(l, &dossier);
}

static void invoice_values(const Letter *l) {
    Arena *arena = l->tx->arena;
    Invoice invoice;
    if (!billing_invoice(l->tx, l->about->invoice_id, &invoice))
        return;
    Date today = instant_date(l->now);
    int late = date_is_none(invoice.due_on) ? 0 : date_diff(today, invoice.due_on);
    set(l, "facture.numero", invoice.reference);
    set(l, "facture.montant", money_text(arena, invoice.total_cents));
    Money rest = money_sub(invoice.total_cents, invoice.settled_cents);
    set(l, "facture.reste", rest.cents > 0 ? money_text(arena, rest) : "");
    set(l, "facture.echeance", date_is_none(invoice.due_on) ? "" : date_prose(arena, invoice.due_on));
    set(l, "facture.retard", arena_print(arena, late > 1 ? "%d jours" : "%d jour", late));
    set(l, "reglement.montant", money_text(arena, invoice.settled_cents));
    set(l, "reglement.date", with_article(l, today));
}

static void payout_values(const Letter *l) {
    Arena *arena = l->tx->arena;
    Payout payout;
    Trainer trainer;
    if (!payout_get(l->tx, l->about->payout_id, &payout))
        return;
    set(l, "virement.montant", money_text(arena, payout.amount_cents));
    set(l, "virement.date", with_article(l, instant_date(l->now)));
    if (people_trainer(l->tx, payout.trainer_id, &trainer) && strlen(trainer.iban) > 4)
        set(l, "virement.compte", trainer.iban + strlen(trainer.iban) - 4);
    Values *line = values_item(l->values, "lignes");
    values_set(line, "ligne.libelle",
               arena_print(arena, "Honoraires, facture %s", payout.trainer_invoice_ref));
    values_set(line, "ligne.montant", money_text(arena, payout.amount_cents));
}

static void audit_values(const Letter *l) {
    Audit audit;
    Funder funder;
    if (!quality_audit(l->tx, l->about->audit_id, &audit))
        return;
    set(l, "controle.reference", audit.reference);
    set(l, "controle.qui",
        directory_funder(l->tx, audit.funder_code, &funder) ? funder.name : audit.auditor_name);
    set(l, "controle.fin", date_prose(l->tx->arena, audit.due_on));
    set(l, "delai", arena_print(l->tx->arena, "avant le %s", date_prose(l->tx->arena, audit.due_on)));
}

/* "lundi 14 décembre au matin" */
static const char *half_day_words(Tx *tx, const Slot *slot, const HalfDays *all) {
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].id.value == slot->half_day_id.value)
            return arena_print(tx->arena, "%s %s", date_prose_short(tx->arena, slot->held_on),
                               text_same(all->at[i].half, "am") ? "au matin" : "après-midi");
    return date_prose_short(tx->arena, slot->held_on);
}

static const char *who_is_missing(Tx *tx, HalfDayId half_day_id) {
    Slots slots = attendance_of_half_day(tx, half_day_id);
    Text names = text_new(tx->arena);
    text_add(&names, "");
    for (size_t i = 0; i < slots.count; i++) {
        const Slot *slot = &slots.at[i];
        Participant one;
        if (slot->signed_at.ms || !text_is_empty(slot->absent_reason) ||
            text_same(slot->state, story_state_name(STATE_slot_absent)) ||
            !dossier_participant(tx, slot->participant_id, &one) || one.is_gone)
            continue;
        text_print(&names, "%s%s %s", names.n ? ", " : "", one.first_name, one.last_name);
    }
    return names.p;
}

static void slot_values(const Letter *l) {
    static const Viewer house = { .role = ROLE_STAFF };
    Slot slot;
    if (!l->about->slot_id.value || !attendance_slot_seen(l->tx, &house, l->about->slot_id, &slot))
        return;
    HalfDays half_days = session_half_days(l->tx, l->about->session_id);
    set(l, "demi_journee", half_day_words(l->tx, &slot, &half_days));
    if (text_same(l->mail, "signature_missing"))
        set(l, "participants.noms", who_is_missing(l->tx, slot.half_day_id));
    if (text_same(l->mail, "participant_absent"))
        set(l, "motif", slot.absent_reason);
}

/* One figure when everybody followed as much, else each with his own. */
static void hours_values(const Letter *l) {
    Arena *arena = l->tx->arena;
    if (!text_same(l->mail, "certificate_ready"))
        return;
    Participants people = dossier_participants(l->tx, l->to->dossier_id);
    Text each = text_new(arena);
    int64_t first = 0;
    bool is_same = true;
    for (size_t i = 0; i < people.count; i++) {
        int64_t minutes = attendance_minutes(l->tx, people.at[i].id);
        first = i ? first : minutes;
        is_same = is_same && minutes == first;
        text_print(&each, "%s%s %s\u00a0: %s", i ? ", " : "", people.at[i].first_name, people.at[i].last_name,
                   minutes_hours(arena, minutes));
    }
    set(l, "heures", is_same ? minutes_hours(arena, first) : each.p);
}

/* The paper that ends first among those that count. */
static void paper_values(const Letter *l) {
    if (!text_starts(l->mail, "papers_expired"))
        return;
    TrainerPapers all = trainer_papers(l->tx, l->about->trainer_id, instant_date(l->now));
    const TrainerPaper *first = NULL;
    for (size_t i = 0; i < all.count; i++) {
        const TrainerPaper *paper = &all.at[i];
        if (paper->is_there && !date_is_none(paper->valid_to_on) &&
            (!first || date_diff(paper->valid_to_on, first->valid_to_on) < 0))
            first = paper;
    }
    if (!first)
        return;
    set(l, "piece.nom", first->label);
    set(l, "piece.expiration", with_article(l, first->valid_to_on));
}

static const Line *last_reason(Tx *tx, Thing thing) {
    Lines lines = story_lines(tx, thing);
    const Line *last = NULL;
    for (size_t i = 0; i < lines.count; i++)
        if (!text_is_empty(lines.at[i].reason))
            last = lines.at + i;
    return last;
}

/* The last reason written on the file or on its session: what a cancellation, a refusal or a move says. */
static void reason_values(const Letter *l) {
    const Line *file = NULL, *session = NULL;
    if (l->to->dossier_id.value)
        file = last_reason(l->tx, THING(dossier, l->to->dossier_id));
    if (l->about->session_id.value)
        session = last_reason(l->tx, THING(session, l->about->session_id));
    if (file && session && session->id.value > file->id.value)
        file = NULL;
    if (file || session)
        set(l, "motif", file ? file->reason : session->reason);
}

/* What the green light still waits for: a company reads its own step, the others the state of each. */
static void waiting_values(const Letter *l) {
    if (!text_starts(l->mail, "no_green_light"))
        return;
    bool is_company = text_same(l->to->role, "company");
    Dossiers all = dossier_alive_of_session(l->tx, l->about->session_id);
    Text each = text_new(l->tx->arena);
    for (size_t i = 0; i < all.count; i++) {
        State state = story_where(l->tx, THING(dossier, all.at[i].id));
        const Row *row = story_state(state);
        Company company;
        if (state >= STATE_dossier_green || (is_company && all.at[i].id.value != l->to->dossier_id.value))
            continue;
        if (is_company)
            text_add(&each, row->who & COMPANY ? row->turn : row->meaning);
        else if (people_company(l->tx, all.at[i].company_id, &company))
            text_print(&each, "%s%s\u00a0: %s", each.n ? ", " : "", company.name, row->label);
    }
    set(l, "motif", each.n ? each.p : "Une autre entreprise de cette session attend encore son financement.");
}

/* Until when we ask for an answer, or promise ours. */
static void delay_values(const Letter *l) {
    static const struct {
        const char *mail;
        int days;
    } delays[] = {
#define DELAY(mail, days) { #mail, days },
#include "mail_delays.def"
    };
    for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++)
        if (!strcmp(delays[i].mail, l->mail)) {
            Date until = date_add_working(instant_date(l->now), delays[i].days);
            set(l, "delai", arena_print(l->tx->arena, "avant %s", date_prose_short(l->tx->arena, until)));
        }
}

Values *letter_values(Tx *tx, const char *mail, const Recipient *to, const About *about, Instant now) {
    Letter l = {
        .tx = tx, .values = values_new(tx->arena), .mail = mail, .to = to, .about = about, .now = now
    };
#define FIELD(name, ...) values_set(l.values, #name, "");
#define LIST(name, ...)  values_list(l.values, #name);
#include "mail_fields.def"
    house_values(&l);
    trainer_values(&l);
    session_values(&l);
    dossier_values(&l);
    reason_values(&l);
    waiting_values(&l);
    slot_values(&l);
    hours_values(&l);
    paper_values(&l);
    invoice_values(&l);
    payout_values(&l);
    audit_values(&l);
    delay_values(&l);
    return l.values;
}
