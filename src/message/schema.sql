-- Every mail, for ever: what was written to whom, and what became of it.
CREATE TABLE mail (
    id            INTEGER PRIMARY KEY,
    kind          TEXT    NOT NULL, -- mails.def
    to_address    TEXT    NOT NULL,
    to_name       TEXT    NOT NULL,
    to_role       TEXT    NOT NULL, -- company, trainer, staff, participant, funder, adviser
    account_id    INTEGER,
    session_id    INTEGER,
    dossier_id    INTEGER,
    subject       TEXT    NOT NULL,
    text_body     TEXT    NOT NULL,
    html_body     TEXT    NOT NULL,
    message_ref   TEXT    NOT NULL UNIQUE, -- Message-ID, stable across tries
    mail_key      TEXT    NOT NULL UNIQUE, -- the same job twice writes one mail
    status        TEXT    NOT NULL, -- queued, sending, sent, refused, unknown
    detail        TEXT    NOT NULL,
    attempt_count INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    next_at       INTEGER,
    sent_at       INTEGER
) STRICT;
CREATE INDEX mail_status ON mail (status, next_at);
CREATE INDEX mail_dossier ON mail (dossier_id, id);
CREATE INDEX mail_session ON mail (session_id, id);
CREATE INDEX mail_address ON mail (to_address, id);
CREATE TABLE mail_file (
    mail_id     INTEGER NOT NULL REFERENCES mail (id),
    position    INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    PRIMARY KEY (mail_id, position)
) STRICT;
