-- +goose Up
CREATE TABLE consent_authorisation (
  org {{text}} NOT NULL,
  consent {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  way {{text}} NOT NULL,
  at BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, consent)
);
CREATE INDEX consent_authorisation_patient ON consent_authorisation (org, patient);
{{final "consent_authorisation"}}

CREATE TABLE consent_code (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  template {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  sent BIGINT NOT NULL,
  sent_by {{text}} NOT NULL,
  until BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  used BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX consent_code_patient ON consent_code (org, patient, sent);
