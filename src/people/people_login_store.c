#include "people_login_store.h"

#include <string.h>

#include "crypt.h"
#include "date.h"
#include "jobs.h"
#include "people_sql.h"
#include "text.h"

/* Logins */

static bool is_alive(const LoginRow *row, Instant now) {
    if (row->expires_at.ms <= now.ms || !row->is_active)
        return false;
    return !*row->link_kind || (!row->link_revoked_at.ms && row->link_expires_at.ms > now.ms);
}

static unsigned role_by(const char *link_kind, const char *account_role) {
    if (!strcmp(link_kind, "participant"))
        return ROLE_PARTICIPANT;
    if (!strcmp(link_kind, "auditor"))
        return ROLE_AUDITOR;
    return viewer_role_named(account_role);
}

static bool has_code(const LoginRow *row, Instant now) {
    return *row->code_hash && row->code_until_at.ms > now.ms && row->attempt_count < CODE_ATTEMPTS;
}

static Viewer viewer_from(Arena *arena, const LoginRow *row, Instant now) {
    bool has_account = row->account_id.value != 0;
    const char *name = arena_print(arena, "%s %s", row->first_name, row->last_name);
    return (Viewer){
        .role = role_by(row->link_kind, row->role),
        .account_id = row->account_id,
        .login_id = row->id,
        .company_id = row->company_id,
        .trainer_id = row->trainer_id,
        .participant_id = row->participant_id,
        .dossier_id = row->dossier_id,
        .audit_id = row->audit_id,
        .name = has_account ? text_trim(arena, name) : row->link_email,
        .email = has_account ? row->email : row->link_email,
        .is_proved = row->proved_at.ms && instant_add(row->proved_at, PROOF_HOURS * 3600).ms > now.ms,
    };
}

bool people_login_find(Tx *tx, const char *token, Instant now, Entered *ret) {
    LoginRow row;
    if (!login_by_token(tx, crypt_token_hash(tx->arena, token), &row) || !is_alive(&row, now))
        return false;
    Entered entered = { .viewer = viewer_from(tx->arena, &row, now),
                        .csrf = row.csrf,
                        .seen_at = row.seen_at,
                        .has_code = has_code(&row, now),
                        .house_name = row.house_name,
                        .house_nda = row.house_nda,
                        .house_phone = row.house_phone };
    if (!entered.viewer.role)
        return false;
    *ret = entered;
    return true;
}

void people_login_note(Tx *tx, LoginId login_id, const char *remote, Instant now) {
    login_seen(tx, now, remote, login_id);
}

void people_login_end(Tx *tx, LoginId login_id) { login_close(tx, login_id); }

void people_login_end_all(Tx *tx, AccountId account_id) { logins_close_of_account(tx, account_id); }

Devices people_devices(Tx *tx, const Viewer *viewer) {
    Devices all = { 0 };
    LoginLines rows = { 0 };
    if (viewer->account_id.value)
        rows = logins_of_account(tx, viewer->account_id);
    for (size_t i = 0; i < rows.count; i++)
        *(Device *)arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at) = (Device){
            .user_agent = rows.at[i].user_agent,
            .remote = rows.at[i].remote,
            .created_at = rows.at[i].created_at,
            .seen_at = rows.at[i].seen_at,
            .is_this = rows.at[i].id.value == viewer->login_id.value,
        };
    return all;
}

/* Links */

static LinkSeen seen_from(Tx *tx, const LinkRow *row, Instant now) {
    AccountRow account = { .role = "" };
    bool is_open = !row->account_id.value ||
                   (account_by_id(tx, row->account_id, &account) && account.is_active);
    unsigned role = role_by(row->kind, account.role);
    return (LinkSeen){
        .id = row->id,
        .kind = row->kind,
        .email = row->email,
        .path = row->path,
        .account_id = row->account_id,
        .dossier_id = row->dossier_id,
        .role = role,
        .is_once = !strcmp(row->kind, "login"),
        .is_good = is_open && role && !row->used_at.ms && !row->revoked_at.ms && row->expires_at.ms > now.ms,
    };
}

bool people_link_find(Tx *tx, const char *token, Instant now, LinkSeen *ret) {
    LinkRow row;
    if (!link_by_token(tx, crypt_token_hash(tx->arena, token), &row))
        return false;
    *ret = seen_from(tx, &row, now);
    return true;
}

bool people_link_spend(Tx *tx, LinkId link_id, Instant now) { return link_use(tx, now, link_id) == 1; }

/* Letters: the mail itself is written by a job. Its words leave the queue with it. */

static void letter(Tx *tx, const char *what, AccountId account_id, const char *code, const char *path,
                   Instant now) {
    NewJob job = { .kind = "letter",
                   .what = what,
                   .who = arena_print(tx->arena, "%s|%s", code, path),
                   .machine = "account",
                   .thing_id = { account_id.value },
                   .job_key = arena_print(tx->arena, "letter/%s", crypt_token(tx->arena)),
                   .due_at = now };
    jobs_add(tx, &job);
}

void people_login_mail(Tx *tx, const char *email, const char *path, Instant now) {
    AccountRow account = { .role = "" };
    bool is_known = account_by_link(tx, email, &account);
    NewLink link = { .kind = "login",
                     .email = is_known ? email : "",
                     .path = path,
                     .account_id = account.id,
                     .now = now,
                     .expires_at = is_known ? (Instant){ 0 } : now };
    const char *code = NULL, *address = people_link(tx, &link, &code);
    letter(tx, "login_link", account.id, code, address, now);
}

bool people_login_by_code(Tx *tx, const char *email, const char *code, Instant now, LinkSeen *ret) {
    LoginLink row;
    LinkRow link;
    if (!link_login_of_email(tx, email, now, &row) || row.attempt_count >= CODE_ATTEMPTS)
        return false;
    if (!crypt_same(crypt_token_hash(tx->arena, code), row.code_hash)) {
        link_attempt(tx, row.id);
        return false;
    }
    if (!link_by_id(tx, row.id, &link))
        return false;
    *ret = seen_from(tx, &link, now);
    return ret->is_good && people_link_spend(tx, row.id, now);
}

bool people_login_by_password(Tx *tx, const char *email, const char *password, const char *totp, Instant now,
                              Account *ret) {
    AccountSecret row = { .password_hash = "", .totp_secret = "" };
    bool is_known = account_secret(tx, email, "staff", &row);
    bool is_right = crypt_password_check(row.password_hash, password);
    int64_t step = 0;
    if (!is_known || !is_right || !*row.totp_secret || !crypt_totp_check(row.totp_secret, totp, now, &step))
        return false;
    if (account_totp_step(tx, step, row.id) != 1)
        return false;
    return people_account(tx, row.id, ret);
}

/* Codes of a login */

void people_code_mail(Tx *tx, const Viewer *viewer, const char *path, Instant now) {
    const char *code = crypt_code(tx->arena);
    login_code(tx, crypt_token_hash(tx->arena, code), instant_add(now, CODE_MINUTES * 60), viewer->login_id);
    letter(tx, "sign_code", viewer->account_id, code, path, now);
}

CodeCheck people_code_check(Tx *tx, const char *token, const char *code, Instant now) {
    LoginRow row;
    if (!login_by_token(tx, crypt_token_hash(tx->arena, token), &row) || !has_code(&row, now))
        return CODE_over;
    if (!crypt_same(crypt_token_hash(tx->arena, code), row.code_hash)) {
        login_attempt(tx, row.id);
        return row.attempt_count + 1 >= CODE_ATTEMPTS ? CODE_over : CODE_wrong;
    }
    login_proved(tx, now, row.id);
    return CODE_good;
}

/* Accounts */

bool people_account_close(Tx *tx, AccountId account_id, Instant now) {
    AccountRow row;
    if (!account_by_id(tx, account_id, &row))
        return false;
    account_active(tx, false, account_id);
    logins_close_of_account(tx, account_id);
    links_revoke(tx, now, account_id, (ParticipantId){ 0 }, (AuditId){ 0 });
    return true;
}

bool people_account_has(Tx *tx, const char *email, const char *role) {
    AccountRow row;
    return account_by_email_and_role(tx, email, role, &row);
}

Accounts people_of_role(Tx *tx, const char *role) {
    Accounts all = { 0 };
    AccountRows rows = accounts_of_role(tx, role);
    for (size_t i = 0; i < rows.count; i++)
        people_account(tx, rows.at[i].id,
                       arena_grow(tx->arena, (void **)&all.at, &all.count, sizeof *all.at));
    return all;
}
