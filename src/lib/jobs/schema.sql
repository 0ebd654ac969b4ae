-- What remains to be done. A chain holds the jobs of one move: they run in the order of `position`
-- (papers before the mail that carries them); different chains run in any order.
CREATE TABLE job (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL, -- make, mail, letter, fire, chase: see app/work.c
    what           TEXT    NOT NULL, -- document, mail, event ...
    who            TEXT    NOT NULL, -- mail: which actor
    machine        TEXT    NOT NULL, -- the thing it is about
    thing_id       INTEGER NOT NULL,
    chain          TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    job_key        TEXT    NOT NULL UNIQUE, -- (journal line, effect): done once
    status         TEXT    NOT NULL, -- waiting, leased, done, failed, cancelled
    due_at         INTEGER NOT NULL,
    lease          TEXT    NOT NULL, -- who holds it
    leased_until_at INTEGER,
    attempt_count  INTEGER NOT NULL,
    error          TEXT    NOT NULL,
    done_at        INTEGER
) STRICT;
CREATE INDEX job_due ON job (status, due_at);
CREATE INDEX job_chain ON job (chain, position);
CREATE INDEX job_thing ON job (machine, thing_id, kind);
