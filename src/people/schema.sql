-- The training body that runs this instance: one row.
CREATE TABLE organisation (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    legal_form     TEXT NOT NULL,
    address        TEXT NOT NULL,
    postcode       TEXT NOT NULL,
    city           TEXT NOT NULL,
    siret          TEXT NOT NULL,
    nda            TEXT NOT NULL,
    nda_region     TEXT NOT NULL,
    rcs            TEXT NOT NULL,
    capital        TEXT NOT NULL,
    vat_regime     TEXT NOT NULL, -- exempt_training, vat_20, franchise_293b
    vat_number     TEXT NOT NULL,
    iban           TEXT NOT NULL,
    bic            TEXT NOT NULL,
    bank_name      TEXT NOT NULL, -- account holder exactly as at the bank
    email          TEXT NOT NULL,
    phone          TEXT NOT NULL,
    representative TEXT NOT NULL, -- who signs conventions and certificates
    representative_role TEXT NOT NULL,
    contact_name   TEXT NOT NULL, -- named on pages and mails
    qualiopi_from_on INTEGER,
    qualiopi_to_on INTEGER,
    brand          TEXT NOT NULL
) STRICT;

CREATE TABLE company (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    siret        TEXT NOT NULL, -- '' until known
    address      TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    city         TEXT NOT NULL,
    idcc         TEXT NOT NULL,
    funder_code  TEXT NOT NULL, -- '' until known
    funder_source TEXT NOT NULL, -- why this funder
    headcount    TEXT NOT NULL, -- '' unknown, under_11, from_11_to_49, from_50
    contact_first_name TEXT NOT NULL,
    contact_last_name  TEXT NOT NULL,
    email        TEXT NOT NULL,
    phone        TEXT NOT NULL,
    search       TEXT NOT NULL, -- folded words for search
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX company_siret ON company (siret);
CREATE INDEX company_name ON company (name);

CREATE TABLE trainer (
    id           INTEGER PRIMARY KEY,
    first_name   TEXT NOT NULL,
    last_name    TEXT NOT NULL,
    email        TEXT NOT NULL,
    phone        TEXT NOT NULL,
    business     TEXT NOT NULL, -- trade name or legal name
    siret        TEXT NOT NULL,
    nda          TEXT NOT NULL,
    vat_regime   TEXT NOT NULL,
    iban         TEXT NOT NULL,
    bank_name    TEXT NOT NULL,
    iban_verified_at INTEGER,
    iban_verified_by TEXT NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

-- Who logs in. A role each: staff (password + TOTP), adviser, trainer, company (by mailed link).
CREATE TABLE account (
    id            INTEGER PRIMARY KEY,
    role          TEXT NOT NULL,
    first_name    TEXT NOT NULL,
    last_name     TEXT NOT NULL,
    email         TEXT NOT NULL, -- lower case
    phone         TEXT NOT NULL,
    password_hash TEXT NOT NULL, -- '' : by link only
    totp_secret   TEXT NOT NULL,
    totp_step     INTEGER NOT NULL, -- the last one used: no replay
    company_id    INTEGER REFERENCES company (id),
    trainer_id    INTEGER REFERENCES trainer (id),
    is_active     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_email ON account (email, role);
CREATE INDEX account_company ON account (company_id);
CREATE INDEX account_trainer ON account (trainer_id);

-- Links by mail. Only the hash of the token is kept. kinds: login, dossier, client_form, participant, auditor.
CREATE TABLE link (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL,
    token_hash     TEXT NOT NULL UNIQUE,
    code_hash      TEXT NOT NULL, -- login: the 6-digit code of the same mail
    account_id     INTEGER REFERENCES account (id),
    dossier_id     INTEGER, -- scope
    participant_id INTEGER,
    audit_id       INTEGER,
    email          TEXT NOT NULL,
    path           TEXT NOT NULL, -- where it leads, '' : home of the role
    attempt_count  INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    used_at        INTEGER, -- login links work once
    revoked_at     INTEGER
) STRICT;
CREATE INDEX link_account ON link (account_id);
CREATE INDEX link_participant ON link (participant_id);

-- A browser that is logged in.
CREATE TABLE login (
    id             INTEGER PRIMARY KEY,
    token_hash     TEXT NOT NULL UNIQUE,
    csrf           TEXT NOT NULL,
    account_id     INTEGER REFERENCES account (id),
    link_id        INTEGER REFERENCES link (id), -- scoped: participant, auditor, dossier link
    created_at     INTEGER NOT NULL,
    seen_at        INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    proved_at      INTEGER, -- a code (mail) or TOTP was typed on this device: acts are allowed for a while
    code_hash      TEXT NOT NULL, -- the code being asked
    code_until_at  INTEGER,
    attempt_count  INTEGER NOT NULL,
    user_agent     TEXT NOT NULL,
    remote         TEXT NOT NULL
) STRICT;
CREATE INDEX login_account ON login (account_id);

-- Attempts per key (address, account) and window: rate limits.
CREATE TABLE attempt (
    attempt_key   TEXT    NOT NULL,
    number INTEGER NOT NULL,
    attempt_count INTEGER NOT NULL,
    PRIMARY KEY (attempt_key, number)
) STRICT;

-- Settings of the instance: demo clock, and what staff change.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Forms that made a new thing: the same form sent twice leads to the same thing.
CREATE TABLE seen (
    seen_key TEXT    NOT NULL PRIMARY KEY, -- login and request_key
    path     TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL
) STRICT;
