-- +goose Up
CREATE TABLE privilege_important (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  verb {{text}} NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes >= 0),
  state {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_important_verb ON privilege_important (org, state, verb, settled);

CREATE TABLE privilege_second (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  verb {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  object {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  asked_by {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  expires BIGINT NOT NULL CHECK (expires > asked),
  state {{text}} NOT NULL,
  second {{text}} NOT NULL,
  session {{text}} NOT NULL,
  confirmed BIGINT,
  until BIGINT,
  spent BIGINT,
  act {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_second_state ON privilege_second (org, state, expires);
CREATE INDEX privilege_second_asked_by ON privilege_second (org, asked_by, state);
