-- Where each thing stands. The words are those of story.def. `root_id` is its session (NULL for payments and trainers):
-- the row of the root is locked first, so that two people on one session wait for one another.
CREATE TABLE standing (
    machine        TEXT    NOT NULL,
    thing_id       INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    parent_machine TEXT    NOT NULL, -- '': hangs on nothing
    parent_id      INTEGER,
    root_id        INTEGER,
    entered_at     INTEGER NOT NULL,
    starts_on      INTEGER, -- anchors of deadlines, told by the room (story_dates)
    ends_on        INTEGER,
    due_on         INTEGER,
    late_on        INTEGER, -- after this day whoever is awaited is late; NULL: nobody is pressed
    is_for_staff   INTEGER NOT NULL, -- staff is awaited, or the reminders are used up and a person must call
    is_stuck       INTEGER NOT NULL, -- the reminders are used up
    PRIMARY KEY (machine, thing_id)
) STRICT;
CREATE INDEX standing_parent ON standing (parent_machine, parent_id);
CREATE INDEX standing_state ON standing (machine, state, late_on, thing_id);
CREATE INDEX standing_staff ON standing (machine, is_for_staff, late_on, thing_id);
CREATE INDEX standing_start ON standing (machine, state, starts_on);

-- How many things stand where: counts of side bars and of the pipeline, kept by story_fire().
CREATE TABLE tally (
    machine     TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    thing_count INTEGER NOT NULL,
    PRIMARY KEY (machine, state)
) STRICT;

-- What the rooms have said of a thing: its check list.
CREATE TABLE tick (
    machine   TEXT    NOT NULL,
    thing_id  INTEGER NOT NULL,
    need      TEXT    NOT NULL,
    is_held   INTEGER NOT NULL,
    ticked_at INTEGER NOT NULL,
    PRIMARY KEY (machine, thing_id, need)
) STRICT;

-- What happened, in order, for ever. Time lines are read from here. `whose` is the actor spoken for (FUNDER, BANK:
-- staff record it), `account_id` and `person` who did it.
CREATE TABLE journal (
    id          INTEGER PRIMARY KEY,
    machine     TEXT    NOT NULL,
    thing_id    INTEGER NOT NULL,
    root_id     INTEGER,
    event       TEXT    NOT NULL,
    whose       TEXT    NOT NULL,
    account_id  INTEGER,
    person      TEXT    NOT NULL,
    from_state  TEXT    NOT NULL,
    to_state    TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    inputs      TEXT    NOT NULL, -- "name=value" lines: what the act's form asked
    request_key TEXT    NOT NULL UNIQUE, -- "machine:thing:key": the same click twice is one event
    happened_at INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_thing ON journal (machine, thing_id, id);
CREATE INDEX journal_root ON journal (root_id, id);
CREATE INDEX journal_event ON journal (event, happened_at);
