-- +goose Up
CREATE TABLE recipient_recipient (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  code {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  said {{text}} NOT NULL,
  wanted {{text}} NOT NULL,
  wanted_by {{text}} NOT NULL,
  department {{text}} NOT NULL,
  fingerprint {{text}} NOT NULL,
  secret {{bytes}},
  secret_key {{text}} NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  rev BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX recipient_recipient_code ON recipient_recipient (org, code);
CREATE INDEX recipient_recipient_state ON recipient_recipient (org, state, id);
