/* funding_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "form.h"
#include "funding.h"
#include "funding_words.h"

enum { SUM_LINES_MOST = 16 };
typedef struct SumLines {
    SumLine at[SUM_LINES_MOST];
    size_t  count;
} SumLines;

typedef struct RequestView {
    const Form    *form;
    Url            action, portal, incomplete, self_pay, company_url;
    const char    *funder, *funder_source, *refusal, *today;
    int64_t        answer_day_count;
    const SumLine *lines, *sent;
    size_t         line_count, sent_count;
    const DocLine *docs;
    size_t         doc_count;
    bool           has_funder, may_send, waits_signature, is_company;
} RequestView;

typedef struct AnswerView {
    const Form    *form;
    Url            action, refused, incomplete, self_pay;
    const char    *funder, *refusal;
    const DocLine *docs;
    size_t         doc_count;
    bool           may_deposit, may_tell;
} AnswerView;

typedef struct ShareView {
    const Form    *form;
    Url            action, decline;
    const char    *refusal, *amount; /* as signed: refused when it has changed */
    const SumLine *lines;
    size_t         line_count;
    bool           is_self, may_sign, is_refund;
} ShareView;

typedef struct QueueLine {
    Url         url;
    const char *reference, *company, *title;
    Date        starts_on;
    Instant     since;
    Money       price;
} QueueLine;
typedef struct QueueView {
    const QueueLine *lines;
    size_t           count;
} QueueView;

typedef struct ControlView {
    const Form   *form;
    Url           action, decision, original, previous, next, dossier;
    const char   *title, *company, *reference, *dates, *place, *refusal, *deposited_by, *file_name;
    Instant       deposited_at;
    bool          is_image, is_typed, waits; /* waits: still to be decided */
    const Option *funders, *circuits;
    size_t        funder_count, circuit_count;
    Differences   differences;
    const char   *ok_missing, *partial_missing; /* NULL: may be done */
    Money         funder_share, company_share, granted;
    const char   *circuit;
    bool          is_partial;
} ControlView;

void funding_field(Html *h, const Form *form, const char *name, FundingWord label, const char *type,
                   bool optional);
void funding_select(Html *h, const Form *form, const char *name, FundingWord label, const Option *options,
                    size_t count);
