-- The eleven OPCO and the funds of the self-employed; which agreement belongs to whom. Loaded from data/, never edited
-- in place: a new period is a new row.
CREATE TABLE funder (
    id             INTEGER PRIMARY KEY,
    code           TEXT    NOT NULL, -- OPCO_EP
    kind           TEXT    NOT NULL, -- opco, faf, company, other
    name           TEXT    NOT NULL, -- "OPCO EP", as people say it
    official_name  TEXT    NOT NULL,
    site           TEXT    NOT NULL,
    portal         TEXT    NOT NULL, -- where the company files its request
    invoice_email  TEXT    NOT NULL,
    siren          TEXT    NOT NULL,
    answer_day_count INTEGER NOT NULL, -- usual answering time, shown as such
    source         TEXT    NOT NULL,
    valid_from_on  INTEGER,
    valid_to_on    INTEGER
) STRICT;
CREATE UNIQUE INDEX funder_code ON funder (code, valid_from_on);
CREATE TABLE agreement (
    idcc          TEXT NOT NULL,
    name          TEXT NOT NULL,
    funder_code   TEXT NOT NULL, -- '' when shared or unknown
    confidence    TEXT NOT NULL,
    candidates    TEXT NOT NULL,
    source        TEXT NOT NULL,
    PRIMARY KEY (idcc)
) STRICT;
