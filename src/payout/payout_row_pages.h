/* payout_row_pages.h - inside this room: payouts as lines of a table. */
#pragma once
#include "payout_store.h"
#include "payout_views.h"
#include "request.h"

PayoutRowView payout_row_view(Request *rq, Tx *tx, const Payout *payout);
PayoutRowView *payout_row_views(Request *rq, Tx *tx, const Payouts *all);
bool          payout_number(const char *typed, int64_t *ret);
