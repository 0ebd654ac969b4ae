/* The words of invoices and credit notes: no hole stays open, the amounts are those of the store. */
#include "billing_paper.h"

#include "embed.h"
#include "test_billing_store.h"

static const char *filled(Tx *tx, const char *stem, InvoiceId invoice_id) {
    char *text = NULL;
    const char *why = NULL;
    Values *values = values_new(tx->arena);
    Subjects subjects = billing_paper_subjects(tx, "invoice", (ThingId){ invoice_id.value });
    const Embedded *file = embed_find(arena_print(tx->arena, "texts/documents/%s.fr.md", stem));
    assert_non_null(file);
    assert_int_equal(subjects.count, 1);
    assert_true(text_starts(subjects.at[0].file_name, stem));
    billing_paper_values(tx, &subjects.at[0], after_it(3), values);
    if (!template_fill(tx->arena, arena_copy_n(tx->arena, file->body.p, file->body.n), values, true, &text,
                       &why))
        fail_msg("%s: %s", stem, why);
    return text;
}

static void says(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void invoices_say_who_pays_what(Tx *tx) {
    World w = invoiced(tx, (Terms){ "mixed", "vat_20", 100000, 100000 });
    const char *funder = filled(tx, "facture", invoice_of(tx, &w, 0).id);
    says(funder, "F-2026-00001");
    says(funder, "EP-26-104482");
    says(funder, "subrogation");
    says(funder, "750,00\u00a0\u20ac");
    says(funder, "10 h 30 au total");
    assert_null(strstr(funder, "TVA 20"));
    const char *company = filled(tx, "facture", invoice_of(tx, &w, 1).id);
    says(company, "Salon Camille");
    says(company, "TVA 20");
    says(company, "280,00\u00a0\u20ac");
    says(company, "930,00\u00a0\u20ac");
    assert_null(strstr(company, "subrogation"));
}

static void a_whole_price_has_its_unit(Tx *tx) {
    World w = invoiced(tx, (Terms){ "self", "franchise_293b", 0, 0 });
    const char *text = filled(tx, "facture", invoice_of(tx, &w, 0).id);
    says(text, "article 293 B");
    says(text, "1\u00a0050,00\u00a0\u20ac");
    says(text, "350,00\u00a0\u20ac");
    says(text, "1\u00a0400,00\u00a0\u20ac");
}

static void credit_notes_name_their_invoice(Tx *tx) {
    World w = invoiced(tx, (Terms){ "self", "exempt_training", 0, 0 });
    Invoice invoice = invoice_of(tx, &w, 0);
    Act cancel = act(EVENT_cancel, STAFF, after_it(3));
    cancel.reason = "erreur de payeur";
    must(tx, story_fire(tx, THING(invoice, invoice.id), (Thing){ 0 }, cancel));
    Invoices all = billing_of_dossier(tx, w.dossiers[0]);
    const char *text = filled(tx, "avoir", all.at[all.count - 1].id);
    says(text, "A-2026-00001");
    says(text, "F-2026-00001");
    says(text, "erreur de payeur");
    says(text, "article 261");
    says(text, "1\u00a0400,00\u00a0\u20ac");
}

int main(void) {
    static const struct {
        const char *name;
        Told told;
    } all[] = {
#define TOLD(function) { #function, function }
        TOLD(invoices_say_who_pays_what),
        TOLD(a_whole_price_has_its_unit),
        TOLD(credit_notes_name_their_invoice),
    };
    enum { COUNT = sizeof all / sizeof *all };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ all[i].name, on_each_money, NULL, NULL,
                                        (void *)(uintptr_t)&all[i].told };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
