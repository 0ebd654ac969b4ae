/* people_login_store.h - coming in and staying in: tokens, links, codes, passwords. Private to the room. */
#pragma once
#include "people_store.h"

enum { CODE_ATTEMPTS = 5, CODE_MINUTES = 30, PROOF_HOURS = 12 };

typedef struct Entered {
    Viewer      viewer;
    const char *csrf;
    Instant     seen_at;
    bool        has_code; /* one was mailed to this login and is still good */
    const char *house_name, *house_nda, *house_phone;
} Entered;
/* The login of a cookie's token, in one query. It ends with its time, its account, and the link that opened
 * it. */
bool people_login_find(Tx *tx, const char *token, Instant now, Entered *ret);
void people_login_note(Tx *tx, LoginId login_id, const char *remote, Instant now);
void people_login_end(Tx *tx, LoginId login_id);
void people_login_end_all(Tx *tx, AccountId account_id);
typedef struct Device { const char *user_agent, *remote; Instant created_at, seen_at; bool is_this; } Device;
typedef struct Devices { Device *at; size_t count; } Devices;
Devices people_devices(Tx *tx, const Viewer *viewer);

/* A link as its holder sees it. */
typedef struct LinkSeen {
    LinkId      id;
    const char *kind, *email, *path;
    AccountId   account_id;
    DossierId   dossier_id;
    unsigned    role; /* whom it lets in */
    bool        is_once, is_good; /* not good: expired, used, revoked or its account closed */
} LinkSeen;
bool people_link_find(Tx *tx, const char *token, Instant now, LinkSeen *ret); /* false: never existed */
/* A link that works once: true for the first alone. */
bool people_link_spend(Tx *tx, LinkId link_id, Instant now);

/* Mails a login link with its code to who goes by `email` without a password; who is unknown costs the same
 * work. */
void people_login_mail(Tx *tx, const char *email, const char *path, Instant now);
/* The code of the last login link of `email`; each wrong one counts. */
bool people_login_by_code(Tx *tx, const char *email, const char *code, Instant now, LinkSeen *ret);
/* Password and one-time code of staff; as slow for who is unknown. A code works once. */
bool people_login_by_password(Tx *tx, const char *email, const char *password, const char *totp, Instant now,
                              Account *ret);

/* Mails a code to a login's own account; `path` says for what. */
void people_code_mail(Tx *tx, const Viewer *viewer, const char *path, Instant now);
typedef enum CodeCheck { CODE_good, CODE_wrong, CODE_over } CodeCheck; /* over: expired, or tried too often */
CodeCheck people_code_check(Tx *tx, const char *token, const char *code, Instant now);

/* Staff and advisers. A closed account loses its logins and links. False: nobody of that id. */
bool people_account_close(Tx *tx, AccountId account_id, Instant now);
bool people_account_has(Tx *tx, const char *email, const char *role);
Accounts people_of_role(Tx *tx, const char *role);
