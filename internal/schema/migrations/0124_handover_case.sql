-- +goose Up
CREATE TABLE handover_case (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  ground {{text}} NOT NULL,
  words {{bytes}} NOT NULL,
  partner {{text}} NOT NULL,
  receiver {{text}} NOT NULL,
  state {{text}} NOT NULL,
  run BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  opened_by {{text}} NOT NULL,
  approved BIGINT,
  approved_by {{text}} NOT NULL,
  until BIGINT NOT NULL CHECK (until > opened),
  rows_carried BIGINT NOT NULL,
  parts BIGINT NOT NULL,
  digest {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  settled BIGINT,
  closed_by {{text}} NOT NULL,
  missing BIGINT NOT NULL,
  compared BIGINT,
  rev BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX handover_case_opened ON handover_case (org, opened, id);
CREATE INDEX handover_case_state ON handover_case (org, state, until);

CREATE TABLE handover_part (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  run BIGINT NOT NULL,
  number BIGINT NOT NULL,
  blob {{text}} NOT NULL,
  index_blob {{text}} NOT NULL,
  bytes BIGINT NOT NULL,
  sm3 {{bytes}} NOT NULL,
  sha256 {{bytes}} NOT NULL,
  mark {{text}} NOT NULL,
  files {{text}} NOT NULL,
  told {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, handover, run, number)
);
{{final "handover_part"}}
