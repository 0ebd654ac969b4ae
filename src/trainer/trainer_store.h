/* trainer_store.h - may this trainer work: papers and dates. Owns paper; moves the machine `trainer`. */
#pragma once
#include "db.h"
#include "ids.h"
#include "people_store.h"
#include "story_store.h"

/* Invites: the trainer's row, its account, the birth of its machine. */
TrainerId trainer_invite(Tx *tx, const Trainer *trainer, const Act *act);
/* Records a paper and ticks PAPERS_ARE_VALID, TRAINER_PAPERS_ARE_VALID (of its payouts to come: see payout),
 * plans doc_expired on the first day after the earliest end. */
void trainer_paper_add(Tx *tx, TrainerId trainer_id, const char *kind, DocumentId document_id, Date from,
                       Date to, const Act *act);
/* Nothing missing and nothing out of date on that day. */
bool trainer_is_ready(Tx *tx, TrainerId trainer_id, Date today);
bool trainer_may_open(Tx *tx, TrainerId trainer_id); /* its machine stands in trainer_active */
bool trainer_vigilance_is_valid(Tx *tx, TrainerId trainer_id, Date today);
