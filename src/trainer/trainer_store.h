/* trainer_store.h - may this trainer work: papers and dates. Owns paper; moves the machine `trainer`. */
#pragma once
#include "db.h"
#include "ids.h"
#include "people_store.h"
#include "story_store.h"

/* Invites: the trainer's row, its account, the birth of its machine. 0: another trainer has this e-mail. */
TrainerId trainer_invite(Tx *tx, const Trainer *trainer, const Act *act);
/* Records a paper and ticks PAPERS_ARE_VALID, TRAINER_PAPERS_ARE_VALID (of its payouts to come: see payout),
 * plans doc_expired on the first day after the earliest end. A trainer suspended for his papers works again
 * when none is missing. Without an end the kind's own months count from `from`. */
void trainer_paper_add(Tx *tx, TrainerId trainer_id, const char *kind, DocumentId document_id, Date from,
                       Date to, const Act *act);
/* Nothing missing and nothing out of date on that day. */
bool trainer_is_ready(Tx *tx, TrainerId trainer_id, Date today);
bool trainer_may_open(Tx *tx, TrainerId trainer_id); /* its machine stands in trainer_active */
bool trainer_vigilance_is_valid(Tx *tx, TrainerId trainer_id, Date today);
/* Ticks PAPERS_ARE_VALID as of `now`; called before every act on a trainer, since papers expire by
 * themselves. */
void trainer_check(Tx *tx, TrainerId trainer_id, Instant now);

/* One line for each kind of trainer_papers.def, with the paper that reaches furthest. */
typedef struct TrainerPaper {
    const char *kind, *label, *recorded_by;
    bool        is_required, is_there, is_expired;
    DocumentId  document_id;
    Date        valid_from_on, valid_to_on; /* none: does not expire */
} TrainerPaper;
typedef struct TrainerPapers { TrainerPaper *at; size_t count; } TrainerPapers;
TrainerPapers trainer_papers(Tx *tx, TrainerId trainer_id, Date today);
/* Is this one of his papers? For whoever shows a document. */
bool trainer_has_document(Tx *tx, TrainerId trainer_id, DocumentId document_id);
/* NULL: no such kind. */
const char *trainer_paper_label(const char *kind);
/* The last day that `from` is good for; none: the kind does not expire. */
Date trainer_paper_end(const char *kind, Date from);

/* Somebody held the bank's paper against what is typed. False: changed meanwhile, or there is no IBAN. */
bool trainer_iban_verify(Tx *tx, TrainerId trainer_id, int64_t version, const char *person, Instant now);
/* Saves; another IBAN or holder is not verified any more. False: changed meanwhile. */
bool trainer_save(Tx *tx, const Trainer *trainer);

/* Reaction: the papers are looked at again when one has expired (check_trainer_papers). */
const char *trainer_look_again(Tx *tx, const Cause *cause);
