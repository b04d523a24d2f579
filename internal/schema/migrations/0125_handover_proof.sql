-- +goose Up
CREATE TABLE handover_receipt (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  number BIGINT NOT NULL,
  run BIGINT NOT NULL,
  outcome {{text}} NOT NULL,
  found BIGINT NOT NULL,
  digest {{text}} NOT NULL,
  receipt {{bytes}} NOT NULL,
  signature {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  brought_by {{text}} NOT NULL,
  PRIMARY KEY (org, handover, number)
);
{{final "handover_receipt"}}

CREATE TABLE handover_comparison (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  number BIGINT NOT NULL,
  run BIGINT NOT NULL,
  compared BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  differences {{text}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, handover, number)
);
CREATE INDEX handover_comparison_at ON handover_comparison (org, at);
{{final "handover_comparison"}}

CREATE TABLE handover_signature (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  signing_key {{text}} NOT NULL,
  value {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, handover, person)
);
{{final "handover_signature"}}
