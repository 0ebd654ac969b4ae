-- One company's part in one session.
CREATE TABLE dossier (
    id            INTEGER PRIMARY KEY,
    reference     TEXT    NOT NULL UNIQUE, -- 2026-0417
    session_id    INTEGER NOT NULL REFERENCES session (id),
    company_id    INTEGER NOT NULL REFERENCES company (id),
    price_cents   INTEGER NOT NULL, -- before tax: price per participant x participants, or set by hand
    is_price_set  INTEGER NOT NULL,
    payment_choice TEXT   NOT NULL, -- what the company wishes: direct, refund
    needs_text    TEXT    NOT NULL, -- what the company expects of the training (Qualiopi 4)
    account_id    INTEGER REFERENCES account (id), -- the staff member who follows it
    search        TEXT    NOT NULL, -- folded words: reference, company, title
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX dossier_session ON dossier (session_id);
CREATE INDEX dossier_company ON dossier (company_id, id);

CREATE TABLE participant (
    id         INTEGER PRIMARY KEY,
    dossier_id INTEGER NOT NULL REFERENCES dossier (id),
    civility   TEXT NOT NULL, -- '', Mme, M.
    first_name TEXT NOT NULL,
    last_name  TEXT NOT NULL,
    email      TEXT NOT NULL,
    job        TEXT NOT NULL,
    is_gone    INTEGER NOT NULL -- replaced before the start; kept for the record
) STRICT;
CREATE INDEX participant_dossier ON participant (dossier_id);

-- Who signed what: convention, commitment to pay, new share. Name, function, tick of authority, mailed code.
CREATE TABLE signature (
    id          INTEGER PRIMARY KEY,
    dossier_id  INTEGER NOT NULL REFERENCES dossier (id),
    what        TEXT    NOT NULL, -- convention, commitment, share
    document_id INTEGER,          -- the version that was signed
    document_sha256 TEXT NOT NULL,
    signer_name TEXT    NOT NULL,
    signer_role TEXT    NOT NULL, -- gérante, directeur
    email       TEXT    NOT NULL,
    proof       TEXT    NOT NULL, -- code by mail, typed at ...
    consent     TEXT    NOT NULL, -- the sentence that was ticked
    remote      TEXT    NOT NULL,
    user_agent  TEXT    NOT NULL,
    amount_cents INTEGER NOT NULL, -- commitment, share: what the company agrees to pay
    signed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX signature_dossier ON signature (dossier_id, what, id);
