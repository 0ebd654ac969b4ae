#include "dossier_paper.h"

#include <string.h>

#include "date.h"
#include "directory_store.h"
#include "document_store.h"
#include "dossier_sql.h"
#include "dossier_words.h"
#include "ident.h"
#include "money.h"
#include "text.h"

enum { VAT_20_BP = 2000, QUOTE_DAYS = 60, REQUEST_DAYS = 21 };

/* All that the papers of one dossier speak of. */
typedef struct Sheet {
    Tx *tx;
    Arena *arena;
    Values *values;
    Instant now;
    Dossier dossier;
    Session session;
    Course course;
    Company company;
    Organisation house;
    Participants people;
    bool pays_itself;
} Sheet;

static void set(const Sheet *s, const char *name, const char *value) {
    values_set(s->values, name, value ? value : "");
}

static const char *day(Arena *arena, Date d) {
    int year, month, number;
    if (date_is_none(d))
        return "";
    date_split(d, &year, &month, &number);
    return arena_print(arena, "%s %d", date_day_month(arena, d), year);
}

static const char *address(Arena *arena, const char *street, const char *postcode, const char *city) {
    const char *town = text_trim(arena, arena_print(arena, "%s %s", postcode, city));
    return text_is_empty(street) || text_is_empty(town) ? arena_print(arena, "%s%s", street, town)
                                                        : arena_print(arena, "%s, %s", street, town);
}

static const char *siret_of(Arena *arena, const char *siret) {
    return text_is_empty(siret) ? "" : siret_text(arena, siret);
}

static const char *full_name(Arena *arena, const char *first, const char *last) {
    return text_trim(arena, arena_print(arena, "%s %s", first, last));
}

static void house_names(const Sheet *s) {
    const Organisation *o = &s->house;
    set(s, "organisme.nom", o->name);
    set(s, "organisme.forme",
        text_is_empty(o->capital)
            ? o->legal_form
            : arena_print(s->arena, dossier_word(DOSSIER_FORM_AND_CAPITAL), o->legal_form, o->capital));
    set(s, "organisme.adresse", address(s->arena, o->address, o->postcode, o->city));
    set(s, "organisme.ville", o->city);
    set(s, "organisme.siret", siret_of(s->arena, o->siret));
    set(s, "organisme.rcs", o->rcs);
    set(s, "organisme.nda", text_is_empty(o->nda) ? "" : nda_text(s->arena, o->nda));
    set(s, "organisme.region", o->nda_region);
    set(s, "organisme.qualiopi",
        date_is_none(o->qualiopi_to_on)
            ? ""
            : arena_print(s->arena, dossier_word(DOSSIER_QUALIOPI), day(s->arena, o->qualiopi_to_on)));
}

static void house_people(const Sheet *s) {
    const Organisation *o = &s->house;
    set(s, "organisme.representant", o->representative);
    set(s, "organisme.qualite", o->representative_role);
    set(s, "organisme.contact", o->contact_name);
    set(s, "organisme.courriel", o->email);
    set(s, "organisme.telephone", text_is_empty(o->phone) ? "" : phone_text(s->arena, o->phone));
    set(s, "organisme.tva", o->vat_number);
    set(s, "organisme.titulaire", o->bank_name);
    set(s, "organisme.iban", text_is_empty(o->iban) ? "" : iban_text(s->arena, o->iban));
    set(s, "organisme.bic", o->bic);
}

static void company_values(const Sheet *s) {
    const Company *c = &s->company;
    const char *contact = full_name(s->arena, c->contact_first_name, c->contact_last_name);
    set(s, "entreprise.nom", c->name);
    set(s, "entreprise.adresse", address(s->arena, c->address, c->postcode, c->city));
    set(s, "entreprise.siret", siret_of(s->arena, c->siret));
    set(s, "entreprise.representant", contact);
    set(s, "entreprise.qualite", "");
    set(s, "entreprise.contact",
        text_is_empty(c->phone) ? contact
                                : arena_print(s->arena, "%s, %s", contact, phone_text(s->arena, c->phone)));
}

/* The hours of the first day: others are told by the calendar. */
static const char *hours(Arena *arena, const HalfDays *all) {
    Text text = text_new(arena);
    text_add(&text, "");
    for (size_t i = 0; i < all->count && all->at[i].held_on.days == all->at[0].held_on.days; i++)
        text_print(&text, "%s%s \u2013 %s", i ? " et " : "", minutes_clock(arena, all->at[i].starts_minutes),
                   minutes_clock(arena, all->at[i].ends_minutes));
    return text.p;
}

static void calendar(const Sheet *s) {
    HalfDays all = session_half_days(s->tx, s->session.id);
    set(s, "session.horaires", hours(s->arena, &all));
    values_list(s->values, "demi_journees");
    for (size_t i = 0; i < all.count; i++) {
        const HalfDay *h = &all.at[i];
        Values *item = values_item(s->values, "demi_journees");
        values_set(item, "date", date_prose(s->arena, h->held_on));
        values_set(item, "horaires",
                   arena_print(s->arena, "%s \u2013 %s", minutes_clock(s->arena, h->starts_minutes),
                               minutes_clock(s->arena, h->ends_minutes)));
        values_set(item, "duree", minutes_hours(s->arena, h->ends_minutes - h->starts_minutes));
    }
}

static void place(const Sheet *s) {
    const Session *n = &s->session;
    bool is_remote = text_same(n->place_kind, "remote");
    DossierWord mode = is_remote          ? DOSSIER_MODE_REMOTE
                       : n->remote_bp > 0 ? DOSSIER_MODE_BOTH
                                          : DOSSIER_MODE_ON_SITE;
    int64_t share = is_remote && !n->remote_bp ? 10000 : n->remote_bp;
    set(s, "session.lieu",
        is_remote ? arena_print(s->arena, dossier_word(DOSSIER_PLACE_REMOTE), n->address)
                  : address(s->arena, n->address, n->postcode, n->city));
    set(s, "session.modalite", dossier_word(mode));
    set(s, "session.part_distance",
        share % 100
            ? arena_print(s->arena, "%lld,%02lld\u00a0%%", (long long)(share / 100), (long long)(share % 100))
            : arena_print(s->arena, "%lld\u00a0%%", (long long)(share / 100)));
    set(s, "session.distance", share ? "1" : "");
}

static void lines_of(const Sheet *s, const char *list, const char *text) {
    values_list(s->values, list);
    while (text && *text) {
        size_t n = strcspn(text, "\n");
        const char *line = text_trim(s->arena, arena_copy_n(s->arena, text, n));
        if (*line)
            values_set(values_item(s->values, list), "texte", line);
        text += n + (text[n] == '\n');
    }
}

static void session_values(const Sheet *s) {
    const Session *n = &s->session;
    const Course *c = &s->course;
    Trainer trainer;
    set(s, "session.reference", n->reference);
    set(s, "session.intitule", n->title);
    set(s, "session.dates", date_is_none(n->starts_on) ? "" : date_span(s->arena, n->starts_on, n->ends_on));
    set(s, "session.duree", minutes_hours(s->arena, n->duration_minutes));
    set(s, "session.public", c->audience);
    set(s, "session.prerequis", c->prerequisites);
    set(s, "session.methodes", c->methods);
    set(s, "session.moyens", c->means);
    set(s, "session.evaluation", c->assessment);
    set(s, "session.acces", c->access_delay);
    set(s, "session.accessibilite", c->accessibility);
    lines_of(s, "objectifs", c->objectives);
    lines_of(s, "contenu", c->content);
    bool known = people_trainer(s->tx, n->trainer_id, &trainer);
    set(s, "formateur.nom", known ? full_name(s->arena, trainer.first_name, trainer.last_name) : "");
    place(s);
    calendar(s);
}

static void people_values(const Sheet *s) {
    const Participants *all = &s->people;
    set(s, "participants.nombre",
        all->count == 1 ? dossier_word(DOSSIER_ONE_PERSON)
                        : arena_print(s->arena, dossier_word(DOSSIER_PEOPLE), (long long)all->count));
    values_list(s->values, "participants");
    for (size_t i = 0; i < all->count; i++) {
        Values *item = values_item(s->values, "participants");
        values_set(item, "nom", full_name(s->arena, all->at[i].first_name, all->at[i].last_name));
        values_set(item, "fonction", all->at[i].job);
        values_set(item, "heures", minutes_hours(s->arena, s->session.duration_minutes));
    }
    set(s, "participant.civilite", "");
    set(s, "participant.nom", "");
}

/* A price set by hand is one action; else it is so many people at the price of one. */
static void price_line(const Sheet *s) {
    const char *time = minutes_hours(s->arena, s->session.duration_minutes);
    long long count = (long long)s->people.count;
    Values *item = values_item(s->values, "lignes");
    Money unit = s->dossier.is_price_set ? s->dossier.price_cents : s->session.price_cents;
    const char *quantity = s->dossier.is_price_set ? dossier_word(DOSSIER_ONE_ACTION)
                           : count == 1
                               ? arena_print(s->arena, dossier_word(DOSSIER_ONE_TIMES_HOURS), time)
                               : arena_print(s->arena, dossier_word(DOSSIER_PEOPLE_TIMES_HOURS), count, time);
    values_set(item, "designation",
               arena_print(s->arena, dossier_word(DOSSIER_LINE_OF_PRICE), s->session.title));
    values_set(item, "quantite", quantity);
    values_set(item, "prix_unitaire", money_text(s->arena, unit));
    values_set(item, "montant", money_text(s->arena, s->dossier.price_cents));
}

static void price_values(const Sheet *s) {
    Money net = s->dossier.price_cents, tax = { 0 };
    bool taxed = text_same(s->house.vat_regime, "vat_20");
    if (taxed)
        tax = money_rate(net, (Rate){ VAT_20_BP });
    price_line(s);
    set(s, "prix.ht", money_text(s->arena, net));
    set(s, "prix.tva", money_text(s->arena, tax));
    set(s, "prix.ttc", money_text(s->arena, money_add(net, tax)));
    set(s, "tva.taux", taxed ? "20\u00a0%" : "");
    set(s, "tva.exoneree", text_same(s->house.vat_regime, "exempt_training") ? "1" : "");
    set(s, "tva.franchise", text_same(s->house.vat_regime, "franchise_293b") ? "1" : "");
}

/* Three weeks before the start leave the OPCO its time; later than that, before the eve of the training. */
static Date request_limit(const Sheet *s) {
    Date today = instant_date(s->now), limit = date_add(s->session.starts_on, -REQUEST_DAYS);
    if (limit.days <= today.days)
        limit = date_add(today, 1);
    Date eve = date_add(s->session.starts_on, -1);
    return limit.days < eve.days ? limit : eve;
}

static void funding_values(const Sheet *s) {
    Funder funder;
    AgreementRow agreement;
    bool has = !s->pays_itself && directory_funder(s->tx, s->company.funder_code, &funder);
    bool agreed = has && agreement_number(s->tx, s->dossier.id, &agreement);
    set(s, "opco.nom", has ? funder.name : "");
    set(s, "opco.site", has ? funder.portal : "");
    set(s, "opco.dossier", agreed ? agreement.file_number : "");
    set(s, "paiement.subrogation", has && text_same(s->dossier.payment_choice, "direct") ? "1" : "");
    set(s, "demande.limite", day(s->arena, request_limit(s)));
}

static void paper_names(const Sheet *s) {
    Date today = instant_date(s->now);
    set(s, "dossier.reference", s->dossier.reference);
    set(s, "devis.numero", arena_print(s->arena, "D-%s", s->dossier.reference));
    set(s, "document.date", day(s->arena, today));
    set(s, "document.validite", day(s->arena, date_add(today, QUOTE_DAYS)));
}

static void signature_values(const Sheet *s) {
    Signature signature;
    Arena *arena = s->arena;
    set(s, "signature.organisme", "");
    set(s, "signature.entreprise", "");
    set(s, "convention.date", "");
    if (!dossier_signature(s->tx, s->dossier.id, "convention", &signature))
        return;
    const char *who = text_is_empty(signature.signer_role)
                          ? signature.signer_name
                          : arena_print(arena, "%s, %s", signature.signer_name, signature.signer_role);
    set(s, "entreprise.representant", signature.signer_name);
    set(s, "entreprise.qualite", signature.signer_role);
    set(s, "convention.date", day(arena, instant_date(signature.signed_at)));
    set(s, "signature.entreprise",
        arena_print(arena, dossier_word(DOSSIER_SIGNED_BY_COMPANY), who,
                    instant_text(arena, signature.signed_at), signature.proof));
    set(s, "signature.organisme",
        arena_print(arena, dossier_word(DOSSIER_SIGNED_BY_HOUSE), instant_text(arena, s->now)));
}

static bool sheet_read(Tx *tx, DossierId dossier_id, Instant now, Values *values, Sheet *ret) {
    Signature commitment;
    *ret = (Sheet){ .tx = tx, .arena = tx->arena, .values = values, .now = now };
    if (!dossier_get(tx, dossier_id, &ret->dossier) ||
        !session_get(tx, ret->dossier.session_id, &ret->session) ||
        !people_company(tx, ret->dossier.company_id, &ret->company) ||
        !people_organisation(tx, &ret->house) || !session_course(tx, ret->session.course_id, &ret->course))
        return false;
    ret->people = dossier_participants(tx, dossier_id);
    ret->pays_itself = dossier_signature(tx, dossier_id, "commitment", &commitment);
    return true;
}

static void common(const Sheet *s) {
    house_names(s);
    house_people(s);
    company_values(s);
    session_values(s);
    people_values(s);
    price_values(s);
    funding_values(s);
    paper_names(s);
    signature_values(s);
}

void dossier_common_values(Tx *tx, DossierId dossier_id, Instant now, Values *values) {
    Sheet sheet;
    if (sheet_read(tx, dossier_id, now, values, &sheet))
        common(&sheet);
}

/* Avenants: what changed, told by the last move that asked for one. */

static void change(const Sheet *s, DossierWord what, const char *before, const char *after) {
    Values *item = values_item(s->values, "modifications");
    values_set(item, "objet", dossier_word(what));
    values_set(item, "avant", before);
    values_set(item, "apres", after);
}

static const char *reason_of(const Sheet *s, Thing thing, const char *event, DossierWord otherwise) {
    Lines all = story_lines(s->tx, thing);
    for (size_t i = all.count; i-- > 0;)
        if (text_same(all.at[i].event, event) && !text_is_empty(all.at[i].reason))
            return all.at[i].reason;
    return dossier_word(otherwise);
}

static bool last_was_people(const Sheet *s) {
    Lines all = story_lines(s->tx, THING(dossier, s->dossier.id));
    for (size_t i = all.count; i-- > 0;) {
        if (text_same(all.at[i].event, "trainee_replaced"))
            return true;
        if (text_same(all.at[i].event, "dates_changed"))
            return false;
    }
    return false;
}

static void avenant_values(const Sheet *s) {
    Document last;
    bool is_people = last_was_people(s);
    long long number = document_last(s->tx, s->dossier.id, "avenant", &last) ? last.version + 1 : 1;
    long long key = is_people ? s->dossier.id.value : s->session.id.value;
    const char *former = people_setting(
        s->tx, arena_print(s->arena, "%s.%lld.former", is_people ? "dossier" : "session", key));
    set(s, "avenant.numero", arena_print(s->arena, "%s-%lld", s->dossier.reference, number));
    set(s, "avenant.calendrier", is_people ? "" : "1");
    set(s, "avenant.prix", "");
    values_list(s->values, "modifications");
    if (is_people) {
        set(s, "motif",
            reason_of(s, THING(dossier, s->dossier.id), "trainee_replaced", DOSSIER_REASON_PEOPLE));
        change(s, DOSSIER_CHANGE_OF_PEOPLE, former, dossier_names(s->tx, s->dossier.id));
        return;
    }
    set(s, "motif", reason_of(s, THING(session, s->session.id), "reschedule", DOSSIER_REASON_DATES));
    change(s, DOSSIER_CHANGE_OF_DATES, former, date_span(s->arena, s->session.starts_on, s->session.ends_on));
}

void dossier_paper_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    Sheet sheet;
    if (!sheet_read(tx, subject->dossier_id, now, values, &sheet))
        return;
    common(&sheet);
    avenant_values(&sheet);
}

/* Subjects */

static Subjects one_of(Tx *tx, ThingId thing_id, const char *stem) {
    Dossier dossier;
    Subjects all = { 0 };
    if (dossier_get(tx, (DossierId){ thing_id.value }, &dossier))
        *(Subject *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Subject){
            .session_id = dossier.session_id,
            .dossier_id = dossier.id,
            .file_name = arena_print(tx->arena, "%s-%s.pdf", stem, dossier.reference)
        };
    return all;
}

Subjects dossier_convention_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    return one_of(tx, thing_id, "convention");
}
Subjects dossier_programme_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    return one_of(tx, thing_id, "programme");
}
Subjects dossier_devis_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    return one_of(tx, thing_id, "devis");
}
Subjects dossier_individuel_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    return one_of(tx, thing_id, "dossier");
}
Subjects dossier_avenant_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    (void)machine;
    return one_of(tx, thing_id, "avenant");
}

Subjects dossier_convocation_subjects(Tx *tx, const char *machine, ThingId thing_id) {
    Subjects all = { 0 };
    (void)machine;
    Dossiers alive = dossier_alive_of_session(tx, (SessionId){ thing_id.value });
    for (size_t i = 0; i < alive.count; i++) {
        Participants people = dossier_participants(tx, alive.at[i].id);
        for (size_t k = 0; k < people.count; k++)
            *(Subject *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Subject){
                .session_id = alive.at[i].session_id,
                .dossier_id = alive.at[i].id,
                .participant_id = people.at[k].id,
                .file_name = arena_print(tx->arena, "convocation-%s-%zu.pdf", alive.at[i].reference, k + 1)
            };
    }
    return all;
}

void dossier_convocation_values(Tx *tx, const Subject *subject, Instant now, Values *values) {
    Participant one;
    dossier_common_values(tx, subject->dossier_id, now, values);
    if (!dossier_participant(tx, subject->participant_id, &one))
        return;
    values_set(values, "participant.civilite", one.civility);
    values_set(values, "participant.nom", full_name(tx->arena, one.first_name, one.last_name));
}
