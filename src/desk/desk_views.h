/* desk_views.h - what the templates of the desk show. */
#pragma once
#include "components.h"
#include "desk_store.h"
#include "form.h"
#include "funding_store.h"
#include "message_store.h"
#include "payout_store.h"

typedef struct ButtonSet { Button *at; size_t count; } ButtonSet;
typedef struct DocLines { DocLine *at; size_t count; } DocLines;

/* One row of a list of dossiers, ready to be read. */
typedef struct WorkRowView {
    const WorkLine *line;
    Url         url, session_url;
    Tag         tag;
    const char *action, *whose, *due, *due_class, *follower;
    bool        is_mine;
} WorkRowView;
typedef struct WorkView {
    WorkRowView *rows;
    size_t       count;
    bool         sees_money, has_boxes;
    Empty        empty;
} WorkView;

typedef struct DossierView {
    const Dossier  *dossier;
    const Session  *session;
    const Company  *company;
    const Trainer  *trainer;
    const char     *when;
    Tag             tag;
    TurnCard        turn;
    Step           *steps;
    size_t          step_count;
    SumLine         sums[4];
    size_t          sum_count;
    bool            is_price_open; /* the OPCO has not answered yet */
    DocLines        docs;
    Participants    people;
    ButtonSet       acts; /* staff: all of them */
    Contact         contact;
    bool            is_staff, is_company, sees_company;
    Url             company_url, session_url, audit_url, replace_url, data_url;
    Mails           mails;
    Lines           lines;
    Invoices        invoices;
    const Payout   *payout;
    Audits          audits;
    const char     *follower; /* NULL: nobody */
    bool            is_mine;  /* the reader follows it */
} DossierView;

typedef struct ActView {
    const char   *label, *title, *about;
    const char   *missing; /* cannot be done, and why; NULL: go on */
    Url           action, back;
    const Ask    *asks;
    size_t        ask_count;
    const char  **follows;
    size_t        follow_count;
    const Form   *form;
    bool          is_recorded_for; /* staff record what another said */
    const char   *whose;
} ActView;

/* One field of an act's form, after what its row of the story asks. */
void desk_ask(Html *h, const Form *form, const Ask *ask);

typedef struct SessionView {
    const Session *session;
    const Trainer *trainer;
    const char    *when, *meaning;
    Tag            tag;
    bool           is_green, is_over, is_staff, may_edit;
    TurnCard       turn;
    WorkView       work;
    HalfDays       half_days;
    ButtonSet      acts;
    DocLines       docs;
    Lines          lines;
    Url            edit_url, add_url, move_url, sheet_url, certificats_url;
} SessionView;

typedef struct PipeView { const char *label; int64_t count; Url url; bool is_hot, is_here; } PipeView;
typedef struct SoonView { const char *days, *name, *about; bool is_near; Url url; } SoonView;
typedef struct WorklistView {
    const char *name, *today;
    int64_t     count, blocked_count;
    PipeView   *pipe;
    size_t      pipe_count;
    SoonView   *soon;
    size_t      soon_count;
    WorkView    work;
    const char *state_label; /* NULL: what awaits staff */
    Url         next, blocked_url;
} WorklistView;

typedef struct SessionRowView {
    const SessionItem *item;
    Url         url, sheet_url;
    const char *when;
    Tag         tag;
    bool        is_today;
} SessionRowView;
typedef struct SessionListView {
    SessionRowView *rows;
    size_t          count;
    bool            has_trainer;
    Empty           empty;
    Url             next;
    const char     *state_label;
} SessionListView;

typedef struct SearchView {
    const char     *words;
    WorkView        work;
    SessionListView sessions;
    Companies       companies;
    bool            is_empty; /* nothing was asked */
} SearchView;

typedef struct HomeView {
    const Organisation *organisation;
    const char *nda;
    Url phone_url, mail_url;
} HomeView;

typedef struct TrainerView {
    const char     *name;
    SessionListView today, next, to_do;
    bool            may_open;
} TrainerView;

typedef struct MailLine { const Mail *mail; Tag tag; Url url; bool may_resend; } MailLine;
typedef struct MailsView { MailLine *to_look, *recent; size_t look_count, recent_count; } MailsView;
