-- +goose Up
CREATE TABLE record_hold (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  document {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  sections {{text}} NOT NULL,
  since BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  lifted BIGINT,
  lifted_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX record_hold_lying ON record_hold (org, lifted, patient);
CREATE INDEX record_hold_document ON record_hold (org, document, lifted);
