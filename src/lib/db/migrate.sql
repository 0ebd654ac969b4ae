-- meta_value: one Meta
SELECT value FROM quitus_meta WHERE key = :key;

-- meta_set: changed
INSERT INTO quitus_meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
