/* billing_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "form.h"

typedef struct StateTab { const char *label; Url url; bool is_current; } StateTab;

typedef struct InvoiceRowView {
    const char *reference, *payer, *dossier, *state, *due;
    Url         url, dossier_url;
    Tone        tone;
    Money       total, rest;
    bool        is_late;
} InvoiceRowView;

typedef struct InvoiceListView {
    const StateTab       *tabs;
    size_t                tab_count;
    const InvoiceRowView *rows;
    size_t                row_count;
    Url                   next;
} InvoiceListView;

typedef struct InvoiceLineView { const char *label, *quantity, *unit; Money net; } InvoiceLineView;
typedef struct MoneyLineView { const char *label, *about; Date on; Money amount; Url url; } MoneyLineView;

typedef struct InvoiceView {
    const char            *name, *intro, *refusal;
    Tag                    state;
    const SumLine         *facts;
    size_t                 fact_count;
    const InvoiceLineView *lines;
    size_t                 line_count;
    Money                  net, vat, total;
    bool                   has_vat, is_staff;
    const char            *vat_mention, *iban, *holder;
    const DocLine         *docs;
    size_t                 doc_count;
    const MoneyLineView   *money;
    size_t                 money_count;
    const Button          *buttons;
    size_t                 button_count;
} InvoiceView;

/* One open invoice to give a part to: a field named "part-<id>". */
typedef struct PartView {
    const char *field, *label, *about, *typed, *message;
    Money       rest;
    bool        is_suggested;
    Url         url;
} PartView;

typedef struct PaymentRowView {
    const char *payer, *bank_ref, *state;
    Date        received_on;
    Money       amount, left;
    Tone        tone;
    Url         url;
} PaymentRowView;

typedef struct PaymentsView {
    const Form           *form;
    const char           *refusal;
    const PartView       *parts;
    size_t                part_count;
    const PaymentRowView *rows;
    size_t                row_count;
    const StateTab       *tabs;
    size_t                tab_count;
} PaymentsView;

typedef struct PaymentView {
    const Form          *form;
    const char          *refusal;
    Url                  action;
    Tag                  state;
    const SumLine       *facts;
    size_t               fact_count;
    const MoneyLineView *money;
    size_t               money_count;
    const PartView      *parts;
    size_t               part_count;
    const Button        *buttons;
    size_t               button_count;
    bool                 is_open;
} PaymentView;
