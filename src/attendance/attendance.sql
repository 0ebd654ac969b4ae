-- slot_by_id: one SlotRow
SELECT s.id, s.dossier_id, s.participant_id, s.half_day_id, s.held_on, s.starts_minutes, s.ends_minutes, s.signed_at,
       s.countersigned_at, s.evidence, s.absent_reason, s.countersigned_by, t.state
  FROM slot s
  JOIN standing t ON t.machine = 'slot' AND t.thing_id = s.id
 WHERE s.id = :slot_id;

-- CROSS JOIN: SQLite keeps to this order, which begins with the few slots that are asked for; left to itself, without
-- statistics, it would begin with every slot of the house.
-- slots_of_half_day: many SlotRow
SELECT s.id, s.dossier_id, s.participant_id, s.half_day_id, s.held_on, s.starts_minutes, s.ends_minutes, s.signed_at,
       s.countersigned_at, s.evidence, s.absent_reason, s.countersigned_by, t.state
  FROM slot s
 CROSS JOIN standing t
 WHERE t.machine = 'slot' AND t.thing_id = s.id AND s.half_day_id = :half_day_id AND s.is_cancelled = 0
 ORDER BY s.dossier_id, s.participant_id;

-- slots_of_participant: many SlotRow
SELECT s.id, s.dossier_id, s.participant_id, s.half_day_id, s.held_on, s.starts_minutes, s.ends_minutes, s.signed_at,
       s.countersigned_at, s.evidence, s.absent_reason, s.countersigned_by, t.state
  FROM slot s
 CROSS JOIN standing t
 WHERE t.machine = 'slot' AND t.thing_id = s.id AND s.participant_id = :participant_id AND s.is_cancelled = 0
 ORDER BY s.held_on, s.starts_minutes, s.id;

-- slots_of_dossier: many SlotRow
SELECT s.id, s.dossier_id, s.participant_id, s.half_day_id, s.held_on, s.starts_minutes, s.ends_minutes, s.signed_at,
       s.countersigned_at, s.evidence, s.absent_reason, s.countersigned_by, t.state
  FROM slot s
 CROSS JOIN standing t
 WHERE t.machine = 'slot' AND t.thing_id = s.id AND s.dossier_id = :dossier_id AND s.is_cancelled = 0
 ORDER BY s.held_on, s.starts_minutes, s.participant_id;

-- slots_of_session: many SlotRow
SELECT s.id, s.dossier_id, s.participant_id, s.half_day_id, s.held_on, s.starts_minutes, s.ends_minutes, s.signed_at,
       s.countersigned_at, s.evidence, s.absent_reason, s.countersigned_by, t.state
  FROM dossier d
 CROSS JOIN slot s
 CROSS JOIN standing t
 CROSS JOIN standing o
 WHERE d.session_id = :session_id AND s.dossier_id = d.id AND s.is_cancelled = 0
   AND t.machine = 'slot' AND t.thing_id = s.id
   AND o.machine = 'dossier' AND o.thing_id = d.id AND o.state <> 'dossier_abandoned'
 ORDER BY s.held_on, s.starts_minutes, s.id;

-- slots_to_cancel: many SlotToCancel
SELECT s.id
  FROM dossier d
 CROSS JOIN slot s
 CROSS JOIN standing t
 WHERE d.session_id = :session_id AND s.dossier_id = d.id AND s.is_cancelled = 0
   AND t.machine = 'slot' AND t.thing_id = s.id AND t.state IN ('slot_planned', 'slot_open', 'slot_late')
 ORDER BY s.id;

-- slot_insert: id
INSERT INTO slot (dossier_id, participant_id, half_day_id, held_on, starts_minutes, ends_minutes, signed_at, evidence,
       absent_reason, countersigned_at, countersigned_by, is_cancelled)
VALUES (:dossier_id, :participant_id, :half_day_id, :held_on, :starts_minutes, :ends_minutes, NULL, '', '', NULL, '', 0);

-- slot_signed: changed
UPDATE slot SET signed_at = :signed_at, evidence = :evidence WHERE id = :slot_id AND signed_at IS NULL;

-- slot_missed: changed
UPDATE slot SET absent_reason = :absent_reason WHERE id = :slot_id;

-- slot_countersigned: changed
UPDATE slot SET countersigned_at = :countersigned_at, countersigned_by = :countersigned_by WHERE id = :slot_id;

-- slot_gone: changed
UPDATE slot SET is_cancelled = 1 WHERE id = :slot_id;

-- certificat_of: one CertificatRow
SELECT id, dossier_id, participant_id, attended_minutes, skills, attested_by, attested_at, signed_by, signed_at
  FROM certificat WHERE participant_id = :participant_id;

-- certificats_signed: one CertificatCount
SELECT count(*) AS certificat_count
  FROM certificat c
  JOIN dossier d ON d.id = c.dossier_id
 WHERE d.session_id = :session_id AND c.signed_at IS NOT NULL;

-- certificat_attest: changed
INSERT INTO certificat (dossier_id, participant_id, attended_minutes, skills, attested_by, attested_at, signed_by, signed_at)
VALUES (:dossier_id, :participant_id, :attended_minutes, :skills, :attested_by, :attested_at, '', NULL)
    ON CONFLICT (participant_id) DO UPDATE SET attended_minutes = excluded.attended_minutes, skills = excluded.skills,
       attested_by = excluded.attested_by, attested_at = excluded.attested_at;

-- certificat_sign: changed
UPDATE certificat SET attended_minutes = :attended_minutes, signed_by = :signed_by, signed_at = :signed_at
 WHERE id = :certificat_id AND signed_at IS NULL;
