-- +goose Up
CREATE TABLE record_document (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  title {{text}} NOT NULL,
  department {{text}} NOT NULL,
  author {{text}} NOT NULL,
  sensitivity BIGINT NOT NULL,
  state {{text}} NOT NULL,
  seal {{text}} NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  source {{text}} NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_document_patient ON record_document (org, patient, at, id);

CREATE TABLE record_version (
  org {{text}} NOT NULL,
  document {{text}} NOT NULL,
  number BIGINT NOT NULL,
  author {{text}} NOT NULL,
  at BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  digest {{bytes}} NOT NULL,
  reason {{bytes}},
  source {{text}} NOT NULL,
  PRIMARY KEY (org, document, number)
);
{{final "record_version"}}

CREATE TABLE record_signature (
  org {{text}} NOT NULL,
  document {{text}} NOT NULL,
  number BIGINT NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  signing_key {{text}} NOT NULL,
  value {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, document, number, person)
);
{{final "record_signature"}}

CREATE TABLE record_observation (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  code {{text}} NOT NULL,
  at BIGINT NOT NULL,
  flag {{text}} NOT NULL,
  sensitivity BIGINT NOT NULL,
  department {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  rev BIGINT NOT NULL,
  source {{text}} NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_observation_patient ON record_observation (org, patient, at, id);

CREATE TABLE record_order (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  state {{text}} NOT NULL,
  at BIGINT NOT NULL,
  sensitivity BIGINT NOT NULL,
  department {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  rev BIGINT NOT NULL,
  source {{text}} NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_order_patient ON record_order (org, patient, at, id);

CREATE TABLE record_draft (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  base BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  saved_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_draft_person ON record_draft (org, person, saved_at);
