/* dossier_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void dossier_add_page(Request *rq);
void dossier_add_post(Request *rq);
void dossier_convention_page(Request *rq);
void dossier_convention_post(Request *rq);
void dossier_data_page(Request *rq);
void dossier_data_post(Request *rq);
void dossier_follow_post(Request *rq);
void dossier_replace_page(Request *rq);
void dossier_replace_post(Request *rq);
