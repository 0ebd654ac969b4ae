-- audit_insert: id
INSERT INTO audit (dossier_id, reference, funder_code, funder_ref, asked_on, due_on, scope_text, auditor_email, auditor_name,
       refund_cents, made_by)
VALUES (:dossier_id, :reference, :funder_code, :funder_ref, :asked_on, :due_on, :scope_text, :auditor_email, :auditor_name, 0,
       :made_by);

-- audit_by_id: one AuditRow
SELECT a.id, a.dossier_id, a.reference, a.funder_code, a.funder_ref, a.asked_on, a.due_on, a.scope_text, a.auditor_email,
       a.auditor_name, a.refund_cents, a.made_by, coalesce(t.state, '') AS state
  FROM audit a
  LEFT JOIN standing t ON t.machine = 'audit' AND t.thing_id = a.id
 WHERE a.id = :audit_id;

-- audits_of_dossier: many AuditRow
SELECT a.id, a.dossier_id, a.reference, a.funder_code, a.funder_ref, a.asked_on, a.due_on, a.scope_text, a.auditor_email,
       a.auditor_name, a.refund_cents, a.made_by, coalesce(t.state, '') AS state
  FROM audit a
  LEFT JOIN standing t ON t.machine = 'audit' AND t.thing_id = a.id
 WHERE a.dossier_id = :dossier_id
 ORDER BY a.id;

-- The most urgent first.
-- audits_in_state: many AuditRow
SELECT a.id, a.dossier_id, a.reference, a.funder_code, a.funder_ref, a.asked_on, a.due_on, a.scope_text, a.auditor_email,
       a.auditor_name, a.refund_cents, a.made_by, t.state
  FROM standing t
  JOIN audit a ON a.id = t.thing_id
 WHERE t.machine = 'audit' AND t.state = :state
 ORDER BY t.late_on, t.thing_id
 LIMIT :most_count;

-- audits_newest: many AuditRow
SELECT a.id, a.dossier_id, a.reference, a.funder_code, a.funder_ref, a.asked_on, a.due_on, a.scope_text, a.auditor_email,
       a.auditor_name, a.refund_cents, a.made_by, coalesce(t.state, '') AS state
  FROM audit a
  LEFT JOIN standing t ON t.machine = 'audit' AND t.thing_id = a.id
 ORDER BY a.id DESC
 LIMIT :most_count;

-- audit_refund: changed
UPDATE audit SET refund_cents = :refund_cents WHERE id = :audit_id;

-- visit_insert: changed
INSERT INTO audit_visit (audit_id, position, what, visited_at)
SELECT CAST(:audit_id AS BIGINT), coalesce(max(position), 0) + 1, CAST(:what AS TEXT), CAST(:visited_at AS BIGINT)
  FROM audit_visit WHERE audit_id = :audit_id;

-- visits_of: many VisitRow
SELECT what, visited_at FROM audit_visit WHERE audit_id = :audit_id ORDER BY position DESC LIMIT 500;
