-- +goose Up
CREATE TABLE source_source (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  code {{text}} NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  kinds {{text}} NOT NULL,
  owner {{text}} NOT NULL,
  department {{text}} NOT NULL,
  vendor {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  standard {{text}} NOT NULL,
  shapes {{text}} NOT NULL,
  departments {{text}} NOT NULL,
  senders {{text}} NOT NULL,
  networks {{text}} NOT NULL,
  per_minute BIGINT NOT NULL,
  silent_minutes BIGINT NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  agreement {{text}} NOT NULL,
  begun BIGINT,
  since BIGINT,
  until BIGINT,
  rev BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  changed_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX source_source_code ON source_source (org, code);
CREATE INDEX source_source_state ON source_source (org, state, until);

CREATE TABLE source_agreement (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  words {{text}} NOT NULL,
  scope {{bytes}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  state {{text}} NOT NULL,
  signed_by {{text}} NOT NULL,
  signed BIGINT NOT NULL,
  signing_key {{text}} NOT NULL,
  signature {{bytes}} NOT NULL,
  decided_by {{text}} NOT NULL,
  decided BIGINT,
  why {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX source_agreement_source ON source_agreement (org, source, id);

DROP TABLE IF EXISTS intake_source;
