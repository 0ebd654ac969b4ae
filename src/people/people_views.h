/* people_views.h - what this room's templates show. */
#pragma once
#include "components.h"
#include "form.h"
#include "people_login_store.h"

/* Coming in */
typedef struct LoginView {
    const Form *form;
    const char *email, *suite;
    bool        is_team, is_demo;
} LoginView;
typedef struct LinkView {
    Url         url; /* of the link itself */
    const char *house, *email, *suite, *phone;
    Url         phone_url;
    unsigned    role;
    bool        is_dossier, may_renew;
} LinkView;
typedef struct CodeView {
    const Form *form;
    const char *next, *email; /* partly hidden: c***@salon.example */
    bool        is_sent, is_demo;
} CodeView;
typedef struct MeView {
    const Viewer  *viewer;
    const Devices *devices;
    bool           is_closed; /* a link without account: only this device */
} MeView;

/* Settings */
typedef struct TeamView {
    const Form     *form;
    const Viewer   *viewer;
    const Accounts *staff, *advisers;
} TeamView;
typedef struct TeamNewView {
    const char *name, *email, *password, *secret, *otpauth; /* password "": by mailed link */
} TeamNewView;
typedef struct OrganisationView {
    const Form *form;
} OrganisationView;
void people_organisation_fields(Html *h, const Form *form, int64_t group);

/* Companies */
typedef struct CompaniesView {
    const Companies *companies;
    const char      *words;
    Url              next; /* none: the last page */
    bool             may_add, is_first;
} CompaniesView;
typedef struct CompanyView {
    const Form    *form;
    const Company *company;
    const char    *funder; /* name, "" : unknown */
    const Option  *funders;
    size_t         funder_count;
    Url            url;
    bool           is_staff, may_edit, is_new;
} CompanyView;
