/* funding_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void funding_answer_page(Request *rq);
void funding_answer_post(Request *rq);
void funding_control_page(Request *rq);
void funding_control_post(Request *rq);
void funding_decision_post(Request *rq);
void funding_queue_page(Request *rq);
void funding_request_page(Request *rq);
void funding_request_post(Request *rq);
void funding_self_pay_page(Request *rq);
void funding_self_pay_post(Request *rq);
void funding_share_page(Request *rq);
void funding_share_post(Request *rq);
