-- The same key twice is one job: the second changes nothing.
-- job_add: changed
INSERT INTO job (kind, what, who, machine, thing_id, chain, position, job_key, status, due_at, lease, attempt_count, error)
VALUES (:kind, :what, :who, :machine, :thing_id, :chain, :position, :job_key, 'waiting', :due_at, '', 0, '')
ON CONFLICT (job_key) DO NOTHING;
