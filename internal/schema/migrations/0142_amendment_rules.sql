-- +goose Up
CREATE TABLE amendment_rules (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  number BIGINT NOT NULL,
  rules {{text}} NOT NULL,
  words {{text}} NOT NULL,
  state {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX amendment_rules_number ON amendment_rules (org, number);

CREATE TABLE amendment_refusal (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  document {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  person {{text}} NOT NULL,
  code {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_refusal_at ON amendment_refusal (org, at, id);
{{final "amendment_refusal"}}
