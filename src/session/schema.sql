-- The course catalogue: what is taught (programme of the convention, D6353-1).
CREATE TABLE course (
    id            INTEGER PRIMARY KEY,
    trainer_id    INTEGER REFERENCES trainer (id), -- NULL: of the whole house
    title         TEXT NOT NULL,
    objectives    TEXT NOT NULL, -- one per line
    prerequisites TEXT NOT NULL,
    audience      TEXT NOT NULL,
    content       TEXT NOT NULL, -- one per line
    methods       TEXT NOT NULL,
    means         TEXT NOT NULL,
    assessment    TEXT NOT NULL,
    accessibility TEXT NOT NULL,
    access_delay  TEXT NOT NULL,
    nature        TEXT NOT NULL, -- action_formation, bilan_competences, vae
    nsf           TEXT NOT NULL,
    duration_minutes INTEGER NOT NULL,
    price_cents   INTEGER NOT NULL, -- per participant, before tax
    is_published  INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX course_trainer ON course (trainer_id);

CREATE TABLE session (
    id            INTEGER PRIMARY KEY,
    reference     TEXT NOT NULL UNIQUE, -- S-2026-088
    course_id     INTEGER NOT NULL REFERENCES course (id),
    trainer_id    INTEGER NOT NULL REFERENCES trainer (id),
    title         TEXT NOT NULL,
    place_kind    TEXT NOT NULL, -- on_site (at the company), room, remote
    address       TEXT NOT NULL, -- or the link of a remote session
    postcode      TEXT NOT NULL,
    city          TEXT NOT NULL,
    remote_bp     INTEGER NOT NULL, -- share of distance teaching in the total teaching time
    starts_on     INTEGER,
    ends_on       INTEGER,
    duration_minutes INTEGER NOT NULL, -- the sum of its half-days
    price_cents   INTEGER NOT NULL, -- per participant, before tax
    fee_cents     INTEGER NOT NULL, -- of the trainer, whole session, fixed at validation
    is_holiday_confirmed INTEGER NOT NULL, -- Sundays and holidays were confirmed
    search        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX session_trainer ON session (trainer_id, starts_on);
CREATE INDEX session_start ON session (starts_on, id);

CREATE TABLE half_day (
    id             INTEGER PRIMARY KEY,
    session_id     INTEGER NOT NULL REFERENCES session (id),
    held_on        INTEGER NOT NULL,
    half           TEXT    NOT NULL, -- am, pm
    starts_minutes INTEGER NOT NULL, -- since midnight, Paris
    ends_minutes   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX half_day_of ON half_day (session_id, held_on, half);

-- Legal and human numbers without gaps: one locked row per series ("session-2026", "dossier-2026", "F-2026").
CREATE TABLE series (
    name    TEXT    NOT NULL PRIMARY KEY,
    number  INTEGER NOT NULL -- the last one given
) STRICT;
