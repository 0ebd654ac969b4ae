-- What the trainer is owed for one dossier.
CREATE TABLE payout (
    id           INTEGER PRIMARY KEY,
    dossier_id   INTEGER NOT NULL UNIQUE REFERENCES dossier (id),
    trainer_id   INTEGER NOT NULL REFERENCES trainer (id),
    amount_cents INTEGER NOT NULL,
    trainer_invoice_ref TEXT NOT NULL,
    approved_by_account_id INTEGER REFERENCES account (id),
    batch_id     INTEGER,
    end_to_end   TEXT    NOT NULL
) STRICT;
CREATE INDEX payout_trainer ON payout (trainer_id);
CREATE INDEX payout_batch ON payout (batch_id);
-- One file for the bank.
CREATE TABLE batch (
    id           INTEGER PRIMARY KEY,
    reference    TEXT    NOT NULL UNIQUE, -- V-2026-0001
    execute_on   INTEGER NOT NULL,
    total_cents  INTEGER NOT NULL,
    payout_count INTEGER NOT NULL,
    sha256       TEXT    NOT NULL,
    body_blob    BLOB    NOT NULL, -- the pain.001 as it was handed over
    made_by      TEXT    NOT NULL,
    made_at      INTEGER NOT NULL,
    request_key  TEXT    NOT NULL  -- of the form: sent twice it is one file; '' when there is none
) STRICT;
CREATE UNIQUE INDEX batch_request ON batch (request_key) WHERE request_key <> '';
