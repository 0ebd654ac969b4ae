-- organisation_one: one OrganisationRow
SELECT name, legal_form, address, postcode, city, siret, nda, nda_region, rcs, capital, vat_regime, vat_number, iban, bic,
       bank_name, email, phone, representative, representative_role, contact_name, brand, qualiopi_from_on, qualiopi_to_on
  FROM organisation WHERE id = 1;

-- organisation_put: changed
INSERT INTO organisation (id, name, legal_form, address, postcode, city, siret, nda, nda_region, rcs, capital, vat_regime,
       vat_number, iban, bic, bank_name, email, phone, representative, representative_role, contact_name, brand,
       qualiopi_from_on, qualiopi_to_on)
VALUES (1, :name, :legal_form, :address, :postcode, :city, :siret, :nda, :nda_region, :rcs, :capital, :vat_regime,
       :vat_number, :iban, :bic, :bank_name, :email, :phone, :representative, :representative_role, :contact_name, :brand,
       :qualiopi_from_on, :qualiopi_to_on)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, legal_form = excluded.legal_form, address = excluded.address,
       postcode = excluded.postcode, city = excluded.city, siret = excluded.siret, nda = excluded.nda,
       nda_region = excluded.nda_region, rcs = excluded.rcs, capital = excluded.capital, vat_regime = excluded.vat_regime,
       vat_number = excluded.vat_number, iban = excluded.iban, bic = excluded.bic, bank_name = excluded.bank_name,
       email = excluded.email, phone = excluded.phone, representative = excluded.representative,
       representative_role = excluded.representative_role, contact_name = excluded.contact_name, brand = excluded.brand,
       qualiopi_from_on = excluded.qualiopi_from_on, qualiopi_to_on = excluded.qualiopi_to_on;

-- company_by_id: one CompanyRow
SELECT id, name, siret, address, postcode, city, idcc, funder_code, funder_source, headcount, contact_first_name,
       contact_last_name, email, phone, version
  FROM company WHERE id = :company_id;

-- company_by_siret: one CompanyRow
SELECT id, name, siret, address, postcode, city, idcc, funder_code, funder_source, headcount, contact_first_name,
       contact_last_name, email, phone, version
  FROM company WHERE siret = :siret ORDER BY id LIMIT 1;

-- companies_after: many CompanyRow
SELECT id, name, siret, address, postcode, city, idcc, funder_code, funder_source, headcount, contact_first_name,
       contact_last_name, email, phone, version
  FROM company
 WHERE name > :after_name AND (:words = '' OR search LIKE '%' || :words || '%')
 ORDER BY name
 LIMIT :most_count;

-- company_insert: id
INSERT INTO company (name, siret, address, postcode, city, idcc, funder_code, funder_source, headcount, contact_first_name,
       contact_last_name, email, phone, search, version)
VALUES (:name, :siret, :address, :postcode, :city, :idcc, :funder_code, :funder_source, :headcount, :contact_first_name,
       :contact_last_name, :email, :phone, :search, 1);

-- company_update: changed
UPDATE company SET name = :name, siret = :siret, address = :address, postcode = :postcode, city = :city, idcc = :idcc,
       funder_code = :funder_code, funder_source = :funder_source, headcount = :headcount,
       contact_first_name = :contact_first_name, contact_last_name = :contact_last_name, email = :email, phone = :phone,
       search = :search, version = version + 1
 WHERE id = :company_id AND version = :version;

-- trainer_by_id: one TrainerRow
SELECT id, first_name, last_name, email, phone, business, siret, nda, vat_regime, iban, bank_name, iban_verified_at,
       iban_verified_by, version
  FROM trainer WHERE id = :trainer_id;

-- trainers_all: many TrainerRow
SELECT id, first_name, last_name, email, phone, business, siret, nda, vat_regime, iban, bank_name, iban_verified_at,
       iban_verified_by, version
  FROM trainer ORDER BY last_name, first_name, id;

-- trainer_insert: id
INSERT INTO trainer (first_name, last_name, email, phone, business, siret, nda, vat_regime, iban, bank_name,
       iban_verified_at, iban_verified_by, version)
VALUES (:first_name, :last_name, :email, :phone, :business, :siret, :nda, :vat_regime, :iban, :bank_name,
       :iban_verified_at, :iban_verified_by, 1);

-- trainer_update: changed
UPDATE trainer SET first_name = :first_name, last_name = :last_name, email = :email, phone = :phone, business = :business,
       siret = :siret, nda = :nda, vat_regime = :vat_regime, iban = :iban, bank_name = :bank_name,
       iban_verified_at = :iban_verified_at, iban_verified_by = :iban_verified_by, version = version + 1
 WHERE id = :trainer_id AND version = :version;

-- account_by_id: one AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active FROM account WHERE id = :account_id;

-- account_secret: one AccountSecret
SELECT id, password_hash, totp_secret, totp_step
  FROM account
 WHERE email = :email AND role = :role AND is_active = 1;

-- Who enters by a mailed link: everybody but staff.
-- account_by_link: one AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active
  FROM account
 WHERE email = :email AND is_active = 1 AND role <> 'staff'
 ORDER BY id
 LIMIT 1;

-- account_by_email_and_role: one AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active
  FROM account WHERE email = :email AND role = :role;

-- account_insert: id
INSERT INTO account (role, first_name, last_name, email, phone, password_hash, totp_secret, totp_step, company_id,
       trainer_id, is_active, created_at)
VALUES (:role, :first_name, :last_name, :email, :phone, :password_hash, :totp_secret, 0, :company_id, :trainer_id,
       :is_active, :created_at);

-- account_active: changed
UPDATE account SET is_active = :is_active WHERE id = :account_id;

-- account_totp_step: changed
UPDATE account SET totp_step = :totp_step WHERE id = :account_id AND totp_step < :totp_step;

-- accounts_of_company: many AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active
  FROM account WHERE company_id = :company_id AND is_active = 1 ORDER BY id;

-- accounts_of_trainer: many AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active
  FROM account WHERE trainer_id = :trainer_id AND is_active = 1 ORDER BY id;

-- accounts_of_role: many AccountRow
SELECT id, role, first_name, last_name, email, phone, company_id, trainer_id, is_active
  FROM account WHERE role = :role AND is_active = 1 ORDER BY id;

-- link_insert: id
INSERT INTO link (kind, token_hash, code_hash, account_id, dossier_id, participant_id, audit_id, email, path,
       attempt_count, created_at, expires_at)
VALUES (:kind, :token_hash, :code_hash, :account_id, :dossier_id, :participant_id, :audit_id, :email, :path, 0, :created_at, :expires_at);

-- link_by_token: one LinkRow
SELECT id, kind, account_id, dossier_id, participant_id, audit_id, email, path, attempt_count, created_at, expires_at,
       used_at, revoked_at
  FROM link WHERE token_hash = :token_hash;

-- link_by_id: one LinkRow
SELECT id, kind, account_id, dossier_id, participant_id, audit_id, email, path, attempt_count, created_at, expires_at,
       used_at, revoked_at
  FROM link WHERE id = :link_id;

-- link_login_of_email: one LoginLink
SELECT id, account_id, code_hash, attempt_count, expires_at
  FROM link
 WHERE email = :email AND kind = 'login' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now_at
 ORDER BY id DESC
 LIMIT 1;

-- link_use: changed
UPDATE link SET used_at = :used_at WHERE id = :link_id AND used_at IS NULL;

-- link_attempt: changed
UPDATE link SET attempt_count = attempt_count + 1 WHERE id = :link_id;

-- links_revoke: changed
UPDATE link SET revoked_at = :revoked_at
 WHERE revoked_at IS NULL
   AND ((CAST(:account_id AS BIGINT) IS NOT NULL AND account_id = :account_id)
     OR (CAST(:participant_id AS BIGINT) IS NOT NULL AND participant_id = :participant_id)
     OR (CAST(:audit_id AS BIGINT) IS NOT NULL AND audit_id = :audit_id));

-- login_insert: id
INSERT INTO login (token_hash, csrf, account_id, link_id, created_at, seen_at, expires_at, proved_at, code_hash,
       attempt_count, user_agent, remote)
VALUES (:token_hash, :csrf, :account_id, :link_id, :created_at, :created_at, :expires_at, :proved_at, '', 0, :user_agent, :remote);

-- Also what every page says of the house: one query the less.
-- login_by_token: one LoginRow
SELECT l.id, l.csrf, l.account_id, l.expires_at, l.seen_at, l.proved_at, l.code_hash, l.code_until_at, l.attempt_count,
       coalesce(a.role, '') AS role, coalesce(a.first_name, '') AS first_name, coalesce(a.last_name, '') AS last_name,
       coalesce(a.email, '') AS email, a.company_id, a.trainer_id, coalesce(a.is_active, 1) AS is_active,
       coalesce(k.kind, '') AS link_kind, k.dossier_id, k.participant_id, k.audit_id, coalesce(k.email, '') AS link_email,
       k.revoked_at AS link_revoked_at, k.expires_at AS link_expires_at,
       coalesce(o.name, '') AS house_name, coalesce(o.nda, '') AS house_nda, coalesce(o.phone, '') AS house_phone
  FROM login l
  LEFT JOIN account a ON a.id = l.account_id
  LEFT JOIN link k ON k.id = l.link_id
  LEFT JOIN organisation o ON o.id = 1
 WHERE l.token_hash = :token_hash;

-- login_seen: changed
UPDATE login SET seen_at = :seen_at, remote = :remote WHERE id = :login_id;

-- login_code: changed
UPDATE login SET code_hash = :code_hash, code_until_at = :code_until_at, attempt_count = 0 WHERE id = :login_id;

-- login_attempt: changed
UPDATE login SET attempt_count = attempt_count + 1 WHERE id = :login_id;

-- login_proved: changed
UPDATE login SET proved_at = :proved_at, code_hash = '', code_until_at = NULL WHERE id = :login_id;

-- login_close: changed
DELETE FROM login WHERE id = :login_id;

-- logins_close_of_account: changed
DELETE FROM login WHERE account_id = :account_id;

-- logins_of_account: many LoginLine
SELECT id, created_at, seen_at, user_agent, remote FROM login WHERE account_id = :account_id ORDER BY id DESC;

-- attempt_count_up: one Attempt
INSERT INTO attempt (attempt_key, number, attempt_count) VALUES (:attempt_key, :number, 1)
    ON CONFLICT (attempt_key, number) DO UPDATE SET attempt_count = attempt.attempt_count + 1
RETURNING attempt_count;

-- attempts_old: changed
DELETE FROM attempt WHERE attempt_key = :attempt_key AND number < :number;

-- setting_get: one Setting
SELECT value FROM setting WHERE name = :name;

-- setting_put: changed
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
