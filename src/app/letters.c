#include "letters.h"

#include <string.h>

#include "attendance_store.h"
#include "date.h"
#include "directory_store.h"
#include "document_store.h"
#include "embed.h"
#include "funding_store.h"
#include "letter_values.h"
#include "message_work.h"
#include "payout_store.h"
#include "text.h"

/* Where the button of a mail leads, by role; the first that fits wins. %s names the dossier or thing. */
typedef enum Of { OF_DOSSIER, OF_SESSION, OF_INVOICE, OF_AUDIT, OF_TRAINER, OF_NOTHING } Of;
typedef struct Target {
    const char *role, *mail, *path;
    Of of;
} Target;
static const Target targets[] = {
#define TARGET(role, mail, of, path) { #role, mail, path, of },
#include "targets.def"
};

const char *letters_kind(Arena *arena, const char *mail, const char *role) {
    const char *special = arena_print(arena, "%s_%s", mail, role);
    return embed_find(arena_print(arena, "texts/mails/%s.fr.md", special)) ? special : mail;
}

/* What stands for %s. */
static const char *target_name(Tx *tx, Of of, const Recipient *to, const About *about) {
    Dossier dossier = { .reference = "" };
    Session session = { .reference = "" };
    switch (of) {
    case OF_DOSSIER:
        return to->dossier_id.value && dossier_get(tx, to->dossier_id, &dossier) ? dossier.reference : "";
    case OF_SESSION:
        return about->session_id.value && session_get(tx, about->session_id, &session) ? session.reference
                                                                                       : "";
    case OF_INVOICE: return arena_print(tx->arena, "%lld", (long long)about->invoice_id.value);
    case OF_AUDIT: return arena_print(tx->arena, "%lld", (long long)about->audit_id.value);
    case OF_TRAINER: return arena_print(tx->arena, "%lld", (long long)about->trainer_id.value);
    case OF_NOTHING: break;
    }
    return "";
}

static const char *target_path(Tx *tx, const char *mail, const Recipient *to, const About *about) {
    for (const Target *t = targets; t < targets + sizeof targets / sizeof targets[0]; t++) {
        if (strcmp(t->role, to->role) != 0 || (t->mail[0] && strcmp(t->mail, mail) != 0))
            continue;
        Text path = text_new(tx->arena);
        const char *hole = strstr(t->path, "%s");
        text_add_n(&path, t->path, hole ? (size_t)(hole - t->path) : strlen(t->path));
        if (hole) {
            text_add(&path, target_name(tx, t->of, to, about));
            text_add(&path, hole + 2);
        }
        return path.p;
    }
    return "/";
}

/* A personal link where there is no password; staff log in. */
static const char *link_for(Tx *tx, const House *house, const char *mail, const Recipient *to,
                            const About *about, Instant now, const char **ret_kind) {
    const char *path = target_path(tx, mail, to, about);
    *ret_kind = "";
    if (!strcmp(to->role, "staff") || !strcmp(to->role, "funder"))
        return arena_print(tx->arena, "%s%s", house->public_url, path);
    bool is_participant = !strcmp(to->role, "participant");
    bool is_form = strstr(mail, "client_form") != NULL;
    NewLink link = { .kind = is_participant ? "participant"
                             : is_form      ? "client_form"
                                            : "dossier",
                     .email = to->address,
                     .path = path,
                     .account_id = to->account_id,
                     .participant_id = to->participant_id,
                     .now = now };
    Session session;
    *ret_kind = link.kind;
    if (!strcmp(to->role, "company"))
        link.dossier_id = to->dossier_id;
    if (is_participant && session_get(tx, about->session_id, &session))
        link.expires_at = instant_at(date_add(session.ends_on, 90), 0);
    return arena_print(tx->arena, "%s%s", house->public_url, people_link(tx, &link, NULL));
}

/* The papers that go with a mail. */
static size_t files_for(Tx *tx, const char *mail, const Recipient *to, const About *about, DocumentId *ret) {
    Document document;
    size_t count = 0;
    if (!strcmp(mail, "documents_ready") || !strcmp(mail, "convention_signed"))
        if (document_last(tx, to->dossier_id, "dossier_individuel", &document))
            ret[count++] = document.id;
    if (text_starts(mail, "invoice_issued") && document_of_invoice(tx, about->invoice_id, &document))
        ret[count++] = document.id;
    if (!strcmp(mail, "certificate_ready") || !strcmp(mail, "invoice_issued_funder") ||
        !strcmp(mail, "convocation")) {
        const char *kind = !strcmp(mail, "convocation") ? "convocation" : "certificat";
        Documents all = to->participant_id.value ? documents_of_participant(tx, to->participant_id)
                                                 : documents_of_dossier(tx, to->dossier_id);
        for (size_t i = 0; i < all.count && count < LETTER_FILES_MAX; i++)
            if (!strcmp(all.at[i].kind, kind))
                ret[count++] = all.at[i].id;
    }
    return count;
}

static void queue_one(Tx *tx, const House *house, const char *mail, const Recipient *to, const About *about,
                      const char *key, Instant now) {
    const char *kind = letters_kind(tx->arena, mail, to->role);
    Organisation organisation = { .name = "" };
    people_organisation(tx, &organisation);
    Values *values = letter_values(tx, mail, to, about, now);
    const char *link_kind = "";
    values_set(values, "lien", link_for(tx, house, mail, to, about, now, &link_kind));
    DocumentId files[LETTER_FILES_MAX];
    NewMail letter = { .kind = kind,
                       .to_address = to->address,
                       .to_name = to->name,
                       .to_role = to->role,
                       .account_id = to->account_id,
                       .session_id = about->session_id,
                       .dossier_id = to->dossier_id,
                       .key = key,
                       .values = values,
                       .reply_to = organisation.email,
                       .sender_name = organisation.name,
                       .colour = organisation.brand,
                       .link_kind = link_kind,
                       .files_folder = house->folder,
                       .documents = files,
                       .document_count = files_for(tx, kind, to, about, files),
                       .now = now };
    message_queue(tx, &letter);
}

/* Several slots of a half-day are late together: their trainer reads one mail, which names everybody. */
static const char *key_of(Tx *tx, const char *mail, const About *about, const char *key) {
    static const Viewer house_itself = { .role = ROLE_STAFF };
    Slot slot;
    if (strcmp(mail, "signature_missing") != 0 ||
        !attendance_slot_seen(tx, &house_itself, about->slot_id, &slot))
        return key;
    return arena_print(tx->arena, "%s/half_day/%lld", mail, (long long)slot.half_day_id.value);
}

void letters_queue(Tx *tx, const House *house, const char *mail, Thing thing, unsigned actors,
                   const char *key, Instant now) {
    About about = reach_about(tx, thing);
    key = key_of(tx, mail, &about, key);
    for (unsigned actor = 1; actor <= PAYER; actor <<= 1) {
        Recipients all = actors & actor ? reach_recipients(tx, &about, actor) : (Recipients){ 0 };
        for (size_t i = 0; i < all.count; i++)
            queue_one(tx, house, mail, &all.at[i], &about,
                      arena_print(tx->arena, "%s/%s/%s/%lld", key, all.at[i].role, all.at[i].address,
                                  (long long)all.at[i].participant_id.value +
                                      (long long)all.at[i].dossier_id.value),
                      now);
    }
}
