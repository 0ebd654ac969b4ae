#include <string.h>

#include "crypt.h"
#include "date.h"
#include "people_sql.h"
#include "people_store.h"
#include "text.h"

enum { MINUTE = 60, DAY = 24 * 3600 };

/* How long a link of a kind lives when nothing else is said. */
static int64_t seconds_of(const char *kind) {
    if (!strcmp(kind, "login"))
        return 30 * MINUTE;
    if (!strcmp(kind, "client_form"))
        return 30 * (int64_t)DAY;
    return 7 * (int64_t)DAY;
}

const char *people_link(Tx *tx, const NewLink *link, const char **ret_code) {
    const char *token = crypt_token(tx->arena);
    const char *code = ret_code ? crypt_code(tx->arena) : NULL;
    Instant expires = link->expires_at.ms ? link->expires_at : instant_add(link->now, seconds_of(link->kind));
    link_insert(tx, link->kind, crypt_token_hash(tx->arena, token),
                code ? crypt_token_hash(tx->arena, code) : "", link->account_id, link->dossier_id,
                link->participant_id, link->audit_id, link->email ? link->email : "",
                link->path ? link->path : "", link->now, expires);
    if (ret_code)
        *ret_code = code;
    return arena_print(tx->arena, "/l/%s", token);
}

void people_links_revoke(Tx *tx, AccountId account_id, ParticipantId participant_id, AuditId audit_id,
                         Instant now) {
    links_revoke(tx, now, account_id, participant_id, audit_id);
}

enum { LOGIN_DAYS = 30, STAFF_HOURS = 12 };

const char *people_login_open(Tx *tx, AccountId account_id, LinkId link_id, bool is_proved, Instant now,
                              const char *user_agent, const char *remote) {
    AccountRow account;
    bool is_staff = account_by_id(tx, account_id, &account) && !strcmp(account.role, "staff");
    const char *token = crypt_token(tx->arena);
    Instant expires = instant_add(now, is_staff ? STAFF_HOURS * 3600 : LOGIN_DAYS * (int64_t)DAY);
    login_insert(tx, crypt_token_hash(tx->arena, token), crypt_token(tx->arena), account_id, link_id, now,
                 expires, is_proved ? now : (Instant){ 0 }, user_agent ? user_agent : "",
                 remote ? remote : "");
    return token;
}

bool people_attempt(Tx *tx, const char *key, int64_t most, int64_t seconds, Instant now) {
    int64_t window = now.ms / 1000 / seconds;
    Attempt attempt = { 0 };
    attempts_old(tx, key, window);
    attempt_count_up(tx, key, window, &attempt);
    return attempt.attempt_count <= most;
}

const char *people_setting(Tx *tx, const char *name) {
    Setting setting;
    return setting_get(tx, name, &setting) ? setting.value : "";
}

void people_setting_set(Tx *tx, const char *name, const char *value) { setting_put(tx, name, value); }

Instant people_now(Tx *tx, bool is_demo, Instant real) {
    Setting setting;
    if (!is_demo || !setting_get(tx, "demo.clock", &setting))
        return real;
    int64_t ms = 0;
    for (const char *p = setting.value; *p >= '0' && *p <= '9'; p++)
        ms = ms * 10 + (*p - '0');
    return (Instant){ ms };
}
