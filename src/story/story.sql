-- Where a thing stands, with what it hangs on, its session, and the line of the journal that brought it there.
-- standing_of: one StandingRow
SELECT s.state, s.parent_machine, s.parent_id, s.root_id, s.entered_at, s.starts_on, s.ends_on, s.due_on, s.late_on,
    s.is_stuck, coalesce(p.state, '') AS parent_state, coalesce(r.state, '') AS root_state,
    (SELECT max(j.id) FROM journal j WHERE j.machine = s.machine AND j.thing_id = s.thing_id) AS journal_id
FROM standing s
LEFT JOIN standing p ON p.machine = s.parent_machine AND p.thing_id = s.parent_id
LEFT JOIN standing r ON r.machine = 'session' AND r.thing_id = s.root_id
WHERE s.machine = :machine AND s.thing_id = :thing_id;

-- The session on which a thing hangs, to be locked before the thing itself.
-- standing_root: one RootRow
SELECT root_id FROM standing WHERE machine = :machine AND thing_id = :thing_id;

-- standing_lock: one RootRow
SELECT root_id FROM standing WHERE machine = :machine AND thing_id = :thing_id {for_update};

-- standing_add: changed
INSERT INTO standing (machine, thing_id, state, parent_machine, parent_id, root_id, entered_at, late_on, is_for_staff,
    is_stuck)
VALUES (:machine, :thing_id, :state, :parent_machine, :parent_id, :root_id, :entered_at, :late_on, :is_for_staff, 0);

-- standing_move: changed
UPDATE standing SET state = :state, entered_at = :entered_at, late_on = :late_on, is_for_staff = :is_for_staff,
    is_stuck = 0
WHERE machine = :machine AND thing_id = :thing_id;

-- standing_dates: changed
UPDATE standing SET starts_on = :starts_on, ends_on = :ends_on, due_on = :due_on, late_on = :late_on
WHERE machine = :machine AND thing_id = :thing_id;

-- The reminders are used up (a person must call), or begin anew.
-- standing_stuck: changed
UPDATE standing SET is_stuck = :is_stuck, is_for_staff = :is_for_staff
WHERE machine = :machine AND thing_id = :thing_id;

-- children_of: many ChildRow
SELECT state, count(*) AS child_count FROM standing
WHERE parent_machine = :machine AND parent_id = :thing_id
GROUP BY state;

-- ticks_of: many TickRow
SELECT need FROM tick WHERE machine = :machine AND thing_id = :thing_id AND is_held = 1;

-- tick_set: changed
INSERT INTO tick (machine, thing_id, need, is_held, ticked_at)
VALUES (:machine, :thing_id, :need, :is_held, :ticked_at)
ON CONFLICT (machine, thing_id, need) DO UPDATE SET is_held = excluded.is_held, ticked_at = excluded.ticked_at
WHERE tick.is_held <> excluded.is_held;

-- tally_add: changed
INSERT INTO tally (machine, state, thing_count) VALUES (:machine, :state, :thing_count)
ON CONFLICT (machine, state) DO UPDATE SET thing_count = tally.thing_count + excluded.thing_count;

-- journal_seen: one SeenRow
SELECT id FROM journal WHERE request_key = :request_key;

-- journal_add: id
INSERT INTO journal (machine, thing_id, root_id, event, whose, account_id, person, from_state, to_state, reason, inputs,
    request_key, happened_at)
VALUES (:machine, :thing_id, :root_id, :event, :whose, :account_id, :person, :from_state, :to_state, :reason, :inputs,
    :request_key, :happened_at);

-- journal_of: many LineRow
SELECT id, machine, event, person, whose, reason, to_state, happened_at FROM journal
WHERE machine = :machine AND thing_id = :thing_id
ORDER BY id;

-- The newest lines of a session and of all that hangs on it, oldest first.
-- journal_of_root: many LineRow
SELECT id, machine, event, person, whose, reason, to_state, happened_at
FROM (SELECT id, machine, event, person, whose, reason, to_state, happened_at FROM journal
    WHERE root_id = :root_id ORDER BY id DESC LIMIT :most_count) newest
ORDER BY id;

-- states_told: many WordRow
SELECT state AS word FROM tally WHERE thing_count <> 0;

-- Each event once, by jumping along the index from one word to the next.
-- events_told: many WordRow
WITH RECURSIVE told(word) AS (
    SELECT min(event) FROM journal
    UNION ALL
    SELECT (SELECT min(j.event) FROM journal j WHERE j.event > told.word) FROM told WHERE told.word IS NOT NULL)
SELECT word FROM told WHERE word IS NOT NULL;
