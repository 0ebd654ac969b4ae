/* session_days_pages.h - inside this room: the fields of the days, read and shown. */
#pragma once
#include "request.h"
#include "session_schedule.h"
#include "session_views.h"

/* What the form holds; faults and days to confirm are said beside their fields. */
Schedule session_days_read(Request *rq, Form *form);
/* The same without a word: for a form that only grows. */
Schedule session_days_peek(Request *rq, const Form *form);
/* First showing: the days there are, then empty rows with the usual hours. */
void     session_days_preset(Arena *arena, Form *form, const HalfDays *half_days);
/* "Add a day" was pressed: the form with what was typed and one more row; nothing is checked. NULL: it was
 * not. */
Form    *session_days_grow(Request *rq);
DaysView session_days_view(Request *rq, const Form *form, const Schedule *schedule);
