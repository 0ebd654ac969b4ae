-- course_by_id: one CourseRow
SELECT id, trainer_id, title, objectives, prerequisites, audience, content, methods, means, assessment, accessibility,
       access_delay, nature, nsf, duration_minutes, price_cents, is_published, version
  FROM course WHERE id = :course_id;

-- courses_for: many CourseRow
SELECT id, trainer_id, title, objectives, prerequisites, audience, content, methods, means, assessment, accessibility,
       access_delay, nature, nsf, duration_minutes, price_cents, is_published, version
  FROM course
 WHERE CAST(:trainer_id AS BIGINT) IS NULL OR trainer_id = :trainer_id OR trainer_id IS NULL
 ORDER BY title, id;

-- course_insert: id
INSERT INTO course (trainer_id, title, objectives, prerequisites, audience, content, methods, means, assessment,
       accessibility, access_delay, nature, nsf, duration_minutes, price_cents, is_published, version)
VALUES (:trainer_id, :title, :objectives, :prerequisites, :audience, :content, :methods, :means, :assessment,
       :accessibility, :access_delay, :nature, :nsf, :duration_minutes, :price_cents, :is_published, 1);

-- course_update: changed
UPDATE course SET title = :title, objectives = :objectives, prerequisites = :prerequisites, audience = :audience,
       content = :content, methods = :methods, means = :means, assessment = :assessment, accessibility = :accessibility,
       access_delay = :access_delay, nature = :nature, nsf = :nsf, duration_minutes = :duration_minutes,
       price_cents = :price_cents, is_published = :is_published, version = version + 1
 WHERE id = :course_id AND version = :version;

-- session_by_id: one SessionRow
SELECT id, reference, course_id, trainer_id, title, place_kind, address, postcode, city, remote_bp, starts_on, ends_on,
       duration_minutes, price_cents, fee_cents, is_holiday_confirmed, created_at, version
  FROM session WHERE id = :session_id;

-- session_by_reference: one SessionRow
SELECT id, reference, course_id, trainer_id, title, place_kind, address, postcode, city, remote_bp, starts_on, ends_on,
       duration_minutes, price_cents, fee_cents, is_holiday_confirmed, created_at, version
  FROM session
 WHERE reference = :reference AND (CAST(:viewer_trainer_id AS BIGINT) IS NULL OR trainer_id = :viewer_trainer_id);

-- sessions_of_trainer: many SessionRow
SELECT id, reference, course_id, trainer_id, title, place_kind, address, postcode, city, remote_bp, starts_on, ends_on,
       duration_minutes, price_cents, fee_cents, is_holiday_confirmed, created_at, version
  FROM session
 WHERE trainer_id = :trainer_id AND (starts_on IS NULL OR ends_on >= :from_on)
 ORDER BY starts_on, id
 LIMIT :most_count;

-- sessions_after: many SessionRow
SELECT id, reference, course_id, trainer_id, title, place_kind, address, postcode, city, remote_bp, starts_on, ends_on,
       duration_minutes, price_cents, fee_cents, is_holiday_confirmed, created_at, version
  FROM session
 WHERE (starts_on, id) > (CAST(:after_on AS BIGINT), CAST(:after_session_id AS BIGINT))
   AND (CAST(:viewer_trainer_id AS BIGINT) IS NULL OR trainer_id = :viewer_trainer_id)
 ORDER BY starts_on, id
 LIMIT :most_count;

-- sessions_in_state: many SessionRow
SELECT s.id, s.reference, s.course_id, s.trainer_id, s.title, s.place_kind, s.address, s.postcode, s.city, s.remote_bp,
       s.starts_on, s.ends_on, s.duration_minutes, s.price_cents, s.fee_cents, s.is_holiday_confirmed, s.created_at, s.version
  FROM standing t
  JOIN session s ON s.id = t.thing_id
 WHERE t.machine = 'session' AND t.state = :state
   AND (t.starts_on, t.thing_id) > (CAST(:after_on AS BIGINT), CAST(:after_session_id AS BIGINT))
   AND (CAST(:viewer_trainer_id AS BIGINT) IS NULL OR s.trainer_id = :viewer_trainer_id)
 ORDER BY t.starts_on, t.thing_id
 LIMIT :most_count;

-- session_insert: id
INSERT INTO session (reference, course_id, trainer_id, title, place_kind, address, postcode, city, remote_bp, starts_on,
       ends_on, duration_minutes, price_cents, fee_cents, is_holiday_confirmed, search, created_at, version)
VALUES (:reference, :course_id, :trainer_id, :title, :place_kind, :address, :postcode, :city, :remote_bp, NULL, NULL, 0,
       :price_cents, :fee_cents, :is_holiday_confirmed, :search, :created_at, 1);

-- session_update: changed
UPDATE session SET course_id = :course_id, title = :title, place_kind = :place_kind, address = :address,
       postcode = :postcode, city = :city, remote_bp = :remote_bp, price_cents = :price_cents, fee_cents = :fee_cents,
       is_holiday_confirmed = :is_holiday_confirmed, search = :search, version = version + 1
 WHERE id = :session_id AND version = :version;

-- session_days: changed
UPDATE session SET starts_on = :starts_on, ends_on = :ends_on, duration_minutes = :duration_minutes,
       version = version + 1
 WHERE id = :session_id;

-- session_fee: changed
UPDATE session SET fee_cents = :fee_cents WHERE id = :session_id;

-- half_days_of: many HalfDayRow
SELECT id, session_id, held_on, half, starts_minutes, ends_minutes
  FROM half_day WHERE session_id = :session_id ORDER BY held_on, starts_minutes;

-- half_days_clear: changed
DELETE FROM half_day WHERE session_id = :session_id;

-- half_day_insert: id
INSERT INTO half_day (session_id, held_on, half, starts_minutes, ends_minutes)
VALUES (:session_id, :held_on, :half, :starts_minutes, :ends_minutes);

-- series_next: one Series
INSERT INTO series (name, number) VALUES (:name, 1)
    ON CONFLICT (name) DO UPDATE SET number = series.number + 1
RETURNING number;
