-- request_last: one RequestRow
SELECT id, dossier_id, version, funder_code, requested_cents, planned_minutes, participant_count, starts_on, ends_on,
       circuit_wished, funder_ref, sent_on, incomplete_on, missing
  FROM request WHERE dossier_id = :dossier_id ORDER BY version DESC LIMIT 1;

-- request_insert: id
INSERT INTO request (dossier_id, version, funder_code, requested_cents, planned_minutes, participant_count, starts_on, ends_on,
       circuit_wished, funder_ref, sent_on, incomplete_on, missing, created_at)
VALUES (:dossier_id, :version, :funder_code, :requested_cents, :planned_minutes, :participant_count, :starts_on, :ends_on,
       :circuit_wished, :funder_ref, :sent_on, NULL, '', :created_at);

-- request_missing: changed
UPDATE request SET incomplete_on = :incomplete_on, missing = :missing WHERE id = :request_id;

-- answer_last: one AnswerRow
SELECT id, dossier_id, version, document_id, deposited_by, deposited_at, verdict, funder_code, file_number, letter_on,
       company_siret, starts_on, ends_on, granted_minutes, participant_count, granted_cents, circuit, direct_cents,
       invoice_by_on, note, typed_by, typed_at
  FROM answer WHERE dossier_id = :dossier_id ORDER BY version DESC LIMIT 1;

-- answer_insert: id
INSERT INTO answer (dossier_id, version, document_id, deposited_by, deposited_at, verdict, funder_code, file_number, letter_on,
       company_siret, starts_on, ends_on, granted_minutes, participant_count, granted_cents, circuit, direct_cents,
       invoice_by_on, note, typed_by, typed_at)
VALUES (:dossier_id, :version, :document_id, :deposited_by, :deposited_at, 'deposited', '', '', NULL, '', NULL, NULL, 0, 0, 0,
       '', 0, NULL, '', '', NULL);

-- answer_typed: changed
UPDATE answer SET funder_code = :funder_code, file_number = :file_number, letter_on = :letter_on,
       company_siret = :company_siret, starts_on = :starts_on, ends_on = :ends_on, granted_minutes = :granted_minutes,
       participant_count = :participant_count, granted_cents = :granted_cents, circuit = :circuit,
       direct_cents = :direct_cents, invoice_by_on = :invoice_by_on, note = :note, typed_by = :typed_by, typed_at = :typed_at
 WHERE id = :answer_id;

-- answer_verdict: changed
UPDATE answer SET verdict = :verdict WHERE id = :answer_id;

-- answers_waiting: many WaitingAnswer
SELECT d.id AS dossier_id, d.reference, c.name AS company_name, s.title, s.starts_on, t.entered_at, d.price_cents
  FROM standing t
  JOIN dossier d ON d.id = t.thing_id
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
 WHERE t.machine = 'dossier' AND t.state = 'dossier_agreement_received'
 ORDER BY t.late_on, t.thing_id
 LIMIT 100;
