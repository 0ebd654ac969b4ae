-- One participant's half-day: the row of the machine `slot`.
CREATE TABLE slot (
    id             INTEGER PRIMARY KEY,
    dossier_id     INTEGER NOT NULL REFERENCES dossier (id),
    participant_id INTEGER NOT NULL REFERENCES participant (id),
    half_day_id    INTEGER NOT NULL, -- no foreign key: half-days of a moved session go, their cancelled slots stay
    held_on        INTEGER NOT NULL, -- copied, for the same reason
    starts_minutes INTEGER NOT NULL,
    ends_minutes   INTEGER NOT NULL,
    signed_at      INTEGER, -- by the participant
    evidence       TEXT    NOT NULL, -- how: on his own link, on the trainer's phone, address, browser
    absent_reason  TEXT    NOT NULL,
    countersigned_at INTEGER,
    countersigned_by TEXT  NOT NULL,
    is_cancelled   INTEGER NOT NULL  -- it will not take place: another row may stand for the same half-day
) STRICT;
CREATE UNIQUE INDEX slot_of ON slot (participant_id, half_day_id) WHERE is_cancelled = 0;
CREATE INDEX slot_dossier ON slot (dossier_id);
CREATE INDEX slot_half_day ON slot (half_day_id);

-- Certificates of completion: attested by the trainer, then signed by the body's representative; one per participant.
CREATE TABLE certificat (
    id             INTEGER PRIMARY KEY,
    dossier_id     INTEGER NOT NULL REFERENCES dossier (id),
    participant_id INTEGER NOT NULL UNIQUE REFERENCES participant (id),
    attended_minutes INTEGER NOT NULL, -- as attested; of closed half-days only
    skills         TEXT    NOT NULL, -- acquired, partly, not: attested by the trainer
    attested_by    TEXT    NOT NULL,
    attested_at    INTEGER NOT NULL,
    signed_by      TEXT    NOT NULL, -- '' until signed
    signed_at      INTEGER
) STRICT;
CREATE INDEX certificat_dossier ON certificat (dossier_id);
