/* trainer_views.h - what the pages of this room show. */
#pragma once
#include "components.h"
#include "form.h"

typedef struct PaperLine {
    const char *label, *about;
    bool        is_good, is_missing;
    Url         url; /* none: no file */
} PaperLine;

/* The papers of one trainer, and the form that adds one. */
typedef struct PapersView {
    const Form      *form;
    Url              action;
    const PaperLine *lines;
    size_t           line_count;
    const Option    *kinds;
    size_t           kind_count;
    bool             is_staff;
} PapersView;

typedef struct ProfileView {
    const Form   *form;
    Url           action;
    const char   *refusal, *iban_state;
    int64_t       version;
    const Option *vat;
    size_t        vat_count;
    bool          has_iban, is_verified;
    PapersView    papers;
} ProfileView;

typedef struct TrainerLine {
    const char *name, *email, *state;
    size_t      missing;
    bool        is_active, iban_waits;
    Url         url;
} TrainerLine;
typedef struct TrainersView {
    const TrainerLine *at;
    size_t             count;
    Url                invite;
} TrainersView;

typedef struct InviteView {
    const Form *form;
    Url         action, back;
} InviteView;

typedef struct TrainerView {
    const char    *name, *state, *meaning, *refusal;
    const SumLine *lines;
    size_t         line_count;
    const Button  *buttons;
    size_t         button_count;
    const char    *iban, *bank_name, *verified; /* verified: by whom and when; NULL: not yet */
    int64_t        version;
    Url            verify;
    PapersView     papers;
} TrainerView;
