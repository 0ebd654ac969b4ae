-- Counts of the pipeline: a few rows, kept by the story.
-- tallies_of: many TallyRow
SELECT machine, state, thing_count FROM tally WHERE thing_count <> 0;

-- What awaits staff, the most urgent first; after (late_on, id).
-- work_staff: many WorkRow
SELECT d.id, t.state, t.late_on, t.is_stuck, d.reference, d.price_cents, c.name AS company_name, s.reference AS session_ref,
       s.title, s.starts_on, coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM standing t
  JOIN dossier d ON d.id = t.thing_id
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE t.machine = 'dossier' AND t.is_for_staff = 1
   AND (t.late_on, t.thing_id) > (CAST(:after_on AS BIGINT), CAST(:after_dossier_id AS BIGINT))
 ORDER BY t.late_on, t.thing_id
 LIMIT :most_count;

-- work_state: many WorkRow
SELECT d.id, t.state, t.late_on, t.is_stuck, d.reference, d.price_cents, c.name AS company_name, s.reference AS session_ref,
       s.title, s.starts_on, coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM standing t
  JOIN dossier d ON d.id = t.thing_id
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE t.machine = 'dossier' AND t.state = :state
   AND (t.late_on, t.thing_id) > (CAST(:after_on AS BIGINT), CAST(:after_dossier_id AS BIGINT))
 ORDER BY t.late_on, t.thing_id
 LIMIT :most_count;

-- Where nobody is pressed there is no day to sort by.
-- work_undated: many WorkRow
SELECT d.id, t.state, t.late_on, t.is_stuck, d.reference, d.price_cents, c.name AS company_name, s.reference AS session_ref,
       s.title, s.starts_on, coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM standing t
  JOIN dossier d ON d.id = t.thing_id
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE t.machine = 'dossier' AND t.state = :state AND t.late_on IS NULL
   AND t.thing_id > coalesce(CAST(:after_dossier_id AS BIGINT), 0)
 ORDER BY t.thing_id
 LIMIT :most_count;

-- work_session: many WorkRow
SELECT d.id, coalesce(t.state, '') AS state, t.late_on, coalesce(t.is_stuck, 0) AS is_stuck, d.reference, d.price_cents,
       c.name AS company_name, s.reference AS session_ref, s.title, s.starts_on,
       coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM dossier d
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE d.session_id = :session_id
 ORDER BY d.id;

-- work_company: many WorkRow
SELECT d.id, coalesce(t.state, '') AS state, t.late_on, coalesce(t.is_stuck, 0) AS is_stuck, d.reference, d.price_cents,
       c.name AS company_name, s.reference AS session_ref, s.title, s.starts_on,
       coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM dossier d
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE d.company_id = :company_id
 ORDER BY d.id DESC
 LIMIT 200;

-- work_newest: many WorkRow
SELECT d.id, coalesce(t.state, '') AS state, t.late_on, coalesce(t.is_stuck, 0) AS is_stuck, d.reference, d.price_cents,
       c.name AS company_name, s.reference AS session_ref, s.title, s.starts_on,
       coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM dossier d
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id
  LEFT JOIN account a ON a.id = d.account_id
 ORDER BY d.id DESC
 LIMIT :most_count;

-- Words of the reference, the company or the title.
-- work_found: many WorkRow
SELECT d.id, coalesce(t.state, '') AS state, t.late_on, coalesce(t.is_stuck, 0) AS is_stuck, d.reference, d.price_cents,
       c.name AS company_name, s.reference AS session_ref, s.title, s.starts_on,
       coalesce(a.first_name || ' ' || a.last_name, '') AS follower
  FROM dossier d
  JOIN session s ON s.id = d.session_id
  JOIN company c ON c.id = d.company_id
  LEFT JOIN standing t ON t.machine = 'dossier' AND t.thing_id = d.id
  LEFT JOIN account a ON a.id = d.account_id
 WHERE d.search LIKE :words ESCAPE '!' OR d.reference LIKE :words ESCAPE '!'
 ORDER BY d.id DESC
 LIMIT 30;

-- companies_by_siret: many FoundCompany
SELECT id, name, siret, city FROM company WHERE siret >= :siret AND siret < :siret_end ORDER BY siret LIMIT 20;

-- Sessions that start soon and wait for their green light, with the first company that is not there yet.
-- soon_rows: many SoonRow
SELECT s.id, s.reference AS session_ref, s.title, t.starts_on,
       coalesce((SELECT c.name FROM dossier d
                   JOIN standing x ON x.machine = 'dossier' AND x.thing_id = d.id
                   JOIN company c ON c.id = d.company_id
                  WHERE d.session_id = s.id AND x.state NOT IN ('dossier_green', 'dossier_abandoned')
                  ORDER BY d.id LIMIT 1), '') AS company_name,
       coalesce((SELECT x.state FROM dossier d
                   JOIN standing x ON x.machine = 'dossier' AND x.thing_id = d.id
                  WHERE d.session_id = s.id AND x.state NOT IN ('dossier_green', 'dossier_abandoned')
                  ORDER BY d.id LIMIT 1), '') AS dossier_state
  FROM standing t
  JOIN session s ON s.id = t.thing_id
 WHERE t.machine = 'session' AND t.state = 'session_validated' AND t.starts_on >= :from_on
 ORDER BY t.starts_on
 LIMIT 4;

-- session_rows_from: many SessionLine
SELECT s.id, s.reference, s.title, s.starts_on, s.ends_on, s.city, coalesce(t.state, '') AS state,
       r.first_name || ' ' || r.last_name AS trainer_name,
       (SELECT count(*) FROM dossier d WHERE d.session_id = s.id) AS dossier_count
  FROM session s
  JOIN trainer r ON r.id = s.trainer_id
  LEFT JOIN standing t ON t.machine = 'session' AND t.thing_id = s.id
 WHERE (s.starts_on, s.id) > (CAST(:after_on AS BIGINT), CAST(:after_session_id AS BIGINT))
 ORDER BY s.starts_on, s.id
 LIMIT :most_count;

-- session_rows_in: many SessionLine
SELECT s.id, s.reference, s.title, s.starts_on, s.ends_on, s.city, t.state,
       r.first_name || ' ' || r.last_name AS trainer_name,
       (SELECT count(*) FROM dossier d WHERE d.session_id = s.id) AS dossier_count
  FROM standing t
  JOIN session s ON s.id = t.thing_id
  JOIN trainer r ON r.id = s.trainer_id
 WHERE t.machine = 'session' AND t.state = :state
 ORDER BY t.starts_on
 LIMIT :most_count;

-- session_rows_of: many SessionLine
SELECT s.id, s.reference, s.title, s.starts_on, s.ends_on, s.city, coalesce(t.state, '') AS state, '' AS trainer_name,
       (SELECT count(*) FROM dossier d WHERE d.session_id = s.id) AS dossier_count
  FROM session s
  LEFT JOIN standing t ON t.machine = 'session' AND t.thing_id = s.id
 WHERE s.trainer_id = :trainer_id AND (s.starts_on IS NULL OR s.ends_on >= :from_on)
 ORDER BY s.starts_on, s.id
 LIMIT 200;

-- session_rows_found: many SessionLine
SELECT s.id, s.reference, s.title, s.starts_on, s.ends_on, s.city, coalesce(t.state, '') AS state,
       r.first_name || ' ' || r.last_name AS trainer_name,
       (SELECT count(*) FROM dossier d WHERE d.session_id = s.id) AS dossier_count
  FROM session s
  JOIN trainer r ON r.id = s.trainer_id
  LEFT JOIN standing t ON t.machine = 'session' AND t.thing_id = s.id
 WHERE s.search LIKE :words ESCAPE '!' OR s.reference LIKE :words ESCAPE '!'
 ORDER BY s.id DESC
 LIMIT 20;

-- invoice_numbered: one FoundInvoice
SELECT id AS invoice_id FROM invoice WHERE series = :series AND number = :number;
