#include <string.h>

#include "crypt.h"
#include "demo_world.h"
#include "directory_store.h"
#include "embed.h"
#include "money.h"
#include "story_store.h"
#include "text.h"
#include "trainer_store.h"

static const DemoPerson people[] = {
    { "camille", "Camille, patronne du salon", ROLE_COMPANY, "camille@salon-camille.example", "Camille" },
    { "nadia", "Nadia, formatrice", ROLE_TRAINER, "nadia@benali-formation.example", "Nadia" },
    { "thomas", "Thomas, gestionnaire", ROLE_STAFF, "thomas@ateliers-rhone.example", "Thomas" },
    { "sophie", "Sophie, gestionnaire", ROLE_STAFF, "sophie@ateliers-rhone.example", "Sophie" },
    { "lea", "Léa, participante", ROLE_PARTICIPANT, "", "Léa" },
    { "ines", "Inès, participante", ROLE_PARTICIPANT, "", "Inès" },
    { "conseil", "Julie, conseillère OPCO", ROLE_ADVISER, "julie@conseil.example", "Julie" },
    { "controle", "Contrôleur OPCO", ROLE_AUDITOR, "", "Contrôleur" },
};

size_t demo_people(const DemoPerson **ret_all) {
    *ret_all = people;
    return sizeof people / sizeof people[0];
}

uint64_t demo_chance(Demo *demo, uint64_t below) {
    uint64_t z = (demo->chance += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % below;
}

static const char *mail_word(Arena *arena, const char *s) {
    char *folded = text_fold(arena, s);
    for (char *p = folded; *p; p++)
        if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')))
            *p = '-';
    return folded;
}

static void add_luhn(char *digits, size_t n) {
    int sum = 0;
    for (size_t i = 0; i < n; i++) { /* from the right, the key to come counts once */
        int d = (digits[n - 1 - i] - '0') * (i % 2 ? 1 : 2);
        sum += d > 9 ? d - 9 : d;
    }
    digits[n] = (char)('0' + (10 - sum % 10) % 10);
    digits[n + 1] = '\0';
}

static const char *siret_of(Arena *arena, size_t number) {
    char *siret = arena_zero(arena, 1, 16);
    memcpy(siret, arena_print(arena, "99%06zu", number * 7 + 1013), 8);
    add_luhn(siret, 8);
    memcpy(siret + 9, "0001", 4);
    add_luhn(siret, 13);
    return siret;
}

static const char *const first_names[] = { "Chloé",   "Julien",  "Karim", "Amandine", "Pierre",
                                           "Fatou",   "Lucas",   "Manon", "Hugo",     "Sarah",
                                           "Antoine", "Yasmine", "Paul",  "Élodie",   "Mehdi",
                                           "Claire",  "Romain",  "Aïcha", "Victor",   "Marion" };
static const char *const last_names[] = { "Arnaud",   "Bonnet",  "Chevalier", "Diallo",  "Estève",
                                          "Fournier", "Garnier", "Henry",     "Imbert",  "Jacquet",
                                          "Keller",   "Leroux",  "Masson",    "Nguyen",  "Ollivier",
                                          "Picard",   "Renaud",  "Schmitt",   "Tessier", "Vidal" };
enum { NAMES = 20 };

static void name_contact(Demo *demo, Company *company) {
    company->contact_first_name = first_names[demo_chance(demo, NAMES)];
    company->contact_last_name = last_names[demo_chance(demo, NAMES)];
    company->email = arena_print(demo->arena, "%s@%s.example",
                                 mail_word(demo->arena, company->contact_first_name),
                                 mail_word(demo->arena, company->name));
    company->phone = arena_print(demo->arena, "+334720000%02d", (int)demo_chance(demo, 100));
    company->headcount = demo_chance(demo, 3) ? "under_11" : "from_11_to_49";
}

static void fund(Demo *demo, Tx *tx, Company *company) {
    Funder funder;
    const char *why = "";
    (void)demo;
    if (directory_by_idcc(tx, company->idcc, &funder, &why)) {
        company->funder_code = arena_copy(demo->arena, funder.code);
        company->funder_source = arena_copy(demo->arena, why ? why : "");
    }
}

static Company blank(const char *name) {
    return (Company){ .name = name, .funder_code = "OPCO_EP", .funder_source = "", .headcount = "under_11" };
}

static Company camille(void) {
    Company company = blank("Salon Camille");
    company.siret = "12345678200010";
    company.address = "12 rue de Marseille";
    company.postcode = "69007";
    company.city = "Lyon";
    company.idcc = "2596";
    company.contact_first_name = "Camille";
    company.contact_last_name = "Roussel";
    company.email = people[0].email;
    company.phone = "+33472000010";
    return company;
}

/* Kinds of shop and of town by turns, a number behind the name: as many as one wants. */
static Company invented(Demo *demo, size_t number) {
    static const struct {
        const char *kind, *idcc;
    } kinds[] = { { "Coiffure", "2596" }, { "Pharmacie", "1996" }, { "Boulangerie", "0843" },
                  { "Garage", "1090" },   { "Institut", "3032" },  { "Fleurs", "1978" },
                  { "Optique", "1431" },  { "Restaurant", "1979" } };
    static const struct {
        const char *city, *postcode;
    } towns[] = { { "Lyon", "69003" },   { "Villeurbanne", "69100" }, { "Vienne", "38200" },
                  { "Givors", "69700" }, { "Valence", "26000" },      { "Bron", "69500" },
                  { "Mâcon", "71000" },  { "Roanne", "42300" } };
    size_t kind = number % 8, town = (number / 8 + number) % 8;
    Company company = blank(
        arena_print(demo->arena, "%s %s %s", kinds[kind].kind, last_names[(number * 7) % NAMES],
                    number < 160 ? towns[town].city : arena_print(demo->arena, "%zu", number)));
    company.idcc = kinds[kind].idcc;
    company.city = towns[town].city;
    company.postcode = towns[town].postcode;
    company.address = arena_print(demo->arena, "%d rue de la République", 1 + (int)demo_chance(demo, 90));
    return company;
}

static Company known(Demo *demo, const Tsv *table, size_t row) {
    Company company = blank(tsv_field(table, row, "name"));
    company.idcc = tsv_field(table, row, "idcc");
    company.city = tsv_field(table, row, "city");
    company.postcode = tsv_field(table, row, "postcode");
    company.address = tsv_field(table, row, "street");
    (void)demo;
    return company;
}

static bool table_of(Demo *demo, const char *path, Tsv *ret, const char **ret_why) {
    const Embedded *file = embed_find(path);
    if (file)
        return tsv_parse(demo->arena, file->body, ret, ret_why);
    *ret_why = arena_print(demo->arena, "%s manque dans le programme", path);
    return false;
}

size_t demo_company(Demo *demo, Tx *tx, size_t number) {
    Tsv table = { 0 };
    const char *why = NULL;
    while (demo->company_count <= number) {
        size_t next = demo->company_count;
        Company company = { 0 };
        if (next == 0)
            company = camille();
        else if (table_of(demo, "data/demo/companies.tsv", &table, &why) && next <= table.row_count)
            company = known(demo, &table, next - 1);
        else
            company = invented(demo, next);
        if (!company.siret)
            company.siret = siret_of(demo->arena, next);
        if (!company.email)
            name_contact(demo, &company);
        fund(demo, tx, &company);
        company.id = people_company_add(tx, &company, instant_at(date_add(demo->day, -83), 540));
        people_company_account(tx, &company, instant_at(date_add(demo->day, -83), 540));
        *(Company *)arena_grow(demo->arena, (void **)&demo->companies, &demo->company_count,
                               sizeof company) = company;
    }
    return number;
}

Participant demo_participant(Demo *demo, Tx *tx, const DemoSession *session, const DemoDossier *dossier,
                             int index) {
    static const char *const hero[][2] = { { "Léa", "Fontaine" }, { "Inès", "Haddad" } };
    const Company *company = &demo->companies[dossier->company];
    Participant one = { .dossier_id = dossier->id, .civility = "", .job = "Salarié" };
    one.first_name = session->is_hero ? hero[index][0] : first_names[demo_chance(demo, NAMES)];
    one.last_name = session->is_hero ? hero[index][1] : last_names[demo_chance(demo, NAMES)];
    if (session->is_hero) {
        one.civility = "Mme";
        one.job = "Coiffeuse";
    }
    const char *house = mail_word(tx->arena, company->name), *first = mail_word(tx->arena, one.first_name);
    one.email = session->is_hero ? arena_print(tx->arena, "%s@%s.example", first, house)
                                 : arena_print(tx->arena, "%s.%s@%s.example", first,
                                               mail_word(tx->arena, one.last_name), house);
    return one;
}

/* Organisation, staff, trainers, courses */

static void make_organisation(Tx *tx) {
    people_organisation_set(tx, &(Organisation){ .name = "Les Ateliers du Rhône",
                                                 .legal_form = "SAS",
                                                 .address = "18 quai Claude-Bernard",
                                                 .postcode = "69007",
                                                 .city = "Lyon",
                                                 .siret = "98765432400019",
                                                 .nda = "84699999969",
                                                 .nda_region = "Auvergne-Rhône-Alpes",
                                                 .rcs = "Lyon 987 654 324",
                                                 .capital = "10 000 €",
                                                 .vat_regime = "exempt_training",
                                                 .vat_number = "",
                                                 .iban = "FR1420041010050500013M02606",
                                                 .bic = "PSSTFRPPLYO",
                                                 .bank_name = "Les Ateliers du Rhône",
                                                 .email = "contact@ateliers-rhone.example",
                                                 .phone = "+33400000000",
                                                 .representative = "Sophie Marchand",
                                                 .representative_role = "directrice",
                                                 .contact_name = "Thomas Girard",
                                                 .brand = "#0b5a4a",
                                                 .qualiopi_from_on = date_of(2024, 3, 11),
                                                 .qualiopi_to_on = date_of(2027, 3, 10) });
}

static AccountId make_account(Demo *demo, Tx *tx, const DemoPerson *person, const char *first,
                              const char *last) {
    Account account = { .role = viewer_role_name(person->role),
                        .first_name = first,
                        .last_name = last,
                        .email = person->email,
                        .phone = "+33400000000",
                        .is_active = true };
    (void)demo; /* nobody knows this password: people come by /demo/... */
    return people_account_add(tx, &account, "", crypt_totp_secret(tx->arena),
                              instant_at(date_add(demo->day, -83), 480));
}

static void make_trainer(Demo *demo, Tx *tx, size_t index, const char *first, const char *last,
                         const Act *staff) {
    Trainer trainer = { .first_name = first,
                        .last_name = last,
                        .email = index ? arena_print(tx->arena, "%s.%s@formateurs.example",
                                                     mail_word(tx->arena, first), mail_word(tx->arena, last))
                                       : people[1].email,
                        .phone = "+33600000000",
                        .business = arena_print(tx->arena, "%s %s EI", first, last),
                        .siret = siret_of(tx->arena, 90000 + index),
                        .nda = "84690000069",
                        .vat_regime = "exempt_training",
                        .iban = "FR7630006000011234567890189",
                        .bank_name = arena_print(tx->arena, "%s %s", first, last) };
    TrainerId id = trainer_invite(tx, &trainer, staff);
    TrainerPapers papers = trainer_papers(tx, id, instant_date(staff->now));
    for (size_t i = 0; i < papers.count; i++)
        trainer_paper_add(tx, id, papers.at[i].kind, (DocumentId){ 0 }, date_add(demo->day, -91),
                          date_add(demo->day, index + 1 < DEMO_TRAINERS ? 92 : -5), staff);
    if (people_trainer(tx, id, &trainer))
        trainer_iban_verify(tx, id, trainer.version, "Sophie Marchand", staff->now);
    Act complete = *staff;
    complete.event = EVENT_dossier_complete;
    trainer_check(tx, id, staff->now);
    if (!trainer_may_open(tx, id))
        demo_done(demo, tx, story_fire(tx, THING(trainer, id), (Thing){ 0 }, complete), "trainer");
    demo->trainers[index] = id;
    demo->trainer_names[index] = arena_print(demo->arena, "%s %s", first, last);
}

/* "a / b" -> two lines */
static const char *lines_of(Arena *arena, const char *s) {
    Text lines = text_new(arena);
    for (const char *end; (end = strstr(s, " / ")); s = end + 3) {
        text_add_n(&lines, s, (size_t)(end - s));
        text_add_char(&lines, '\n');
    }
    text_add(&lines, s);
    return lines.p;
}

static bool make_courses(Demo *demo, Tx *tx, const char **ret_why) {
    Tsv table;
    if (!table_of(demo, "data/demo/courses.tsv", &table, ret_why))
        return false;
    for (size_t i = 0; i < table.row_count && i < DEMO_COURSES_MAX; i++) {
        int days = tsv_field(&table, i, "days")[0] - '0';
        Money price = { 0 };
        money_parse(tsv_field(&table, i, "price"), &price);
        const char *objectives = lines_of(demo->arena, tsv_field(&table, i, "objectives"));
        const char *content = lines_of(demo->arena, tsv_field(&table, i, "content"));
        Course course = {
            .title = tsv_field(&table, i, "title"),
            .objectives = objectives,
            .content = content,
            .prerequisites = "Aucun",
            .audience = "Salariés de la profession",
            .methods = "Apports, démonstrations, exercices sur cas réels",
            .means = "Salle équipée, support remis à chaque participant",
            .assessment = "Mise en situation évaluée par le formateur",
            .accessibility = "Écrivez-nous : nous adaptons la formation avec notre référent handicap.",
            .access_delay = "Trois semaines après la signature de la convention",
            .nature = "action_formation",
            .nsf = tsv_field(&table, i, "nsf"),
            .duration_minutes = days * 420,
            .price_cents = price,
            .is_published = true
        };
        course.id = session_course_add(tx, &course);
        demo->courses[i] = course;
        demo->course_days[i] = days;
        demo->course_count = i + 1;
    }
    return true;
}

static AccountId one_of(Accounts accounts) { return accounts.count ? accounts.at[0].id : (AccountId){ 0 }; }

/* For /demo/camille and the others. */
static void keep_account(Tx *tx, size_t person, AccountId id) {
    people_setting_set(tx, arena_print(tx->arena, "demo.account.%s", people[person].who),
                       arena_print(tx->arena, "%lld", (long long)id.value));
}

bool demo_make_people(Demo *demo, Tx *tx, const char **ret_why) {
    static const char *const names[DEMO_TRAINERS][2] = { { "Nadia", "Benali" }, { "Marc", "Lebrun" },
                                                         { "Awa", "Diop" },     { "Olivier", "Perret" },
                                                         { "Hélène", "Roche" }, { "Samir", "Khelifi" },
                                                         { "Lise", "Moulin" } };
    if (!directory_load(tx, ret_why))
        return false;
    make_organisation(tx);
    demo->thomas = make_account(demo, tx, &people[2], "Thomas", "Girard");
    demo->sophie = make_account(demo, tx, &people[3], "Sophie", "Marchand");
    AccountId julie = make_account(demo, tx, &people[6], "Julie", "Perrin");
    Act staff = demo_act(demo, STAFF, "Sophie Marchand", instant_at(date_add(demo->day, -84), 540));
    for (size_t i = 0; i < DEMO_TRAINERS; i++)
        make_trainer(demo, tx, i, names[i][0], names[i][1], &staff);
    demo_company(demo, tx, 0);
    keep_account(tx, 0, one_of(people_accounts_of_company(tx, demo->companies[0].id)));
    keep_account(tx, 1, one_of(people_accounts_of_trainer(tx, demo->trainers[0])));
    keep_account(tx, 2, demo->thomas);
    keep_account(tx, 3, demo->sophie);
    keep_account(tx, 6, julie);
    return make_courses(demo, tx, ret_why) && !tx->error;
}
