-- +goose Up
CREATE TABLE record_consent_rule (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kinds {{text}} NOT NULL,
  state {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE record_saving (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  number BIGINT NOT NULL,
  person {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  choice {{text}} NOT NULL,
  words {{bytes}},
  consent {{text}} NOT NULL,
  at BIGINT NOT NULL,
  deadline BIGINT,
  completed BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_saving_patient ON record_saving (org, patient, completed);
CREATE INDEX record_saving_at ON record_saving (org, at, id);

CREATE TABLE record_origin (
  org {{text}} NOT NULL,
  document {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  institution {{text}} NOT NULL,
  code {{text}} NOT NULL,
  at BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, document)
);
CREATE INDEX record_origin_patient ON record_origin (org, patient);
{{final "record_origin"}}
