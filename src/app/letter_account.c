#include <string.h>

#include "ident.h"
#include "letters.h"
#include "message_work.h"
#include "people_store.h"
#include "text.h"

static const struct {
    const char *part, *words;
} code_acts[] = {
#define ACT(part, words) { part, words },
#include "code_acts.def"
};

/* The number in "/dossiers/2026-0417/convention". */
static const char *reference_in(Arena *arena, const char *path) {
    const char *head = "/dossiers/";
    if (!text_starts(path, head))
        return "";
    path += strlen(head);
    return arena_copy_n(arena, path, strcspn(path, "/?"));
}

static const char *act_of(Arena *arena, const char *path) {
    size_t i = 0;
    while (!strstr(path, code_acts[i].part))
        i++;
    const char *words = code_acts[i].words, *hole = strstr(words, "%s");
    if (!hole)
        return words;
    return arena_print(arena, "%.*s%s%s", (int)(hole - words), words, reference_in(arena, path), hole + 2);
}

/* "482913" -> "482 913" */
static const char *code_text(Arena *arena, const char *code) {
    return strlen(code) == 6 ? arena_print(arena, "%.3s\u00a0%s", code, code + 3) : code;
}

void letters_account(Tx *tx, const House *house, const char *mail, AccountId account_id, const char *secret,
                     const char *key, Instant now) {
    Account account;
    Organisation organisation = { .name = "" };
    if (!account_id.value || !people_account(tx, account_id, &account) || !account.is_active)
        return;
    people_organisation(tx, &organisation);
    const char *bar = strchr(secret, '|'), *path = bar ? bar + 1 : "";
    const char *code = arena_copy_n(tx->arena, secret, strcspn(secret, "|"));
    const char *name = text_trim(tx->arena,
                                 arena_print(tx->arena, "%s %s", account.first_name, account.last_name));
    Values *values = values_new(tx->arena);
    values_set(values, "organisme.nom", organisation.name);
    values_set(values, "contact.nom", organisation.contact_name);
    values_set(values, "contact.telephone",
               text_is_empty(organisation.phone) ? "" : phone_text(tx->arena, organisation.phone));
    values_set(values, "contact.lien", organisation.phone);
    values_set(values, "dossier.reference", reference_in(tx->arena, path));
    values_set(values, "destinataire.prenom", *account.first_name ? account.first_name : name);
    values_set(values, "code", code_text(tx->arena, code));
    values_set(values, "validite", "30 minutes");
    values_set(values, "acte", act_of(tx->arena, path));
    values_set(values, "lien", arena_print(tx->arena, "%s%s", house->public_url, path));
    NewMail letter = { .kind = mail,
                       .to_address = account.email,
                       .to_name = name,
                       .to_role = account.role,
                       .account_id = account_id,
                       .key = key,
                       .values = values,
                       .reply_to = organisation.email,
                       .sender_name = organisation.name,
                       .colour = organisation.brand,
                       .files_folder = house->folder,
                       .now = now };
    message_queue(tx, &letter);
}
