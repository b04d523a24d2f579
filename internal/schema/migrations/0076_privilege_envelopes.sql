-- +goose Up
CREATE TABLE privilege_envelope (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  system {{text}} NOT NULL,
  account {{text}} NOT NULL,
  generation BIGINT NOT NULL,
  first {{bytes}},
  first_by {{text}} NOT NULL,
  second {{bytes}},
  second_by {{text}} NOT NULL,
  filled BIGINT,
  used BIGINT,
  rotate_by BIGINT,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX privilege_envelope_account ON privilege_envelope (org, system, account);

CREATE TABLE privilege_checkout (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  envelope {{text}} NOT NULL,
  generation BIGINT NOT NULL,
  reason {{bytes}} NOT NULL,
  minutes BIGINT NOT NULL,
  state {{text}} NOT NULL,
  asked_by {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  opened BIGINT,
  opened_other BIGINT,
  until BIGINT,
  ended BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_checkout_envelope ON privilege_checkout (org, envelope, id);
