/* Credit transfers as French banks take them: ISO 20022 pain.001.001.09 with the rules of the EPC's
 * customer-to-bank guidelines (no postal address is needed inside the SEPA, ChrgBr is SLEV). */
#include <assert.h>
#include <string.h>

#include "bank.h"
#include "date.h"
#include "ident.h"
#include "money.h"
#include "text.h"
#include "xml.h"

enum { LONGEST_ID = 35, LONGEST_NAME = 70, LONGEST_REMITTANCE = 140 };
static const int64_t LARGEST_CENTS = 99999999999; /* 999 999 999,99 €: the largest SEPA amount */

/* The same refusal for every field, with the name of the one who is concerned. */
static bool refuse(Arena *arena, const char **ret_why, const char *who, const char *why) {
    *ret_why = arena_print(arena, "%s : %s", who, why);
    return false;
}

/* An identifier is not repaired (two might become one), it is refused. */
static bool id_is_fine(Arena *arena, const char *id) {
    return *id && strlen(id) <= LONGEST_ID && text_same(id, bank_sepa_text(arena, id, LONGEST_ID));
}

static bool account_is_fine(Arena *arena, const char *name, const char *iban, const char *bic,
                            const char **ret_why) {
    Iban parsed_iban;
    Bic parsed_bic;
    const char *why = NULL, *who = text_is_empty(name) ? "compte sans titulaire" : name;
    if (text_is_empty(bank_sepa_text(arena, name, LONGEST_NAME)))
        return refuse(arena, ret_why, who, "le nom du titulaire du compte manque");
    if (!iban_parse(iban, &parsed_iban, &why) || (*bic && !bic_parse(bic, &parsed_bic, &why)))
        return refuse(arena, ret_why, who, why);
    return true;
}

static bool transfer_is_fine(Arena *arena, const TransferOrder *order, size_t index, const char **ret_why) {
    const Transfer *t = &order->transfers[index];
    if (!id_is_fine(arena, t->end_to_end_id))
        return refuse(arena, ret_why, t->name,
                      "la référence du virement doit tenir en 35 caractères, sans accent ni signe spécial");
    if (t->amount.cents <= 0)
        return refuse(arena, ret_why, t->name, "le montant doit être positif");
    if (t->amount.cents > LARGEST_CENTS)
        return refuse(arena, ret_why, t->name, "le montant dépasse ce qu’un virement SEPA peut porter");
    for (size_t i = 0; i < index; i++)
        if (text_same(order->transfers[i].end_to_end_id, t->end_to_end_id))
            return refuse(
                arena, ret_why, t->name,
                arena_print(arena, "la référence %s sert déjà à un autre virement", t->end_to_end_id));
    return account_is_fine(arena, t->name, t->iban, t->bic, ret_why);
}

static bool order_is_fine(Arena *arena, const TransferOrder *order, const char **ret_why) {
    if (!order->count) {
        *ret_why = "Il n’y a aucun virement à faire.";
        return false;
    }
    if (!id_is_fine(arena, order->message_id)) {
        *ret_why = "La référence du fichier doit tenir en 35 caractères, sans accent ni signe spécial.";
        return false;
    }
    if (!date_is_working(order->execute_on)) {
        *ret_why = arena_print(arena, "Les banques ne travaillent pas le %s : choisissez un jour ouvré.",
                               date_prose(arena, order->execute_on));
        return false;
    }
    if (date_diff(order->execute_on, instant_date(order->made_at)) < 0) {
        *ret_why = arena_print(arena, "La date du virement est passée : %s.",
                               date_prose(arena, order->execute_on));
        return false;
    }
    if (!account_is_fine(arena, order->name, order->iban, order->bic, ret_why))
        return false;
    for (size_t i = 0; i < order->count; i++)
        if (!transfer_is_fine(arena, order, i, ret_why))
            return false;
    return true;
}

static void put_account(Xml *xml, const char *element, const char *typed) {
    Iban iban;
    const char *why;
    bool known = iban_parse(typed, &iban, &why); /* checked before, and now in its compact form */
    assert(known);
    xml_open(xml, element);
    xml_open(xml, "Id");
    xml_text(xml, "IBAN", iban.text);
    xml_close(xml);
    xml_close(xml);
}

static void put_agent(Xml *xml, const char *element, const char *typed) {
    Bic bic;
    const char *why;
    xml_open(xml, element);
    xml_open(xml, "FinInstnId");
    if (*typed && bic_parse(typed, &bic, &why)) {
        xml_text(xml, "BICFI", bic.text);
    } else {
        xml_open(xml, "Othr");
        xml_text(xml, "Id", "NOTPROVIDED");
        xml_close(xml);
    }
    xml_close(xml);
    xml_close(xml);
}

static void put_party(Xml *xml, const char *element, const char *name) {
    xml_open(xml, element);
    xml_text(xml, "Nm", name);
    xml_close(xml);
}

static void put_totals(Xml *xml, Arena *arena, const TransferOrder *order) {
    Money sum = { 0 };
    for (size_t i = 0; i < order->count; i++)
        sum = money_add(sum, order->transfers[i].amount);
    xml_text(xml, "NbOfTxs", arena_print(arena, "%zu", order->count));
    xml_text(xml, "CtrlSum", money_plain(arena, sum));
}

static void put_header(Xml *xml, Arena *arena, const TransferOrder *order) {
    xml_open(xml, "GrpHdr");
    xml_text(xml, "MsgId", order->message_id);
    xml_text(xml, "CreDtTm", instant_iso(arena, order->made_at));
    put_totals(xml, arena, order);
    put_party(xml, "InitgPty", bank_sepa_text(arena, order->name, LONGEST_NAME));
    xml_close(xml);
}

static void put_transfer(Xml *xml, Arena *arena, const Transfer *t) {
    xml_open(xml, "CdtTrfTxInf");
    xml_open(xml, "PmtId");
    xml_text(xml, "EndToEndId", t->end_to_end_id);
    xml_close(xml);
    xml_open(xml, "Amt");
    xml_open(xml, "InstdAmt");
    xml_attribute(xml, "Ccy", "EUR");
    xml_content(xml, money_plain(arena, t->amount));
    xml_close(xml);
    xml_close(xml);
    if (*t->bic)
        put_agent(xml, "CdtrAgt", t->bic);
    put_party(xml, "Cdtr", bank_sepa_text(arena, t->name, LONGEST_NAME));
    put_account(xml, "CdtrAcct", t->iban);
    const char *remittance = bank_sepa_text(arena, t->remittance, LONGEST_REMITTANCE);
    if (*remittance) {
        xml_open(xml, "RmtInf");
        xml_text(xml, "Ustrd", remittance);
        xml_close(xml);
    }
    xml_close(xml);
}

bool bank_pain001(Arena *arena, const TransferOrder *order, Bytes *ret, const char **ret_why) {
    if (!order_is_fine(arena, order, ret_why))
        return false;
    Xml *xml = xml_new(arena, "Document", "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
    xml_open(xml, "CstmrCdtTrfInitn");
    put_header(xml, arena, order);
    xml_open(xml, "PmtInf");
    xml_text(xml, "PmtInfId", order->message_id);
    xml_text(xml, "PmtMtd", "TRF");
    xml_text(xml, "BtchBookg", "true");
    put_totals(xml, arena, order);
    xml_open(xml, "PmtTpInf");
    xml_open(xml, "SvcLvl");
    xml_text(xml, "Cd", "SEPA");
    xml_close(xml);
    xml_close(xml);
    xml_open(xml, "ReqdExctnDt");
    xml_text(xml, "Dt", date_iso(arena, order->execute_on));
    xml_close(xml);
    put_party(xml, "Dbtr", bank_sepa_text(arena, order->name, LONGEST_NAME));
    put_account(xml, "DbtrAcct", order->iban);
    put_agent(xml, "DbtrAgt", order->bic);
    xml_text(xml, "ChrgBr", "SLEV");
    for (size_t i = 0; i < order->count; i++)
        put_transfer(xml, arena, &order->transfers[i]);
    xml_close(xml);
    xml_close(xml);
    *ret = xml_end(xml);
    return true;
}
