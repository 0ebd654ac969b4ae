/* attendance_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void attendance_certificats_page(Request *rq);
void attendance_certificats_post(Request *rq);
void attendance_countersign_post(Request *rq);
void attendance_participant_page(Request *rq);
void attendance_sheet_page(Request *rq);
void attendance_sign_page(Request *rq);
void attendance_sign_post(Request *rq);
