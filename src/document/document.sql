-- document_by_key: one DocumentKey
SELECT id FROM document WHERE document_key = :document_key;

-- document_newest: one DocumentVersion
SELECT version FROM document WHERE owner = :owner AND kind = :kind ORDER BY version DESC LIMIT 1;

-- document_insert: id
INSERT INTO document (kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, owner, version,
       body_bytes, sha256, template_sha256, document_key, is_received, made_at, made_by)
VALUES (:kind, :title, :file_name, :mime, :session_id, :dossier_id, :participant_id, :invoice_id, :owner, :version,
       :body_bytes, :sha256, :template_sha256, :document_key, :is_received, :made_at, :made_by);

-- chunk_insert: changed
INSERT INTO document_chunk (document_id, position, body_blob) VALUES (:document_id, :position, :body_blob);

-- chunk_at: one ChunkRow
SELECT body_blob FROM document_chunk WHERE document_id = :document_id AND position = :position;

-- document_by_id: one DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document WHERE id = :document_id;

-- documents_of_dossier_rows: many DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document d
 WHERE dossier_id = :dossier_id
   AND NOT EXISTS (SELECT 1 FROM document n WHERE n.owner = d.owner AND n.kind = d.kind AND n.version > d.version)
 ORDER BY id;

-- documents_of_session_rows: many DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document d
 WHERE session_id = :session_id AND dossier_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM document n WHERE n.owner = d.owner AND n.kind = d.kind AND n.version > d.version)
 ORDER BY id;

-- documents_of_participant_rows: many DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document d
 WHERE participant_id = :participant_id
   AND NOT EXISTS (SELECT 1 FROM document n WHERE n.owner = d.owner AND n.kind = d.kind AND n.version > d.version)
 ORDER BY id;

-- document_last_row: one DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document WHERE dossier_id = :dossier_id AND kind = :kind ORDER BY id DESC LIMIT 1;

-- document_of_invoice_row: one DocumentRow
SELECT id, kind, title, file_name, mime, session_id, dossier_id, participant_id, invoice_id, version, body_bytes, sha256,
       template_sha256, is_received, made_at, made_by
  FROM document WHERE invoice_id = :invoice_id AND is_received = 0 ORDER BY id DESC LIMIT 1;
