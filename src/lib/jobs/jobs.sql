-- The same key twice is one job: the second changes nothing, unless the first was cancelled: then it waits again.
-- job_add: changed
INSERT INTO job (kind, what, who, machine, thing_id, chain, position, job_key, status, due_at, lease,
    attempt_count, error)
VALUES (:kind, :what, :who, :machine, :thing_id, :chain, :position, :job_key, 'waiting', :due_at, '', 0, '')
ON CONFLICT (job_key) DO UPDATE SET status = 'waiting', due_at = excluded.due_at, attempt_count = 0, error = ''
WHERE job.status = 'cancelled';

-- An empty kind or `what` means any.
-- job_cancel: changed
UPDATE job SET status = 'cancelled'
WHERE machine = :machine AND thing_id = :thing_id AND status = 'waiting'
    AND (:kind = '' OR kind = :kind) AND (:what = '' OR what = :what);

-- Leases of workers that died. A job that kills its worker every time fails in the end.
-- job_free: changed
UPDATE job SET status = CASE WHEN attempt_count >= :most_count THEN 'failed' ELSE 'waiting' END,
    lease = '', leased_until_at = NULL, error = :error
WHERE id IN (SELECT id FROM job WHERE status = 'leased' AND leased_until_at <= :now_at {skip_locked});

-- The oldest due one that nothing unfinished of its chain stands before.
-- job_next_due: one JobRow
SELECT id, kind, what, who, machine, job_key, thing_id, attempt_count, due_at
FROM job
WHERE status = 'waiting' AND due_at <= :now_at
    AND (chain = '' OR NOT EXISTS (SELECT 1 FROM job former WHERE former.chain = job.chain
        AND former.position < job.position AND former.status IN ('waiting', 'leased', 'failed')))
ORDER BY due_at, id
LIMIT 1 {skip_locked};

-- The same among those of one thing (an empty machine: any), due from a moment on.
-- job_next_wished: one JobRow
SELECT id, kind, what, who, machine, job_key, thing_id, attempt_count, due_at
FROM job
WHERE status = 'waiting' AND due_at <= :now_at AND due_at >= :from_at
    AND (:machine = '' OR (machine = :machine AND thing_id = :thing_id))
    AND (chain = '' OR NOT EXISTS (SELECT 1 FROM job former WHERE former.chain = job.chain
        AND former.position < job.position AND former.status IN ('waiting', 'leased', 'failed')))
ORDER BY due_at, id
LIMIT 1 {skip_locked};

-- job_take: changed
UPDATE job SET status = 'leased', lease = :worker, leased_until_at = :until_at, attempt_count = attempt_count + 1
WHERE id = :job_id;

-- job_attempts: one JobAttempts
SELECT attempt_count FROM job WHERE id = :job_id {for_update};

-- What a letter carries (a code, a link) is secret: it leaves the queue with it.
-- job_done: changed
UPDATE job SET status = 'done', done_at = :now_at, lease = '', leased_until_at = NULL, error = '',
    who = CASE WHEN kind = 'letter' THEN '' ELSE who END
WHERE id = :job_id;

-- job_put_back: changed
UPDATE job SET status = :status, due_at = :due_at, lease = '', leased_until_at = NULL, error = :error
WHERE id = :job_id;

-- job_again: changed
UPDATE job SET status = 'waiting', due_at = :now_at, attempt_count = 0
WHERE id = :job_id AND status = 'failed';

-- The next moment at which a free job falls due. A chain that failed waits for a person, not for a time.
-- job_first_due: one JobMoment
SELECT due_at AS moment_at
FROM job
WHERE status = 'waiting'
    AND (chain = '' OR NOT EXISTS (SELECT 1 FROM job former WHERE former.chain = job.chain
        AND former.position < job.position AND former.status IN ('waiting', 'leased', 'failed')))
ORDER BY due_at, id
LIMIT 1;

-- job_first_free: one JobMoment
SELECT leased_until_at AS moment_at FROM job WHERE status = 'leased' ORDER BY leased_until_at LIMIT 1;

-- job_waiting: one JobCount
SELECT count(*) AS job_count
FROM job
WHERE status IN ('waiting', 'leased') AND due_at <= :until_at
    AND (chain = '' OR NOT EXISTS (SELECT 1 FROM job former WHERE former.chain = job.chain
        AND former.position < job.position AND former.status = 'failed'));

-- job_failed: many FailedRow
SELECT id, kind, what, who, machine, thing_id, job_key, attempt_count, error, due_at
FROM job WHERE status = 'failed' ORDER BY due_at, id;
