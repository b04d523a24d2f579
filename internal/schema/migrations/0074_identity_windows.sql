-- +goose Up
CREATE TABLE identity_window (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  asked BIGINT NOT NULL,
  asked_by {{text}} NOT NULL,
  decided BIGINT,
  decided_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_window_person ON identity_window (org, person, until);

CREATE TABLE identity_denial (
  org {{text}} NOT NULL,
  day BIGINT NOT NULL,
  why {{text}} NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (org, day, why)
);

CREATE TABLE identity_acknowledgement (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  department {{text}} NOT NULL,
  disposed BIGINT NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_acknowledgement_department ON identity_acknowledgement (org, department, made);
{{final "identity_acknowledgement"}}
