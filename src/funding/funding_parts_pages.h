/* funding_parts_pages.h - inside this room: what its pages share. */
#pragma once
#include "funding_store.h"
#include "funding_views.h"
#include "request.h"

/* 404 is answered when it is not this viewer's. */
bool  funding_sees(Request *rq, Tx *tx, Dossier *ret);
void  funding_line(SumLines *lines, FundingWord label, const char *value, bool is_total);
void  funding_send_page(Request *rq, Html *body, const Form *form, FundingWord title, const Dossier *dossier,
                        const char *refusal);
/* The OPCO's name, or "votre OPCO". */
const char *funding_funder_name(Tx *tx, const char *code);
Money funding_with_vat(Tx *tx, Money net);
/* True: committed, the next page is `to`. False: a fault, answered. */
bool  funding_commit(Request *rq, Tx *tx, Event event, Url to);
