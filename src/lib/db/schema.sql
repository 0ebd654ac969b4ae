-- What the store says of itself: `version` of the schema.
CREATE TABLE quitus_meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
