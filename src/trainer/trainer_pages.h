/* trainer_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void trainer_iban_verified_post(Request *rq);
void trainer_invite_page(Request *rq);
void trainer_invite_post(Request *rq);
void trainer_list_page(Request *rq);
void trainer_page(Request *rq);
void trainer_paper_post(Request *rq);
void trainer_profile_page(Request *rq);
void trainer_profile_post(Request *rq);
void trainer_staff_paper_post(Request *rq);
