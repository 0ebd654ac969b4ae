/* people_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void people_account_close_post(Request *rq);
void people_code_page(Request *rq);
void people_code_post(Request *rq);
void people_companies_page(Request *rq);
void people_company_page(Request *rq);
void people_company_post(Request *rq);
void people_link_page(Request *rq);
void people_link_post(Request *rq);
void people_login_code_post(Request *rq);
void people_login_page(Request *rq);
void people_login_post(Request *rq);
void people_logout_all_post(Request *rq);
void people_logout_post(Request *rq);
void people_me_page(Request *rq);
void people_organisation_page(Request *rq);
void people_organisation_post(Request *rq);
void people_password_post(Request *rq);
void people_team_page(Request *rq);
void people_team_post(Request *rq);
