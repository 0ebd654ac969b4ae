-- A delivery audit asked by a funder.
CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    dossier_id   INTEGER NOT NULL REFERENCES dossier (id),
    reference    TEXT    NOT NULL UNIQUE, -- C-2026-0001
    funder_code  TEXT    NOT NULL,
    funder_ref   TEXT    NOT NULL,
    asked_on     INTEGER NOT NULL,
    due_on       INTEGER NOT NULL,
    scope_text   TEXT    NOT NULL,
    auditor_email TEXT   NOT NULL,
    auditor_name TEXT    NOT NULL,
    refund_cents INTEGER NOT NULL,
    made_by      TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_dossier ON audit (dossier_id);
-- What an auditor opened: shown to staff.
CREATE TABLE audit_visit (
    audit_id   INTEGER NOT NULL REFERENCES audit (id),
    position   INTEGER NOT NULL,
    what       TEXT    NOT NULL,
    visited_at INTEGER NOT NULL,
    PRIMARY KEY (audit_id, position)
) STRICT;
