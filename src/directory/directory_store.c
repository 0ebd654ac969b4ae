#include "directory_store.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "directory.h"
#include "directory_sql.h"
#include "embed.h"
#include "text.h"
#include "tsv.h"

/* The eleven were approved on 1 April 2019: the first period of every row. */
static Date first_period(void) { return date_of(2019, 4, 1); }

static bool table(Tx *tx, const char *path, Tsv *ret, const char **ret_why) {
    const Embedded *file = embed_find(path);
    if (!file) {
        *ret_why = arena_print(tx->arena, "Le fichier %s manque.", path);
        return false;
    }
    return tsv_parse(tx->arena, file->body, ret, ret_why);
}

bool directory_load(Tx *tx, const char **ret_why) {
    Tsv funders, agreements;
    FunderCount known = { 0 };
    if (!table(tx, "data/opco.tsv", &funders, ret_why) || !table(tx, "data/idcc.tsv", &agreements, ret_why))
        return false;
    if (funder_count(tx, &known) && known.funder_count)
        return true;
    for (size_t i = 0; i < funders.row_count; i++)
        funder_add(tx, tsv_field(&funders, i, "code"), tsv_field(&funders, i, "kind"),
                   tsv_field(&funders, i, "name"), tsv_field(&funders, i, "official_name"),
                   tsv_field(&funders, i, "site"), tsv_field(&funders, i, "portal"),
                   tsv_field(&funders, i, "invoice_email"), tsv_field(&funders, i, "siren"),
                   strtol(tsv_field(&funders, i, "answer_day_count"), NULL, 10),
                   tsv_field(&funders, i, "source"), first_period());
    for (size_t i = 0; i < agreements.row_count; i++)
        agreement_add(tx, tsv_field(&agreements, i, "idcc"), tsv_field(&agreements, i, "name"),
                      tsv_field(&agreements, i, "funder_code"), tsv_field(&agreements, i, "confidence"),
                      tsv_field(&agreements, i, "candidates"), tsv_field(&agreements, i, "source"));
    if (tx->error)
        *ret_why = tx->error;
    return !tx->error;
}

static Funder from_row(const FunderRow *row) {
    return (Funder){ .code = row->code,
                     .kind = row->kind,
                     .name = row->name,
                     .official_name = row->official_name,
                     .site = row->site,
                     .portal = row->portal,
                     .invoice_email = row->invoice_email,
                     .siren = row->siren,
                     .source = row->source,
                     .answer_day_count = row->answer_day_count };
}

bool directory_funder(Tx *tx, const char *code, Funder *ret) {
    FunderRow row;
    if (text_is_empty(code) || !funder_by_code(tx, code, &row))
        return false;
    *ret = from_row(&row);
    return true;
}

Funders directory_funders(Tx *tx) {
    FunderRows rows = funders_all(tx);
    Funders all = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        *(Funder *)arena_grow(tx->arena, (void **)&all.at, &all.count,
                              sizeof *all.at) = from_row(&rows.at[i]);
    return all;
}

/* 9998 and 9999 mean "no agreement" and stand in every OPCO: they never decide. */
static bool is_no_agreement(const char *idcc) { return !strcmp(idcc, "9998") || !strcmp(idcc, "9999"); }

bool directory_by_idcc(Tx *tx, const char *idcc, Funder *ret, const char **ret_why) {
    AgreementRow row;
    *ret_why = is_no_agreement(idcc) ? directory_word(DIRECTORY_NO_AGREEMENT)
                                     : directory_word(DIRECTORY_UNKNOWN);
    if (is_no_agreement(idcc) || !agreement_by_idcc(tx, idcc, &row))
        return false;
    if (!text_is_empty(row.candidates)) {
        *ret_why = arena_print(tx->arena, "%s %s.", directory_word(DIRECTORY_SHARED), row.candidates);
        return false;
    }
    if (!directory_funder(tx, row.funder_code, ret))
        return false;
    *ret_why = arena_print(tx->arena, "%s %s%s%s, %s", directory_word(DIRECTORY_BY_IDCC), row.idcc,
                           text_is_empty(row.name) ? "" : " : ", row.name, row.source);
    return true;
}
