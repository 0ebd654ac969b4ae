/* people_store.h - accounts, companies, trainers, links, logins. Owns organisation, company, trainer,
 * account, link, login, attempt, setting. */
#pragma once
#include "db.h"
#include "ids.h"
#include "viewer.h"

typedef struct Organisation {
    const char *name, *legal_form, *address, *postcode, *city, *siret, *nda, *nda_region, *rcs, *capital,
        *vat_regime, *vat_number, *iban, *bic, *bank_name, *email, *phone, *representative,
        *representative_role, *contact_name, *brand;
    Date qualiopi_from_on, qualiopi_to_on;
} Organisation;
bool people_organisation(Tx *tx, Organisation *ret);
void people_organisation_set(Tx *tx, const Organisation *organisation);

typedef struct Company {
    CompanyId   id;
    const char *name, *siret, *address, *postcode, *city, *idcc, *funder_code, *funder_source, *headcount,
        *contact_first_name, *contact_last_name, *email, *phone;
    int64_t     version;
} Company;
bool      people_company(Tx *tx, CompanyId company_id, Company *ret); /* for rooms that hold the id already */
CompanyId people_company_add(Tx *tx, const Company *company, Instant now);
/* false: somebody changed it meanwhile (version) */
bool      people_company_save(Tx *tx, const Company *company);
bool      people_company_by_siret(Tx *tx, const char *siret, Company *ret);
typedef struct Companies { Company *at; size_t count; } Companies;
/* By name, after a name (keyset); `words` "" or part of name, SIRET, town, contact. */
Companies people_companies(Tx *tx, const char *words, const char *after_name, int64_t most);

typedef struct Trainer {
    TrainerId   id;
    const char *first_name, *last_name, *email, *phone, *business, *siret, *nda, *vat_regime, *iban,
        *bank_name, *iban_verified_by;
    Instant     iban_verified_at;
    int64_t     version;
} Trainer;
bool      people_trainer(Tx *tx, TrainerId trainer_id, Trainer *ret);
TrainerId people_trainer_add(Tx *tx, const Trainer *trainer);
bool      people_trainer_save(Tx *tx, const Trainer *trainer);
typedef struct Trainers { Trainer *at; size_t count; } Trainers;
Trainers  people_trainers(Tx *tx);

typedef struct Account {
    AccountId   id;
    const char *role, *first_name, *last_name, *email, *phone;
    CompanyId   company_id;
    TrainerId   trainer_id;
    bool        is_active;
} Account;
typedef struct Accounts { Account *at; size_t count; } Accounts;
AccountId people_account_add(Tx *tx, const Account *account, const char *password_hash,
                             const char *totp_secret, Instant now);
bool      people_account(Tx *tx, AccountId account_id, Account *ret);
/* The account of a company's contact, made when it does not exist yet. */
AccountId people_company_account(Tx *tx, const Company *company, Instant now);
Accounts  people_accounts_of_company(Tx *tx, CompanyId company_id);
Accounts  people_accounts_of_trainer(Tx *tx, TrainerId trainer_id);
Accounts  people_staff(Tx *tx);

/* Makes a link and returns its path "/l/<token>"; only the hash is kept. Scope by kind:
 * login (account; 30 minutes, once; *ret_code the 6 digits), dossier (account, and its dossier alone when one
 * is given; 7 days; reads, a code before acts), client_form (account + dossier; 30 days), participant (until
 * `expires_at`), auditor (until `expires_at`). */
typedef struct NewLink {
    const char   *kind, *email, *path; /* path: where it leads, "" : home of the role */
    AccountId     account_id;
    DossierId     dossier_id;
    ParticipantId participant_id;
    AuditId       audit_id;
    Instant       now, expires_at; /* 0: the kind's own */
} NewLink;
const char *people_link(Tx *tx, const NewLink *link, const char **ret_code);
void people_links_revoke(Tx *tx, AccountId account_id, ParticipantId participant_id, AuditId audit_id,
                         Instant now);

/* Opens a login (demo links, tests); returns the cookie's token. */
const char *people_login_open(Tx *tx, AccountId account_id, LinkId link_id, bool is_proved, Instant now,
                              const char *user_agent, const char *remote);

/* Counts an attempt; false: too many (most per window of `seconds`). */
bool people_attempt(Tx *tx, const char *key, int64_t most, int64_t seconds, Instant now);

const char *people_setting(Tx *tx, const char *name); /* "" when unset */
void        people_setting_set(Tx *tx, const char *name, const char *value);
Instant     people_now(Tx *tx, bool is_demo, Instant real); /* the demo clock, else `real` */
