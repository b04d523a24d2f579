-- +goose Up
CREATE TABLE consent_template (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  version BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  name {{text}} NOT NULL,
  body {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  givers {{text}} NOT NULL,
  forms {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id, version)
);
{{final "consent_template"}}

CREATE TABLE consent_record (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  template {{text}} NOT NULL,
  version BIGINT NOT NULL,
  decision {{text}} NOT NULL,
  relation {{text}} NOT NULL,
  guardian {{text}} NOT NULL,
  form {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  review_by BIGINT,
  due BIGINT,
  told BIGINT,
  giver {{bytes}} NOT NULL,
  evidence {{bytes}},
  withdrawn BIGINT,
  withdrawn_by {{text}} NOT NULL,
  words {{bytes}},
  recorded_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX consent_record_patient ON consent_record (org, patient, since);
CREATE INDEX consent_record_due ON consent_record (org, due);

CREATE TABLE consent_guardian (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  who {{bytes}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  evidence {{bytes}} NOT NULL,
  recorded_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX consent_guardian_patient ON consent_guardian (org, patient, until);
{{final "consent_guardian"}}

CREATE TABLE consent_notice (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  template {{text}} NOT NULL,
  version BIGINT NOT NULL,
  told_to {{text}} NOT NULL,
  form {{text}} NOT NULL,
  acknowledged BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  words {{bytes}},
  evidence {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX consent_notice_patient ON consent_notice (org, patient, at);
{{final "consent_notice"}}

CREATE TABLE consent_exemption (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  article {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  requester {{text}} NOT NULL,
  facts {{bytes}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  approved_by {{text}} NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX consent_exemption_purpose ON consent_exemption (org, purpose, until);
