-- The papers that let a trainer work: contract, NDA, CV, diplomas, insurance, URSSAF vigilance (6 months), identity, charter.
CREATE TABLE paper (
    id           INTEGER PRIMARY KEY,
    trainer_id   INTEGER NOT NULL REFERENCES trainer (id),
    kind         TEXT    NOT NULL, -- trainer/trainer_papers.def
    document_id  INTEGER REFERENCES document (id),
    valid_from_on INTEGER,
    valid_to_on  INTEGER, -- NULL: does not expire
    recorded_by  TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX paper_trainer ON paper (trainer_id, kind, valid_to_on);
