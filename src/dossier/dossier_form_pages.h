/* dossier_form_pages.h - inside this room: the company's form, read and filled. */
#pragma once
#include "dossier_store.h"
#include "dossier_views.h"
#include "request.h"

/* A button that changes the form was pressed ("add a row", "propose the OPCO"): show it again, nothing is
 * checked. */
bool   dossier_form_is_asking(const Request *rq);
/* What was typed, over what is known. The funder follows the agreement when none is chosen. */
void   dossier_form_read(Tx *tx, Form *form, Company *company, Dossier *dossier);
Participants dossier_form_people(Arena *arena, Form *form);
void   dossier_form_preset(Arena *arena, Form *form, const Company *company, const Dossier *dossier,
                           const Participants *people);
CompanyFormView dossier_form_view(Request *rq, Tx *tx, const Form *form, size_t people_count);
