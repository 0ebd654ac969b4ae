/* desk_rows_pages.h - rows of lists, ready for the templates. */
#pragma once
#include "desk_views.h"
#include "request.h"

WorkView        desk_work_view(Request *rq, WorkLines lines, bool has_boxes);
SessionListView desk_session_list(Request *rq, SessionItems items, bool has_trainer);
DocLines        desk_doc_lines(Request *rq, Tx *tx, Documents all); /* those that this viewer may open */
