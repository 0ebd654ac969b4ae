-- dossier_by_id: one DossierRow
SELECT id, reference, session_id, company_id, price_cents, is_price_set, payment_choice, needs_text, account_id, created_at,
       version
  FROM dossier WHERE id = :dossier_id;

-- dossier_by_reference: one DossierSight
SELECT d.id, d.reference, d.session_id, d.company_id, s.trainer_id
  FROM dossier d
  JOIN session s ON s.id = d.session_id
 WHERE d.reference = :reference;

-- dossier_sight: one DossierSight
SELECT d.id, d.reference, d.session_id, d.company_id, s.trainer_id
  FROM dossier d
  JOIN session s ON s.id = d.session_id
 WHERE d.id = :dossier_id;

-- dossiers_of_session: many DossierRow
SELECT id, reference, session_id, company_id, price_cents, is_price_set, payment_choice, needs_text, account_id, created_at,
       version
  FROM dossier WHERE session_id = :session_id ORDER BY id;

-- dossiers_alive: many DossierRow
SELECT d.id, d.reference, d.session_id, d.company_id, d.price_cents, d.is_price_set, d.payment_choice, d.needs_text,
       d.account_id, d.created_at, d.version
  FROM dossier d
  JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id
 WHERE d.session_id = :session_id AND t.state <> 'dossier_abandoned'
 ORDER BY d.id;

-- dossiers_of_company: many DossierRow
SELECT id, reference, session_id, company_id, price_cents, is_price_set, payment_choice, needs_text, account_id, created_at,
       version
  FROM dossier WHERE company_id = :company_id ORDER BY id DESC LIMIT 200;

-- dossier_insert: id
INSERT INTO dossier (reference, session_id, company_id, price_cents, is_price_set, payment_choice, needs_text, account_id,
       search, created_at, version)
VALUES (:reference, :session_id, :company_id, 0, 0, 'direct', '', :account_id, :search, :created_at, 1);

-- dossier_update: changed
UPDATE dossier SET price_cents = :price_cents, is_price_set = :is_price_set, payment_choice = :payment_choice,
       needs_text = :needs_text, account_id = :account_id, version = version + 1
 WHERE id = :dossier_id AND version = :version;

-- dossier_price: changed
UPDATE dossier SET price_cents = :price_cents WHERE id = :dossier_id AND is_price_set = 0 AND price_cents <> :price_cents;

-- dossier_words: changed
UPDATE dossier SET search = :search WHERE id = :dossier_id AND search <> :search;

-- dossier_choice: changed
UPDATE dossier SET payment_choice = :payment_choice, version = version + 1 WHERE id = :dossier_id;

-- participants_of: many ParticipantRow
SELECT id, dossier_id, civility, first_name, last_name, email, job, is_gone
  FROM participant WHERE dossier_id = :dossier_id AND is_gone = 0 ORDER BY id;

-- participant_by_id: one ParticipantRow
SELECT id, dossier_id, civility, first_name, last_name, email, job, is_gone FROM participant WHERE id = :participant_id;

-- participant_insert: id
INSERT INTO participant (dossier_id, civility, first_name, last_name, email, job, is_gone)
VALUES (:dossier_id, :civility, :first_name, :last_name, :email, :job, 0);

-- participant_update: changed
UPDATE participant SET civility = :civility, first_name = :first_name, last_name = :last_name, email = :email, job = :job
 WHERE id = :participant_id;

-- participant_gone: changed
UPDATE participant SET is_gone = 1 WHERE id = :participant_id;

-- signature_insert: id
INSERT INTO signature (dossier_id, what, document_id, document_sha256, signer_name, signer_role, email, proof, consent,
       remote, user_agent, amount_cents, signed_at)
VALUES (:dossier_id, :what, :document_id, :document_sha256, :signer_name, :signer_role, :email, :proof, :consent, :remote,
       :user_agent, :amount_cents, :signed_at);

-- signature_last: one SignatureRow
SELECT id, dossier_id, what, document_id, document_sha256, signer_name, signer_role, email, proof, consent, remote,
       user_agent, amount_cents, signed_at
  FROM signature WHERE dossier_id = :dossier_id AND what = :what ORDER BY id DESC LIMIT 1;

-- agreement_number: one AgreementRow
SELECT file_number FROM answer WHERE dossier_id = :dossier_id ORDER BY version DESC LIMIT 1;
