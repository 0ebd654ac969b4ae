-- mail_by_key: one MailKey
SELECT id FROM mail WHERE mail_key = :mail_key;

-- mail_insert: id
INSERT INTO mail (kind, to_address, to_name, to_role, account_id, session_id, dossier_id, subject, text_body, html_body,
       message_ref, mail_key, status, detail, attempt_count, created_at, next_at)
VALUES (:kind, :to_address, :to_name, :to_role, :account_id, :session_id, :dossier_id, :subject, :text_body, :html_body,
       :message_ref, :mail_key, 'queued', '', 0, :created_at, :next_at);

-- mail_file_insert: changed
INSERT INTO mail_file (mail_id, position, document_id) VALUES (:mail_id, :position, :document_id);

-- mail_files: many MailFileRow
SELECT document_id FROM mail_file WHERE mail_id = :mail_id ORDER BY position;

-- mail_by_id: one MailRow
SELECT id, kind, to_address, to_name, to_role, session_id, dossier_id, subject, text_body, html_body, message_ref, status,
       detail, attempt_count, created_at, sent_at
  FROM mail WHERE id = :mail_id;

-- mails_of_dossier: many MailRow
SELECT id, kind, to_address, to_name, to_role, session_id, dossier_id, subject, text_body, '' AS html_body, message_ref,
       status, detail, attempt_count, created_at, sent_at
  FROM mail WHERE dossier_id = :dossier_id ORDER BY id;

-- mails_newest: many MailRow
SELECT id, kind, to_address, to_name, to_role, session_id, dossier_id, subject, text_body, '' AS html_body, message_ref,
       status, detail, attempt_count, created_at, sent_at
  FROM mail ORDER BY id DESC LIMIT :most_count;

-- mails_newest_to: many MailRow
SELECT id, kind, to_address, to_name, to_role, session_id, dossier_id, subject, text_body, '' AS html_body, message_ref,
       status, detail, attempt_count, created_at, sent_at
  FROM mail WHERE to_address = :to_address ORDER BY id DESC LIMIT :most_count;

-- mails_unknown: many MailRow
SELECT id, kind, to_address, to_name, to_role, session_id, dossier_id, subject, text_body, '' AS html_body, message_ref,
       status, detail, attempt_count, created_at, sent_at
  FROM mail WHERE status = 'unknown' ORDER BY id;

-- While "sending", next_at is the moment from which its worker counts as dead.
-- mail_due: one MailDue
SELECT id FROM mail WHERE status IN ('queued', 'sending') AND next_at <= :now_at LIMIT 1;

-- mail_stale: changed
UPDATE mail SET status = :status, detail = :detail
 WHERE id IN (SELECT id FROM mail WHERE status = 'sending' AND next_at <= :now_at {skip_locked});

-- mail_next: one MailDue
SELECT id FROM mail WHERE status = 'queued' AND next_at <= :now_at ORDER BY next_at, id LIMIT 1 {skip_locked};

-- mail_take: changed
UPDATE mail SET status = 'sending', attempt_count = attempt_count + 1, next_at = :until_at WHERE id = :mail_id;

-- Only the worker of the last attempt has a say: another may have taken it meanwhile.
-- mail_settle: changed
UPDATE mail SET status = :status, detail = :detail, next_at = :next_at, sent_at = :sent_at
 WHERE id = :mail_id AND attempt_count = :attempt_count AND status IN ('sending', 'unknown', 'queued');

-- mail_again: changed
UPDATE mail SET status = 'queued', attempt_count = 0, next_at = :now_at
 WHERE id = :mail_id AND status IN ('unknown', 'refused');
