-- seen_get: one Seen
SELECT path FROM seen WHERE seen_key = :seen_key;

-- seen_put: changed
INSERT INTO seen (seen_key, path, seen_at) VALUES (:seen_key, :path, :seen_at);
