/* desk_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void desk_act_page(Request *rq);
void desk_act_post(Request *rq);
void desk_adviser_page(Request *rq);
void desk_bulk_post(Request *rq);
void desk_company_page(Request *rq);
void desk_document(Request *rq);
void desk_dossier_page(Request *rq);
void desk_help_page(Request *rq);
void desk_home(Request *rq);
void desk_mail_page(Request *rq);
void desk_mail_resend_post(Request *rq);
void desk_mails_page(Request *rq);
void desk_search_page(Request *rq);
void desk_session_page(Request *rq);
void desk_sessions_page(Request *rq);
void desk_trainer_page(Request *rq);
void desk_worklist_page(Request *rq);
