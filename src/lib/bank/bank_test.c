#include "bank.h"

#include <string.h>

#include "date.h"
#include "test.h"
#include "text.h"
#include "xml.h"

static const char XSD[] = "judges/data/iso20022/xsd/pain.001.001.09.xsd";

static Transfer transfer(const char *id, const char *name, int64_t cents) {
    return (Transfer){ id, name, "FR14 2004 1010 0505 0001 3M02 606", "", { cents }, "Session S-2026-088" };
}

static TransferOrder order_of(const Transfer *transfers, size_t count) {
    return (TransferOrder){ .message_id = "VIR-2026-001",
                            .made_at = instant_at(date_of(2026, 12, 22), 600),
                            .execute_on = date_of(2026, 12, 23),
                            .name = "Les Ateliers du Rhône",
                            .iban = "FR7630006000011234567890189",
                            .bic = "AGRIFRPP",
                            .transfers = transfers,
                            .count = count };
}

static void letters_come_to_the_epc_set(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    static const struct {
        const char *typed;
        size_t longest;
        const char *sepa;
    } cases[] = {
        { "Salon Camille", 70, "Salon Camille" },
        { "Évêque d’Œuvre, ÇÀ & là", 70, "Eveque d'OEuvre, CA + la" },
        { "E\u0301te\u0301 n\u00b0\u00a012", 70, "Ete no 12" },
        { "910,00\u00a0€", 70, "910,00 EUR" },
        { "Łódź Straße Ørsted", 70, "Lodz Strasse Orsted" },
        { "a_b*c#d;e[f]{g}\\h|i~j`k", 70, "a-b.c.d,e(f)(g)/h/i-j'k" },
        { "//a//b/", 70, "a/b" },
        { "  deux   blancs\n\tici  ", 70, "deux blancs ici" },
        { "日本", 70, ".." },
        { "\xff\xfe", 70, "yth" }, /* not UTF-8: read as Windows-1252, ÿþ */
        { "abcdef", 3, "abc" },
        { "ab cd", 3, "ab" },
        { "éèœ", 3, "eeo" },
        { "", 70, "" },
        { "« été », “x” <b>", 70, "ete , x .b." },
        { "(A-Z) 0:9 ? + ' , .", 70, "(A-Z) 0:9 ? + ' , ." },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bank_sepa_text(arena, cases[i].typed, cases[i].longest), cases[i].sepa);
}

static void what_no_bank_takes_is_refused(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const Transfer fine = transfer("S-2026-088", "Nadia Benali", 91000);
    struct {
        const char *why;
        Transfer one, two;
        TransferOrder order;
    } cases[14];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cases[i].one = fine;
        cases[i].two = transfer("S-2026-089", "Zoé Martin", 1);
        cases[i].order = order_of(&cases[i].one, 2);
    }
    cases[0].why = "aucun virement", cases[0].order.count = 0;
    cases[1].why = "Nadia Benali : le montant doit être positif", cases[1].one.amount.cents = 0;
    cases[2].why = "Zoé Martin : le montant doit être positif", cases[2].two.amount.cents = -5;
    cases[3].why = "S-2026-088 sert déjà", cases[3].two.end_to_end_id = "S-2026-088";
    cases[4].why = "Nadia Benali : ", cases[4].one.iban = "FR14 2004 1010 0505 0001 3M02 607";
    cases[5].why = "Les Ateliers du Rhône : ", cases[5].order.iban = "FR7630006000011234567890188";
    cases[6].why = "samedi 26 décembre 2026", cases[6].order.execute_on = date_of(2026, 12, 26);
    cases[7].why = "vendredi 25 décembre 2026", cases[7].order.execute_on = date_of(2026, 12, 25);
    cases[8].why = "La date du virement est passée", cases[8].order.execute_on = date_of(2026, 12, 21);
    cases[9].why = "35 caractères", cases[9].one.end_to_end_id = "reçu";
    cases[10].why = "référence du fichier",
    cases[10].order.message_id = "123456789012345678901234567890123456";
    cases[11].why = "titulaire du compte manque", cases[11].two.name = " ";
    cases[12].why = "Zoé Martin : ", cases[12].two.bic = "AGRI";
    cases[13].why = "dépasse", cases[13].one.amount.cents = 100000000000;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bytes untouched = { "x", 1 };
        const char *why = "";
        assert_false(bank_pain001(arena, &cases[i].order, &untouched, &why));
        assert_int_equal(untouched.n, 1);
        if (!strstr(why, cases[i].why))
            fail_msg("%zu: \"%s\" does not say \"%s\"", i, why, cases[i].why);
    }
}

static char *three_transfers(Arena *arena, size_t *ret_n) {
    Transfer transfers[] = { transfer("S-2026-088", "Nadia Benali", 91000),
                             transfer("S-2026-089", "Zoé & Cie", 1),
                             transfer("S-2026-090", "José Œuvrard-Łukasz", 123456789) };
    transfers[1].bic = "PSSTFRPPPAR";
    transfers[1].remittance = "";
    transfers[2].iban = "DE89370400440532013000";
    transfers[2].remittance =
        "Session S-2026-090 : « été » <b>, honoraires de décembre, détail au relevé, détail au "
        "relevé, détail au relevé, détail au relevé, fin de la ligne coupée";
    TransferOrder order = order_of(transfers, 3);
    Bytes file;
    const char *why = "";
    if (!bank_pain001(arena, &order, &file, &why))
        fail_msg("%s", why);
    *ret_n = file.n;
    return arena_copy_n(arena, file.p, file.n);
}

static void the_file_says_it_all(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    size_t n;
    char *file = three_transfers(arena, &n);
    static const char *const parts[] = {
        "<NbOfTxs>3</NbOfTxs>\n   <CtrlSum>1235477.90</CtrlSum>\n   <InitgPty>",
        "<NbOfTxs>3</NbOfTxs>\n   <CtrlSum>1235477.90</CtrlSum>\n   <PmtTpInf>",
        "<Nm>Les Ateliers du Rhone</Nm>",
        "<InstdAmt Ccy=\"EUR\">1234567.89</InstdAmt>",
        "<IBAN>FR1420041010050500013M02606</IBAN>",
        "<Cd>SEPA</Cd>",
        "<ChrgBr>SLEV</ChrgBr>",
        "<BtchBookg>true</BtchBookg>",
        "<Dt>2026-12-23</Dt>",
        "<CreDtTm>2026-12-22T09:00:00Z</CreDtTm>",
        "<BICFI>AGRIFRPP</BICFI>",
        "<EndToEndId>S-2026-090</EndToEndId>"
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(file, parts[i]))
            fail_msg("no \"%s\" in:\n%s", parts[i], file);
    assert_null(strstr(file, "PstlAdr"));
    for (const char *at = file; *at; at++) /* the whole file, not only its fields */
        assert_true((*at >= ' ' && *at < 0x7f) || *at == '\n');
    test_golden("bank/pain001.xml", file, n);
}

static void without_a_bic_the_bank_finds_it(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Transfer one = transfer("1", "Nadia", 100);
    TransferOrder order = order_of(&one, 1);
    Bytes file;
    const char *why = "";
    order.bic = "";
    assert_true(bank_pain001(arena, &order, &file, &why));
    assert_non_null(strstr(file.p, "<DbtrAgt>\n    <FinInstnId>\n     <Othr>\n      <Id>NOTPROVIDED</Id>"));
    assert_null(strstr(file.p, "CdtrAgt"));
}

/* First the judge must see what is wrong, then it may say what is right. */
static void the_schema_agrees(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *xsd = test_shared(arena, XSD), *why = "";
    if (!xsd) {
        skip();
        return;
    }
    size_t n;
    char *file = three_transfers(arena, &n);
    char *broken = arena_copy_n(arena, file, n), *at = strstr(broken, "SLEV");
    memcpy(at, "NOTO", 4);
    assert_false(xml_is_valid(arena, (Bytes){ broken, n }, xsd, &why));
    assert_non_null(strstr(why, "ChrgBr"));
    if (!xml_is_valid(arena, (Bytes){ file, n }, xsd, &why))
        fail_msg("%s", why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_come_to_the_epc_set), cmocka_unit_test(what_no_bank_takes_is_refused),
        cmocka_unit_test(the_file_says_it_all),        cmocka_unit_test(without_a_bic_the_bank_finds_it),
        cmocka_unit_test(the_schema_agrees),
    };
    return cmocka_run_group_tests_name("bank", tests, NULL, NULL);
}
