-- Every paper made or received. Never changed: a new text is a new version. Bytes stand in chunk rows.
CREATE TABLE document (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL, -- convention, ... (catalogue.def), or answer, proof: received
    title          TEXT    NOT NULL,
    file_name      TEXT    NOT NULL,
    mime           TEXT    NOT NULL,
    session_id     INTEGER, -- what it belongs to, from wide to narrow: who may see it follows from these
    dossier_id     INTEGER,
    participant_id INTEGER,
    invoice_id     INTEGER,
    owner          TEXT    NOT NULL, -- the narrowest of these: 'participant/12'; versions count within it
    version        INTEGER NOT NULL,
    body_bytes     INTEGER NOT NULL, -- size
    sha256         TEXT    NOT NULL,
    template_sha256 TEXT   NOT NULL, -- '' when received
    document_key   TEXT    NOT NULL UNIQUE, -- the same job twice makes one document
    is_received    INTEGER NOT NULL,
    made_at        INTEGER NOT NULL,
    made_by        TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_owner ON document (owner, kind, version);
CREATE INDEX document_dossier ON document (dossier_id, kind, version);
CREATE INDEX document_session ON document (session_id, kind, version);
CREATE INDEX document_participant ON document (participant_id, kind, version);
CREATE INDEX document_invoice ON document (invoice_id, version);
CREATE TABLE document_chunk (
    document_id INTEGER NOT NULL REFERENCES document (id),
    position    INTEGER NOT NULL,
    body_blob   BLOB    NOT NULL, -- 256 KiB each, the last one shorter
    PRIMARY KEY (document_id, position)
) STRICT;
