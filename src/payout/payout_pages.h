/* payout_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void payout_approve_post(Request *rq);
void payout_batch_file(Request *rq);
void payout_batch_page(Request *rq);
void payout_batch_post(Request *rq);
void payout_executed_post(Request *rq);
void payout_list_page(Request *rq);
void payout_page(Request *rq);
void payout_trainer_page(Request *rq);
