-- payout_by_id: one PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, COALESCE(t.state, '') AS state
  FROM payout p
  LEFT JOIN standing t ON t.machine = 'payout' AND t.thing_id = p.id
 WHERE p.id = :payout_id;

-- payout_by_dossier: one PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, COALESCE(t.state, '') AS state
  FROM payout p
  LEFT JOIN standing t ON t.machine = 'payout' AND t.thing_id = p.id
 WHERE p.dossier_id = :dossier_id;

-- payouts_of_trainer: many PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, COALESCE(t.state, '') AS state
  FROM payout p
  LEFT JOIN standing t ON t.machine = 'payout' AND t.thing_id = p.id
 WHERE p.trainer_id = :trainer_id
 ORDER BY p.id DESC
 LIMIT 200;

-- payouts_of_batch: many PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, COALESCE(t.state, '') AS state
  FROM payout p
  LEFT JOIN standing t ON t.machine = 'payout' AND t.thing_id = p.id
 WHERE p.batch_id = :batch_id
 ORDER BY p.id;

-- payouts_in_state: many PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, t.state
  FROM standing t
  JOIN payout p ON p.id = t.thing_id
 WHERE t.machine = 'payout' AND t.state = :state
 ORDER BY t.late_on, t.thing_id
 LIMIT :most_count;

-- payouts_last: many PayoutRow
SELECT p.id, p.dossier_id, p.trainer_id, p.amount_cents, p.trainer_invoice_ref, p.approved_by_account_id, p.batch_id,
       p.end_to_end, COALESCE(t.state, '') AS state
  FROM payout p
  LEFT JOIN standing t ON t.machine = 'payout' AND t.thing_id = p.id
 ORDER BY p.id DESC
 LIMIT :most_count;

-- payout_insert: id
INSERT INTO payout (dossier_id, trainer_id, amount_cents, trainer_invoice_ref, approved_by_account_id, batch_id, end_to_end)
VALUES (:dossier_id, :trainer_id, :amount_cents, '', NULL, NULL, '');

-- payout_accept: changed
UPDATE payout SET trainer_invoice_ref = :trainer_invoice_ref, approved_by_account_id = :approved_by_account_id
 WHERE id = :payout_id;

-- payout_put: changed
UPDATE payout SET batch_id = :batch_id, end_to_end = :end_to_end WHERE id = :payout_id;

-- batch_insert: id
INSERT INTO batch (reference, execute_on, total_cents, payout_count, sha256, body_blob, made_by, made_at, request_key)
VALUES (:reference, :execute_on, :total_cents, :payout_count, :sha256, :body_blob, :made_by, :made_at, :request_key);

-- batch_seen: one BatchFound
SELECT id FROM batch WHERE request_key = :request_key AND request_key <> '';

-- batch_by_reference: one BatchFound
SELECT id FROM batch WHERE reference = :reference;

-- batch_by_id: one BatchRow
SELECT id, reference, execute_on, total_cents, payout_count, sha256, made_by, made_at FROM batch WHERE id = :batch_id;

-- batch_body: one BatchBody
SELECT body_blob FROM batch WHERE id = :batch_id;

-- batches_last: many BatchRow
SELECT id, reference, execute_on, total_cents, payout_count, sha256, made_by, made_at
  FROM batch ORDER BY id DESC LIMIT :most_count;
