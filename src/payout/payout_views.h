/* payout_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "form.h"

typedef struct PayoutRowView {
    const char *id, *trainer, *dossier, *training, *state, *invoice_ref;
    const char *missing; /* NULL: may be put into a file */
    Money       amount;
    Tone        tone;
    Url         url, dossier_url;
    bool        is_ticked, is_in_file;
} PayoutRowView;

typedef struct BatchRowView {
    const char *reference, *made_by;
    Date        execute_on;
    Money       total;
    int64_t     count;
    Url         url;
} BatchRowView;

typedef struct PayoutTab { const char *label; Url url; bool is_current; } PayoutTab;

typedef struct PayoutListView {
    const Form          *form;
    const char          *refusal;
    const PayoutTab     *tabs;
    size_t               tab_count;
    const PayoutRowView *ready;
    size_t               ready_count;
    const PayoutRowView *rows;
    size_t               row_count;
    const BatchRowView  *batches;
    size_t               batch_count;
} PayoutListView;

typedef struct BatchView {
    const char          *reference, *refusal;
    Url                  file, action;
    const SumLine       *facts;
    size_t               fact_count;
    const PayoutRowView *rows;
    size_t               row_count;
    bool                 is_waiting; /* at least one waits for the bank */
} BatchView;

typedef struct PayoutView {
    const Form    *form;
    const char    *name, *meaning, *refusal, *amount;
    Url            action;
    Tag            state;
    const SumLine *facts;
    size_t         fact_count;
    const Button  *buttons;
    size_t         button_count;
    bool           may_approve, may_correct;
    const char    *missing; /* why not now */
} PayoutView;

typedef struct TrainerPayoutsView {
    const PayoutRowView *rows;
    size_t               row_count;
} TrainerPayoutsView;
