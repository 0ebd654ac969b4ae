-- funder_count: one FunderCount
SELECT count(*) AS funder_count FROM funder;

-- funder_add: changed
INSERT INTO funder (code, kind, name, official_name, site, portal, invoice_email, siren, answer_day_count, source, valid_from_on, valid_to_on)
VALUES (:code, :kind, :name, :official_name, :site, :portal, :invoice_email, :siren, :answer_day_count, :source, :valid_from_on, NULL);

-- agreement_add: changed
INSERT INTO agreement (idcc, name, funder_code, confidence, candidates, source)
VALUES (:idcc, :name, :funder_code, :confidence, :candidates, :source)
    ON CONFLICT (idcc) DO NOTHING;

-- funder_by_code: one FunderRow
SELECT code, kind, name, official_name, site, portal, invoice_email, siren, answer_day_count, source
  FROM funder
 WHERE code = :code AND valid_to_on IS NULL
 ORDER BY valid_from_on DESC
 LIMIT 1;

-- funders_all: many FunderRow
SELECT code, kind, name, official_name, site, portal, invoice_email, siren, answer_day_count, source
  FROM funder
 WHERE valid_to_on IS NULL
 ORDER BY kind DESC, name;

-- agreement_by_idcc: one AgreementRow
SELECT idcc, name, funder_code, confidence, candidates, source
  FROM agreement
 WHERE idcc = :idcc;
