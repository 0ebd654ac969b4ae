#include "trainer_store.h"

#include <string.h>

#include "date.h"
#include "text.h"
#include "trainer_sql.h"

typedef struct Kind {
    const char *kind, *label;
    int months;
    bool is_required;
} Kind;

static const Kind kinds[] = {
#define PAPER(kind, label, months, required) { #kind, label, months, required },
#include "trainer_papers.def"
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const Kind *kind_named(const char *name) {
    for (size_t i = 0; i < KINDS; i++)
        if (!strcmp(kinds[i].kind, name))
            return &kinds[i];
    return NULL;
}

TrainerId trainer_invite(Tx *tx, const Trainer *t, const Act *act) {
    Trainers all = people_trainers(tx);
    for (size_t i = 0; i < all.count; i++)
        if (text_same(all.at[i].email, t->email))
            return (TrainerId){ 0 };
    TrainerId id = people_trainer_add(tx, t);
    Account account = { .role = "trainer",
                        .first_name = t->first_name,
                        .last_name = t->last_name,
                        .email = t->email,
                        .phone = t->phone,
                        .trainer_id = id,
                        .is_active = true };
    people_account_add(tx, &account, "", "", act->now);
    Act born = *act;
    born.event = EVENT_invited;
    story_fire(tx, THING(trainer, id), (Thing){ 0 }, born);
    return id;
}

/* The day after the first of the papers in use ends; none: nothing ends. */
static Date first_day_without(const TrainerPapers *papers) {
    Date first = { 0 };
    for (size_t i = 0; i < papers->count; i++) {
        const TrainerPaper *p = &papers->at[i];
        if (p->is_required && p->is_there && !date_is_none(p->valid_to_on) &&
            (date_is_none(first) || p->valid_to_on.days < first.days))
            first = p->valid_to_on;
    }
    return date_is_none(first) ? first : date_add(first, 1);
}

static bool is_ready(const TrainerPapers *papers) {
    for (size_t i = 0; i < papers->count; i++)
        if (papers->at[i].is_required && (!papers->at[i].is_there || papers->at[i].is_expired))
            return false;
    return true;
}

static void plan_end(Tx *tx, Thing thing, const TrainerPapers *papers) {
    Date day = first_day_without(papers);
    if (date_is_none(day))
        story_unplan(tx, thing, EVENT_doc_expired);
    else
        story_plan(tx, thing, EVENT_doc_expired, instant_at(day, 0));
}

void trainer_paper_add(Tx *tx, TrainerId trainer_id, const char *kind, DocumentId document_id, Date from,
                       Date to, const Act *act) {
    Date end = date_is_none(to) ? trainer_paper_end(kind, from) : to;
    Thing thing = THING(trainer, trainer_id);
    paper_insert(tx, trainer_id, kind, document_id, from, end, act->person ? act->person : "", act->now);
    TrainerPapers papers = trainer_papers(tx, trainer_id, instant_date(act->now));
    bool ready = is_ready(&papers);
    story_tick(tx, thing, PAPERS_ARE_VALID, ready, act->now);
    plan_end(tx, thing, &papers);
    if (!ready || story_where(tx, thing) != STATE_trainer_suspended_new)
        return;
    Act renewed = *act;
    renewed.event = EVENT_papers_renewed;
    story_fire(tx, thing, (Thing){ 0 }, renewed);
    plan_end(tx, thing, &papers); /* what was planned before cannot come while suspended */
}

bool trainer_is_ready(Tx *tx, TrainerId trainer_id, Date today) {
    TrainerPapers papers = trainer_papers(tx, trainer_id, today);
    return is_ready(&papers);
}

bool trainer_may_open(Tx *tx, TrainerId trainer_id) {
    return story_where(tx, THING(trainer, trainer_id)) == STATE_trainer_active;
}

bool trainer_vigilance_is_valid(Tx *tx, TrainerId trainer_id, Date today) {
    TrainerPapers papers = trainer_papers(tx, trainer_id, today);
    for (size_t i = 0; i < papers.count; i++)
        if (!strcmp(papers.at[i].kind, "vigilance"))
            return papers.at[i].is_there && !papers.at[i].is_expired;
    return false;
}

void trainer_check(Tx *tx, TrainerId trainer_id, Instant now) {
    story_tick(tx, THING(trainer, trainer_id), PAPERS_ARE_VALID,
               trainer_is_ready(tx, trainer_id, instant_date(now)), now);
}

/* Does the row reach further than what is known of its kind? A paper without an end reaches furthest. */
static bool reaches_further(const PaperRow *row, const TrainerPaper *known) {
    if (!known->is_there || date_is_none(row->valid_to_on))
        return true;
    return !date_is_none(known->valid_to_on) && row->valid_to_on.days >= known->valid_to_on.days;
}

static bool is_expired(const TrainerPaper *p, Date today) {
    return p->is_there && !date_is_none(p->valid_to_on) && p->valid_to_on.days < today.days;
}

TrainerPapers trainer_papers(Tx *tx, TrainerId trainer_id, Date today) {
    TrainerPapers all = { arena_zero(tx->arena, KINDS, sizeof(TrainerPaper)), KINDS };
    PaperRows rows = papers_of_trainer(tx, trainer_id);
    for (size_t k = 0; k < KINDS; k++) {
        TrainerPaper *p = &all.at[k];
        *p = (TrainerPaper){ .kind = kinds[k].kind,
                             .label = kinds[k].label,
                             .is_required = kinds[k].is_required };
        for (size_t i = 0; i < rows.count; i++) {
            const PaperRow *row = &rows.at[i];
            if (strcmp(row->kind, p->kind) != 0 || !reaches_further(row, p))
                continue;
            p->is_there = true;
            p->document_id = row->document_id;
            p->valid_from_on = row->valid_from_on;
            p->valid_to_on = row->valid_to_on;
            p->recorded_by = row->recorded_by;
        }
        p->is_expired = is_expired(p, today);
    }
    return all;
}

bool trainer_has_document(Tx *tx, TrainerId trainer_id, DocumentId document_id) {
    PaperOfDocument row;
    return trainer_id.value && document_id.value && paper_of_document(tx, trainer_id, document_id, &row);
}

const char *trainer_paper_label(const char *kind) {
    const Kind *known = kind_named(kind);
    return known ? known->label : NULL;
}

Date trainer_paper_end(const char *kind, Date from) {
    const Kind *known = kind_named(kind);
    if (!known || !known->months || date_is_none(from))
        return (Date){ 0 };
    int year, month, day;
    date_split(from, &year, &month, &day);
    month += known->months - 1;
    year += month / 12;
    month = month % 12 + 1;
    while (!date_exists(year, month, day)) /* 31 August and six months: the last day of February */
        day--;
    return date_of(year, month, day);
}

bool trainer_iban_verify(Tx *tx, TrainerId trainer_id, int64_t version, const char *person, Instant now) {
    Trainer t;
    if (!people_trainer(tx, trainer_id, &t) || text_is_empty(t.iban) || t.version != version)
        return false;
    t.iban_verified_at = now;
    t.iban_verified_by = person;
    return people_trainer_save(tx, &t);
}

bool trainer_save(Tx *tx, const Trainer *trainer) {
    Trainer before, after = *trainer;
    if (!people_trainer(tx, trainer->id, &before))
        return false;
    bool same = text_same(before.iban, after.iban) && text_same(before.bank_name, after.bank_name);
    after.iban_verified_at = same ? before.iban_verified_at : (Instant){ 0 };
    after.iban_verified_by = same ? before.iban_verified_by : "";
    return people_trainer_save(tx, &after);
}

const char *trainer_look_again(Tx *tx, const Cause *cause) {
    trainer_check(tx, (TrainerId){ cause->thing.id.value }, cause->act.now);
    return NULL;
}
