-- +goose Up
CREATE TABLE staff_stay (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  department {{text}} NOT NULL,
  sponsor {{text}} NOT NULL,
  vendor {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  programme BIGINT NOT NULL CHECK (programme >= until),
  posts {{text}} NOT NULL,
  homes {{text}} NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_stay_person ON staff_stay (org, person, since);
CREATE INDEX staff_stay_sponsor ON staff_stay (org, sponsor, since);

CREATE TABLE staff_training (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  course {{text}} NOT NULL,
  passed BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > passed),
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_training_person ON staff_training (org, person, passed);

CREATE TABLE staff_departure (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  returned BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_departure_person ON staff_departure (org, person, at);

CREATE TABLE staff_line (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  occasion {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  what {{text}} NOT NULL,
  role {{text}} NOT NULL,
  department {{text}} NOT NULL,
  due BIGINT NOT NULL,
  signed BIGINT,
  signed_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_line_person ON staff_line (org, person, made);
CREATE INDEX staff_line_open ON staff_line (org, signed, due);
CREATE INDEX staff_line_occasion ON staff_line (org, occasion);

CREATE TABLE staff_roster (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  total BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  departed BIGINT NOT NULL,
  done BIGINT NOT NULL,
  missing {{text}} NOT NULL,
  moved {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  finished BIGINT,
  PRIMARY KEY (org, id)
);

CREATE TABLE staff_qualification (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  number {{text}} NOT NULL,
  issuer {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  reminded BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_qualification_person ON staff_qualification (org, person, since);
CREATE INDEX staff_qualification_until ON staff_qualification (org, until);

CREATE TABLE staff_requirement (
  org {{text}} NOT NULL,
  role {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  since BIGINT NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, role)
);

CREATE TABLE staff_undertaking (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  code {{text}} NOT NULL,
  version BIGINT NOT NULL,
  title_zh {{text}} NOT NULL,
  title_en {{text}} NOT NULL,
  text_zh {{text}} NOT NULL,
  text_en {{text}} NOT NULL,
  roles {{text}} NOT NULL,
  categories {{text}} NOT NULL,
  period_days BIGINT NOT NULL CHECK (period_days > 0),
  grace_days BIGINT NOT NULL CHECK (grace_days >= 0),
  since BIGINT NOT NULL,
  withdrawn BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, code, version)
);

CREATE TABLE staff_signature (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  undertaking {{text}} NOT NULL,
  signed BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > signed),
  signing_key {{text}} NOT NULL,
  signature {{bytes}},
  reminded BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_signature_person ON staff_signature (org, person, signed);
CREATE INDEX staff_signature_until ON staff_signature (org, until);

CREATE TABLE staff_vendor (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  code {{text}} NOT NULL,
  name {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, code)
);

CREATE TABLE staff_agreement (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  vendor {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  privacy BIGINT NOT NULL,
  reminded BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_agreement_vendor ON staff_agreement (org, vendor, since);

CREATE TABLE staff_scan (
  org {{text}} NOT NULL,
  agreement {{text}} NOT NULL,
  name {{text}} NOT NULL,
  content {{bytes}} NOT NULL,
  PRIMARY KEY (org, agreement)
);
{{final "staff_scan"}}

CREATE TABLE staff_report (
  org {{text}} NOT NULL,
  day {{text}} NOT NULL,
  governed BIGINT NOT NULL,
  stays {{text}} NOT NULL,
  mismatches {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, day)
);
{{final "staff_report"}}
