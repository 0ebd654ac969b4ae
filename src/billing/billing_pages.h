/* billing_pages.h - the pages of this room (app/routes.def). */
#pragma once
#include "request.h"

void billing_allocate_post(Request *rq);
void billing_invoice_page(Request *rq);
void billing_list_page(Request *rq);
void billing_payment_page(Request *rq);
void billing_payment_post(Request *rq);
void billing_payments_page(Request *rq);
