/* billing_part_pages.h - inside this room: the open invoices to which a payment is given, read and shown. */
#pragma once
#include "billing_store.h"
#include "billing_views.h"
#include "request.h"

enum { PARTS_MOST = 100 };

/* The open invoices; those that the words of the bank or the amount point at are filled in, unless `form` was
 * typed. */
typedef struct PartViews { PartView *at; size_t count; } PartViews;
PartViews billing_part_views(Tx *tx, const Form *form, const char *bank_ref, Money amount, bool may_fill);
/* Fields "part-<id>" with an amount. */
typedef struct Parts { Part *at; size_t count; } Parts;
Parts billing_parts_typed(Request *rq, Form *form);
Tone  billing_tone(const char *name);
/* The acts that the story allows here, but those of `own` (they have a place of their own). */
typedef struct ButtonViews { Button *at; size_t count; } ButtonViews;
ButtonViews billing_acts(Tx *tx, Thing thing, unsigned actors, const Event *own, size_t own_count);
