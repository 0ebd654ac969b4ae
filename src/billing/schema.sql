-- Invoices and credit notes. Draft: no number. Issued: never changed.
CREATE TABLE invoice (
    id           INTEGER PRIMARY KEY,
    dossier_id   INTEGER NOT NULL REFERENCES dossier (id),
    kind         TEXT    NOT NULL, -- invoice, credit_note
    number       INTEGER NOT NULL, -- in its series; 0 while draft
    reference    TEXT    NOT NULL, -- F-2026-00001, A-2026-00001; '' while draft
    series       TEXT    NOT NULL, -- F-2026
    cancels_invoice_id INTEGER REFERENCES invoice (id), -- credit note: the invoice it cancels
    payer_kind   TEXT    NOT NULL, -- company, funder
    funder_code  TEXT    NOT NULL,
    payer_name   TEXT    NOT NULL, -- copied at issue: what was sent stays what was sent
    payer_address TEXT   NOT NULL,
    payer_siren  TEXT    NOT NULL,
    payer_email  TEXT    NOT NULL,
    funder_ref   TEXT    NOT NULL, -- file number of the agreement
    net_cents    INTEGER NOT NULL,
    vat_cents    INTEGER NOT NULL,
    total_cents  INTEGER NOT NULL,
    vat_bp       INTEGER NOT NULL,
    vat_regime   TEXT    NOT NULL,
    issued_on    INTEGER,
    due_on       INTEGER,
    settled_cents INTEGER NOT NULL, -- sum of allocations and credit notes
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_dossier ON invoice (dossier_id);
CREATE INDEX invoice_cancels ON invoice (cancels_invoice_id);
CREATE INDEX invoice_reference ON invoice (reference);
CREATE UNIQUE INDEX invoice_number ON invoice (series, number) WHERE number > 0;
CREATE TABLE invoice_line (
    id          INTEGER PRIMARY KEY,
    invoice_id  INTEGER NOT NULL REFERENCES invoice (id),
    position    INTEGER NOT NULL,
    label       TEXT    NOT NULL,
    quantity_text TEXT  NOT NULL, -- "2 stagiaires x 14 h"
    unit_price_text TEXT NOT NULL, -- price of one unit, before tax
    net_cents   INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_line_of ON invoice_line (invoice_id, position);

CREATE TABLE payment (
    id           INTEGER PRIMARY KEY,
    payer_name   TEXT    NOT NULL,
    bank_ref     TEXT    NOT NULL,
    received_on  INTEGER NOT NULL,
    amount_cents INTEGER NOT NULL,
    free_cents   INTEGER NOT NULL, -- not yet allocated
    recorded_by  TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL,
    request_key  TEXT    NOT NULL  -- of the form: sent twice it is one payment; '' when there is none
) STRICT;
CREATE UNIQUE INDEX payment_request ON payment (request_key) WHERE request_key <> '';
CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    payment_id   INTEGER NOT NULL REFERENCES payment (id),
    invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
    amount_cents INTEGER NOT NULL, -- negative when the bank took it back
    request_key  TEXT    NOT NULL,
    made_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX allocation_invoice ON allocation (invoice_id);
CREATE INDEX allocation_payment ON allocation (payment_id);
