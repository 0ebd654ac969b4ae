#include "people_store.h"

#include <string.h>

#include "crypt.h"
#include "date.h"
#include "people_sql.h"
#include "text.h"

bool people_organisation(Tx *tx, Organisation *ret) {
    OrganisationRow row;
    if (!organisation_one(tx, &row))
        return false;
    *ret = (Organisation){
        .name = row.name,
        .legal_form = row.legal_form,
        .address = row.address,
        .postcode = row.postcode,
        .city = row.city,
        .siret = row.siret,
        .nda = row.nda,
        .nda_region = row.nda_region,
        .rcs = row.rcs,
        .capital = row.capital,
        .vat_regime = row.vat_regime,
        .vat_number = row.vat_number,
        .iban = row.iban,
        .bic = row.bic,
        .bank_name = row.bank_name,
        .email = row.email,
        .phone = row.phone,
        .representative = row.representative,
        .representative_role = row.representative_role,
        .contact_name = row.contact_name,
        .brand = row.brand,
        .qualiopi_from_on = row.qualiopi_from_on,
        .qualiopi_to_on = row.qualiopi_to_on,
    };
    return true;
}

void people_organisation_set(Tx *tx, const Organisation *o) {
    organisation_put(tx, o->name, o->legal_form, o->address, o->postcode, o->city, o->siret, o->nda,
                     o->nda_region, o->rcs, o->capital, o->vat_regime, o->vat_number, o->iban, o->bic,
                     o->bank_name, o->email, o->phone, o->representative, o->representative_role,
                     o->contact_name, o->brand, o->qualiopi_from_on, o->qualiopi_to_on);
}

static Company company_from(const CompanyRow *row) {
    return (Company){ .id = row->id,
                      .name = row->name,
                      .siret = row->siret,
                      .address = row->address,
                      .postcode = row->postcode,
                      .city = row->city,
                      .idcc = row->idcc,
                      .funder_code = row->funder_code,
                      .funder_source = row->funder_source,
                      .headcount = row->headcount,
                      .contact_first_name = row->contact_first_name,
                      .contact_last_name = row->contact_last_name,
                      .email = row->email,
                      .phone = row->phone,
                      .version = row->version };
}

bool people_company(Tx *tx, CompanyId company_id, Company *ret) {
    CompanyRow row;
    if (!company_by_id(tx, company_id, &row))
        return false;
    *ret = company_from(&row);
    return true;
}

bool people_company_by_siret(Tx *tx, const char *siret, Company *ret) {
    CompanyRow row;
    if (text_is_empty(siret) || !company_by_siret(tx, siret, &row))
        return false;
    *ret = company_from(&row);
    return true;
}

Companies people_companies(Tx *tx, const char *words, const char *after_name, int64_t most) {
    Companies all = { 0 };
    CompanyRows rows = companies_after(tx, after_name ? after_name : "",
                                       text_fold(tx->arena, words ? words : ""), most);
    for (size_t i = 0; i < rows.count; i++)
        *(Company *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = company_from(&rows.at[i]);
    return all;
}

static const char *or_empty(const char *s) { return s ? s : ""; }

static const char *company_words(Tx *tx, const Company *c) {
    return text_fold(tx->arena,
                     arena_print(tx->arena, "%s %s %s %s %s", or_empty(c->name), or_empty(c->siret),
                                 or_empty(c->city), or_empty(c->contact_last_name), or_empty(c->email)));
}

CompanyId people_company_add(Tx *tx, const Company *c, Instant now) {
    (void)now;
    return company_insert(tx, or_empty(c->name), or_empty(c->siret), or_empty(c->address),
                          or_empty(c->postcode), or_empty(c->city), or_empty(c->idcc),
                          or_empty(c->funder_code), or_empty(c->funder_source), or_empty(c->headcount),
                          or_empty(c->contact_first_name), or_empty(c->contact_last_name), or_empty(c->email),
                          or_empty(c->phone), company_words(tx, c));
}

bool people_company_save(Tx *tx, const Company *c) {
    return company_update(tx, or_empty(c->name), or_empty(c->siret), or_empty(c->address),
                          or_empty(c->postcode), or_empty(c->city), or_empty(c->idcc),
                          or_empty(c->funder_code), or_empty(c->funder_source), or_empty(c->headcount),
                          or_empty(c->contact_first_name), or_empty(c->contact_last_name), or_empty(c->email),
                          or_empty(c->phone), company_words(tx, c), c->id, c->version) == 1;
}

static Trainer trainer_from(const TrainerRow *row) {
    return (Trainer){ .id = row->id,
                      .first_name = row->first_name,
                      .last_name = row->last_name,
                      .email = row->email,
                      .phone = row->phone,
                      .business = row->business,
                      .siret = row->siret,
                      .nda = row->nda,
                      .vat_regime = row->vat_regime,
                      .iban = row->iban,
                      .bank_name = row->bank_name,
                      .iban_verified_at = row->iban_verified_at,
                      .iban_verified_by = row->iban_verified_by,
                      .version = row->version };
}

bool people_trainer(Tx *tx, TrainerId trainer_id, Trainer *ret) {
    TrainerRow row;
    if (!trainer_by_id(tx, trainer_id, &row))
        return false;
    *ret = trainer_from(&row);
    return true;
}

Trainers people_trainers(Tx *tx) {
    Trainers all = { 0 };
    TrainerRows rows = trainers_all(tx);
    for (size_t i = 0; i < rows.count; i++)
        *(Trainer *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = trainer_from(&rows.at[i]);
    return all;
}

TrainerId people_trainer_add(Tx *tx, const Trainer *t) {
    return trainer_insert(tx, or_empty(t->first_name), or_empty(t->last_name), or_empty(t->email),
                          or_empty(t->phone), or_empty(t->business), or_empty(t->siret), or_empty(t->nda),
                          or_empty(t->vat_regime), or_empty(t->iban), or_empty(t->bank_name),
                          t->iban_verified_at, or_empty(t->iban_verified_by));
}

bool people_trainer_save(Tx *tx, const Trainer *t) {
    return trainer_update(tx, or_empty(t->first_name), or_empty(t->last_name), or_empty(t->email),
                          or_empty(t->phone), or_empty(t->business), or_empty(t->siret), or_empty(t->nda),
                          or_empty(t->vat_regime), or_empty(t->iban), or_empty(t->bank_name),
                          t->iban_verified_at, or_empty(t->iban_verified_by), t->id, t->version) == 1;
}

static Account account_from(const AccountRow *row) {
    return (Account){ .id = row->id,
                      .role = row->role,
                      .first_name = row->first_name,
                      .last_name = row->last_name,
                      .email = row->email,
                      .phone = row->phone,
                      .company_id = row->company_id,
                      .trainer_id = row->trainer_id,
                      .is_active = row->is_active };
}

static Accounts accounts_from(Tx *tx, AccountRows rows) {
    Accounts all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Account *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                               sizeof *all.at) = account_from(&rows.at[i]);
    return all;
}

AccountId people_account_add(Tx *tx, const Account *a, const char *password_hash, const char *totp_secret,
                             Instant now) {
    return account_insert(tx, a->role, or_empty(a->first_name), or_empty(a->last_name), or_empty(a->email),
                          or_empty(a->phone), or_empty(password_hash), or_empty(totp_secret), a->company_id,
                          a->trainer_id, a->is_active, now);
}

bool people_account(Tx *tx, AccountId account_id, Account *ret) {
    AccountRow row;
    if (!account_by_id(tx, account_id, &row))
        return false;
    *ret = account_from(&row);
    return true;
}

AccountId people_company_account(Tx *tx, const Company *company, Instant now) {
    AccountRow row;
    if (account_by_email_and_role(tx, company->email, "company", &row))
        return row.id;
    Account account = { .role = "company",
                        .first_name = company->contact_first_name,
                        .last_name = company->contact_last_name,
                        .email = company->email,
                        .phone = company->phone,
                        .company_id = company->id,
                        .is_active = true };
    return people_account_add(tx, &account, "", "", now);
}

Accounts people_accounts_of_company(Tx *tx, CompanyId company_id) {
    return accounts_from(tx, accounts_of_company(tx, company_id));
}
Accounts people_accounts_of_trainer(Tx *tx, TrainerId trainer_id) {
    return accounts_from(tx, accounts_of_trainer(tx, trainer_id));
}
Accounts people_staff(Tx *tx) { return accounts_from(tx, accounts_of_role(tx, "staff")); }
