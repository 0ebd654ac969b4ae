/* quality_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void quality_audit_page(Request *rq);
void quality_link_post(Request *rq);
void quality_list_page(Request *rq);
void quality_open_page(Request *rq);
void quality_open_post(Request *rq);
void quality_revoke_post(Request *rq);
void quality_room_page(Request *rq);
