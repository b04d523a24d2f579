-- +goose Up
CREATE TABLE access_reason (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  choice {{text}} NOT NULL,
  words {{bytes}},
  purpose {{text}} NOT NULL,
  department {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  review_by BIGINT,
  reviewer {{text}} NOT NULL,
  verdict {{text}} NOT NULL,
  reviewed_at BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_reason_person ON access_reason (org, person, until);
CREATE INDEX access_reason_patient ON access_reason (org, patient, since);
CREATE INDEX access_reason_since ON access_reason (org, since, id);
