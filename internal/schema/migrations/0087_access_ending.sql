-- +goose Up
CREATE TABLE access_ending (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  act {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  by_person {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  due BIGINT NOT NULL,
  state {{text}} NOT NULL,
  settled BIGINT,
  remains {{text}} NOT NULL,
  trials {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX access_ending_order ON access_ending (org, act, kind, subject);
CREATE INDEX access_ending_asked ON access_ending (org, asked, id);
CREATE INDEX access_ending_due ON access_ending (org, state, due);

CREATE TABLE access_process (
  org {{text}} NOT NULL,
  name {{text}} NOT NULL,
  since BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);

CREATE INDEX access_reason_until ON access_reason (org, until);
