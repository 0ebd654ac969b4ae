/* billing_paper.h - the values of an invoice or credit note. */
#pragma once
#include "billing_store.h"
#include "document.h"

Subjects billing_paper_subjects(Tx *tx, const char *machine, ThingId thing_id);
void     billing_paper_values(Tx *tx, const Subject *subject, Instant now, Values *values);
