/* trainer_paper_pages.h - inside this room: the papers, shown and received. */
#pragma once
#include "request.h"
#include "trainer_store.h"
#include "trainer_views.h"

PapersView trainer_papers_view(Request *rq, Tx *tx, TrainerId trainer_id, const Form *form, Url action);
/* Reads the form of a paper and keeps it; false: the form has messages, nothing is written. */
bool trainer_paper_receive(Request *rq, Tx *tx, TrainerId trainer_id, Form *form);
