/* session_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void session_course_page(Request *rq);
void session_course_post(Request *rq);
void session_courses_page(Request *rq);
void session_form_page(Request *rq);
void session_form_post(Request *rq);
void session_move_page(Request *rq);
void session_move_post(Request *rq);
