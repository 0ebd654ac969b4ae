-- paper_insert: id
INSERT INTO paper (trainer_id, kind, document_id, valid_from_on, valid_to_on, recorded_by, recorded_at)
VALUES (:trainer_id, :kind, :document_id, :valid_from_on, :valid_to_on, :recorded_by, :recorded_at);

-- papers_of_trainer: many PaperRow
SELECT id, kind, document_id, valid_from_on, valid_to_on, recorded_by, recorded_at
  FROM paper WHERE trainer_id = :trainer_id ORDER BY kind, id;

-- paper_of_document: one PaperOfDocument
SELECT id FROM paper WHERE trainer_id = :trainer_id AND document_id = :document_id ORDER BY id LIMIT 1;
