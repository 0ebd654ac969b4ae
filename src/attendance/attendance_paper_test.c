/* The words of the sheet and of the certificates: no hole stays open, each cell says what happened. */
#include "attendance_paper.h"

#include "embed.h"
#include "test_attendance_store.h"

static const char *filled(Tx *tx, const char *stem, const Values *values) {
    char *text = NULL;
    const char *why = NULL;
    const Embedded *file = embed_find(arena_print(tx->arena, "texts/documents/%s.fr.md", stem));
    assert_non_null(file);
    if (!template_fill(tx->arena, arena_copy_n(tx->arena, file->body.p, file->body.n), values, true, &text,
                       &why))
        fail_msg("%s: %s", stem, why);
    return text;
}

static void says(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void organisation(Tx *tx) {
    people_organisation_set(tx, &(Organisation){ .name = "Les Ateliers",
                                                 .legal_form = "SAS",
                                                 .address = "12 rue Neuve",
                                                 .postcode = "69007",
                                                 .city = "Lyon",
                                                 .siret = "12345678200010",
                                                 .nda = "84699999969",
                                                 .nda_region = "Rhone",
                                                 .rcs = "",
                                                 .capital = "",
                                                 .vat_regime = "vat_20",
                                                 .vat_number = "",
                                                 .iban = "",
                                                 .bic = "",
                                                 .bank_name = "",
                                                 .email = "bonjour@ateliers.example",
                                                 .phone = "",
                                                 .representative = "Helene Roy",
                                                 .representative_role = "dirigeante",
                                                 .contact_name = "Thomas Girard",
                                                 .brand = "" });
}

static void sheets_tell_each_half_day(Tx *tx) {
    organisation(tx);
    World w = ended(tx);
    Subjects subjects = attendance_sheet_subjects(tx, "session", (ThingId){ w.session_id.value });
    assert_int_equal(subjects.count, 2);
    Values *values = values_new(tx->arena);
    attendance_sheet_values(tx, &subjects.at[0], on_day(PM_ENDS), values);
    const char *text = filled(tx, "emargement", values);
    says(text, "Camille | Sign\u00e9 le 14/12/2026 \u00e0 9 h |");
    says(text, "Absence : retard");
    says(text, "14/12/2026 \xc3\xa0 12 h 30"); /* the trainer, once it was over */
    assert_null(strstr(text, "Studio Lebrun"));
    Values *other = values_new(tx->arena);
    attendance_sheet_values(tx, &subjects.at[1], on_day(PM_ENDS), other);
    says(filled(tx, "emargement", other), "preuve");
}

static void certificates_tell_the_hours(Tx *tx) {
    organisation(tx);
    World w = ended(tx);
    Act staff = act(EVENT_delivered, STAFF, on_day(PM_ENDS + 60));
    ThingId dossier = { w.dossiers[0].value };
    assert_int_equal(attendance_certificat_subjects(tx, "dossier", dossier).count, 0);
    for (int i = 0; i < 2; i++)
        must(tx, attendance_attest(tx, w.people[i], "acquired", &staff));
    must(tx, attendance_deliver(tx, w.dossiers[0], &staff));
    Subjects subjects = attendance_certificat_subjects(tx, "dossier", dossier);
    assert_int_equal(subjects.count, 2);
    const char *const durations[] = { "**7,00** heures", "**3,50** heures" };
    for (size_t i = 0; i < 2; i++) {
        Values *values = values_new(tx->arena);
        attendance_certificat_values(tx, &subjects.at[i], staff.now, values);
        const char *text = filled(tx, "certificat", values);
        says(text, durations[i]);
        says(text, "du **14/12/2026** au **14/12/2026**");
        says(text, "par Camille Roussel");
    }
}

int main(void) {
    static const Told all[] = { sheets_tell_each_half_day, certificates_tell_the_hours };
    const struct CMUnitTest tests[] = {
        { "sheets_tell_each_half_day", on_each, NULL, NULL, (void *)(uintptr_t)&all[0] },
        { "certificates_tell_the_hours", on_each, NULL, NULL, (void *)(uintptr_t)&all[1] },
    };
    return cmocka_run_group_tests_name("attendance_paper", tests, NULL, NULL);
}
