-- +goose Up
CREATE TABLE sharing_masking (
  org {{text}} NOT NULL,
  case_id {{text}} NOT NULL,
  round BIGINT NOT NULL,
  scope {{bytes}} NOT NULL,
  disclosed BIGINT NOT NULL,
  masked BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, case_id, round)
);
{{final "sharing_masking"}}

CREATE TABLE sharing_ruling (
  org {{text}} NOT NULL,
  case_id {{text}} NOT NULL,
  round BIGINT NOT NULL,
  document {{text}} NOT NULL,
  section {{text}} NOT NULL,
  disclosed BIGINT NOT NULL,
  ground {{text}} NOT NULL,
  why {{bytes}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, case_id, round, document, section)
);
{{final "sharing_ruling"}}

CREATE TABLE sharing_cut (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  document {{text}} NOT NULL,
  section {{text}} NOT NULL,
  ground {{text}} NOT NULL,
  phrases BIGINT NOT NULL,
  PRIMARY KEY (org, handover, document, section)
);
{{final "sharing_cut"}}
