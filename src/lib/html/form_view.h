/* form_view.h - what form.html shows: fields ready to write. */
#pragma once
#include "form.h"

typedef struct FieldView {
    const char *name, *label, *hint, *message, *value;
    const char *tag_type, *mode; /* type= and inputmode= */
    const char *autocomplete, *accept;
    const char *css;             /* "" or " in-code" */
    size_t      longest;
    bool        is_optional, is_area, is_literal; /* literal: no spelling, no capitals */
    const char *described_by;    /* ids, "" for none */
} FieldView;

typedef struct OptionView {
    const char *id, *value, *label, *hint;
    bool        is_chosen;
} OptionView;

typedef struct ChoiceView {
    FieldView         field;
    const OptionView *options;
    size_t            count;
    bool              has_empty; /* one of the options is the empty one */
} ChoiceView;

typedef struct SummaryView {
    const FieldValue *faults; /* name, message */
    size_t            count;
} SummaryView;
