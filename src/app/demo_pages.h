/* demo_pages.h - the demo's own pages, and health. */
#pragma once
#include "request.h"

void app_health(Request *rq);
void demo_advance_post(Request *rq);
void demo_enter(Request *rq);
void demo_letter(Request *rq); /* the specimen that Camille deposits */
void demo_mail_page(Request *rq);
void demo_mails_page(Request *rq);
void demo_page(Request *rq);
