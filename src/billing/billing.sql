-- invoice_by_id: one InvoiceRow
SELECT i.id, i.dossier_id, i.kind, i.number, i.reference, i.cancels_invoice_id, i.payer_kind, i.funder_code, i.payer_name,
       i.payer_address, i.payer_siren, i.payer_email, i.funder_ref, i.net_cents, i.vat_cents, i.total_cents, i.vat_bp,
       i.vat_regime, i.issued_on, i.due_on, i.settled_cents, COALESCE(t.state, '') AS state
  FROM invoice i
  LEFT JOIN standing t ON t.machine = 'invoice' AND t.thing_id = i.id
 WHERE i.id = :invoice_id;

-- invoice_by_reference: one InvoiceFound
SELECT id FROM invoice WHERE reference = :reference AND number > 0;

-- invoice_lock: one InvoiceFound
SELECT id FROM invoice WHERE id = :invoice_id {for_update};

-- invoices_of_dossier: many InvoiceRow
SELECT i.id, i.dossier_id, i.kind, i.number, i.reference, i.cancels_invoice_id, i.payer_kind, i.funder_code, i.payer_name,
       i.payer_address, i.payer_siren, i.payer_email, i.funder_ref, i.net_cents, i.vat_cents, i.total_cents, i.vat_bp,
       i.vat_regime, i.issued_on, i.due_on, i.settled_cents, COALESCE(t.state, '') AS state
  FROM invoice i
  LEFT JOIN standing t ON t.machine = 'invoice' AND t.thing_id = i.id
 WHERE i.dossier_id = :dossier_id
 ORDER BY i.id;

-- invoices_before: many InvoiceRow
SELECT i.id, i.dossier_id, i.kind, i.number, i.reference, i.cancels_invoice_id, i.payer_kind, i.funder_code, i.payer_name,
       i.payer_address, i.payer_siren, i.payer_email, i.funder_ref, i.net_cents, i.vat_cents, i.total_cents, i.vat_bp,
       i.vat_regime, i.issued_on, i.due_on, i.settled_cents, COALESCE(t.state, '') AS state
  FROM invoice i
  LEFT JOIN standing t ON t.machine = 'invoice' AND t.thing_id = i.id
 WHERE i.id < :before_invoice_id
 ORDER BY i.id DESC
 LIMIT :most_count;

-- invoices_in_state: many InvoiceRow
SELECT i.id, i.dossier_id, i.kind, i.number, i.reference, i.cancels_invoice_id, i.payer_kind, i.funder_code, i.payer_name,
       i.payer_address, i.payer_siren, i.payer_email, i.funder_ref, i.net_cents, i.vat_cents, i.total_cents, i.vat_bp,
       i.vat_regime, i.issued_on, i.due_on, i.settled_cents, t.state
  FROM standing t
  JOIN invoice i ON i.id = t.thing_id
 WHERE t.machine = 'invoice' AND t.state = :state AND t.thing_id < :before_invoice_id
 ORDER BY t.thing_id DESC
 LIMIT :most_count;

-- invoices_open: many InvoiceRow
SELECT i.id, i.dossier_id, i.kind, i.number, i.reference, i.cancels_invoice_id, i.payer_kind, i.funder_code, i.payer_name,
       i.payer_address, i.payer_siren, i.payer_email, i.funder_ref, i.net_cents, i.vat_cents, i.total_cents, i.vat_bp,
       i.vat_regime, i.issued_on, i.due_on, i.settled_cents, t.state
  FROM standing t
  JOIN invoice i ON i.id = t.thing_id
 WHERE t.machine = 'invoice' AND t.state IN ('invoice_sent', 'invoice_partly_paid', 'invoice_overdue')
   AND (CAST(:words AS TEXT) = '' OR lower(i.reference || ' ' || i.payer_name || ' ' || i.funder_ref)
        LIKE '%' || lower(CAST(:words AS TEXT)) || '%')
 ORDER BY t.late_on, t.thing_id
 LIMIT :most_count;

-- invoice_lines_of: many InvoiceLineRow
SELECT label, quantity_text, unit_price_text, net_cents FROM invoice_line WHERE invoice_id = :invoice_id ORDER BY position;

-- invoice_insert: id
INSERT INTO invoice (dossier_id, kind, number, reference, series, cancels_invoice_id, payer_kind, funder_code, payer_name,
       payer_address, payer_siren, payer_email, funder_ref, net_cents, vat_cents, total_cents, vat_bp, vat_regime, issued_on,
       due_on, settled_cents, created_at)
VALUES (:dossier_id, :kind, :number, :reference, :series, :cancels_invoice_id, :payer_kind, :funder_code, :payer_name,
       :payer_address, :payer_siren, :payer_email, :funder_ref, :net_cents, :vat_cents, :total_cents, :vat_bp, :vat_regime,
       :issued_on, :due_on, 0, :created_at);

-- invoice_line_insert: changed
INSERT INTO invoice_line (invoice_id, position, label, quantity_text, unit_price_text, net_cents)
VALUES (:invoice_id, (SELECT COUNT(*) + 1 FROM invoice_line WHERE invoice_id = :invoice_id), :label, :quantity_text,
       :unit_price_text, :net_cents);

-- invoice_issue: changed
UPDATE invoice SET number = :number, reference = :reference, series = :series, payer_name = :payer_name,
       payer_address = :payer_address, payer_siren = :payer_siren, payer_email = :payer_email, funder_ref = :funder_ref,
       issued_on = :issued_on, due_on = :due_on
 WHERE id = :invoice_id AND number = 0;

-- invoice_sums: one InvoiceSums
SELECT (SELECT COALESCE(SUM(a.amount_cents), 0) FROM allocation a WHERE a.invoice_id = i.id) AS paid_cents,
       (SELECT COALESCE(SUM(c.total_cents), 0) FROM invoice c WHERE c.cancels_invoice_id = i.id) AS credit_cents
  FROM invoice i WHERE i.id = :invoice_id;

-- invoice_settled: changed
UPDATE invoice SET settled_cents = :settled_cents WHERE id = :invoice_id;

-- credit_of_invoice: many CreditRow
SELECT id FROM invoice WHERE cancels_invoice_id = :invoice_id ORDER BY id;

-- payment_insert: id
INSERT INTO payment (payer_name, bank_ref, received_on, amount_cents, free_cents, recorded_by, recorded_at, request_key)
VALUES (:payer_name, :bank_ref, :received_on, :amount_cents, :amount_cents, :recorded_by, :recorded_at, :request_key);

-- payment_seen: one PaymentFound
SELECT id FROM payment WHERE request_key = :request_key AND request_key <> '';

-- payment_by_id: one PaymentRow
SELECT p.id, p.payer_name, p.bank_ref, p.received_on, p.amount_cents, p.free_cents, p.recorded_by, p.recorded_at,
       COALESCE(t.state, '') AS state
  FROM payment p
  LEFT JOIN standing t ON t.machine = 'payment' AND t.thing_id = p.id
 WHERE p.id = :payment_id;

-- payment_lock: one PaymentFound
SELECT id FROM payment WHERE id = :payment_id {for_update};

-- payments_last: many PaymentRow
SELECT p.id, p.payer_name, p.bank_ref, p.received_on, p.amount_cents, p.free_cents, p.recorded_by, p.recorded_at,
       COALESCE(t.state, '') AS state
  FROM payment p
  LEFT JOIN standing t ON t.machine = 'payment' AND t.thing_id = p.id
 ORDER BY p.id DESC
 LIMIT :most_count;

-- payments_in_state: many PaymentRow
SELECT p.id, p.payer_name, p.bank_ref, p.received_on, p.amount_cents, p.free_cents, p.recorded_by, p.recorded_at, t.state
  FROM standing t
  JOIN payment p ON p.id = t.thing_id
 WHERE t.machine = 'payment' AND t.state = :state
 ORDER BY t.thing_id DESC
 LIMIT :most_count;

-- payment_free: changed
UPDATE payment SET free_cents = :free_cents WHERE id = :payment_id;

-- allocation_insert: id
INSERT INTO allocation (payment_id, invoice_id, amount_cents, request_key, made_at)
VALUES (:payment_id, :invoice_id, :amount_cents, :request_key, :made_at);

-- allocation_seen: one AllocationFound
SELECT id FROM allocation WHERE payment_id = :payment_id AND request_key = :request_key AND request_key <> '' LIMIT 1;

-- allocations_by_invoice: many AllocationSum
SELECT a.invoice_id, SUM(a.amount_cents) AS allocated_cents
  FROM allocation a WHERE a.payment_id = :payment_id GROUP BY a.invoice_id ORDER BY a.invoice_id;

-- allocations_of: many AllocationRow
SELECT a.id, a.payment_id, a.invoice_id, a.amount_cents, p.payer_name, p.bank_ref, p.received_on, i.reference
  FROM allocation a
  JOIN payment p ON p.id = a.payment_id
  JOIN invoice i ON i.id = a.invoice_id
 WHERE a.invoice_id = :invoice_id
 ORDER BY a.id;

-- allocations_of_payment: many AllocationRow
SELECT a.id, a.payment_id, a.invoice_id, a.amount_cents, p.payer_name, p.bank_ref, p.received_on, i.reference
  FROM allocation a
  JOIN payment p ON p.id = a.payment_id
  JOIN invoice i ON i.id = a.invoice_id
 WHERE a.payment_id = :payment_id
 ORDER BY a.id;

-- payouts_of_dossier: many PayoutStanding
SELECT thing_id, state FROM standing
 WHERE parent_machine = 'dossier' AND parent_id = :dossier_id AND machine = 'payout';
