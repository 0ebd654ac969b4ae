-- What was asked of the OPCO, version by version.
CREATE TABLE request (
    id              INTEGER PRIMARY KEY,
    dossier_id      INTEGER NOT NULL REFERENCES dossier (id),
    version         INTEGER NOT NULL,
    funder_code     TEXT    NOT NULL,
    requested_cents INTEGER NOT NULL, -- teaching cost, before tax
    planned_minutes INTEGER NOT NULL, -- per participant
    participant_count INTEGER NOT NULL,
    starts_on       INTEGER,
    ends_on         INTEGER,
    circuit_wished  TEXT    NOT NULL, -- direct, refund
    funder_ref      TEXT    NOT NULL,
    sent_on         INTEGER,
    incomplete_on   INTEGER,
    missing         TEXT    NOT NULL,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX request_of ON request (dossier_id, version);

-- What the OPCO answered: the paper as received, and what staff read on it.
CREATE TABLE answer (
    id              INTEGER PRIMARY KEY,
    dossier_id      INTEGER NOT NULL REFERENCES dossier (id),
    version         INTEGER NOT NULL,
    document_id     INTEGER NOT NULL REFERENCES document (id),
    deposited_by    TEXT    NOT NULL,
    deposited_at    INTEGER NOT NULL,
    verdict         TEXT    NOT NULL, -- deposited, granted, granted_partly, refused, sent_back
    funder_code     TEXT    NOT NULL, -- from here on: typed by staff
    file_number     TEXT    NOT NULL,
    letter_on       INTEGER,
    company_siret   TEXT    NOT NULL,
    starts_on       INTEGER,
    ends_on         INTEGER,
    granted_minutes INTEGER NOT NULL, -- per participant
    participant_count INTEGER NOT NULL,
    granted_cents   INTEGER NOT NULL, -- teaching cost, before tax
    circuit         TEXT    NOT NULL, -- '', direct, refund, mixed: a fact of the letter
    direct_cents    INTEGER NOT NULL, -- what the funder pays to the body itself
    invoice_by_on   INTEGER,          -- the last day for the invoice
    note            TEXT    NOT NULL,
    typed_by        TEXT    NOT NULL,
    typed_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX answer_of ON answer (dossier_id, version);
