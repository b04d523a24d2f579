-- +goose Up
CREATE TABLE access_idle (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  person {{text}} NOT NULL,
  days BIGINT NOT NULL,
  used BIGINT,
  noticed BIGINT NOT NULL,
  ends BIGINT NOT NULL CHECK (ends > noticed),
  outcome {{text}} NOT NULL,
  closed BIGINT,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_idle_subject ON access_idle (org, subject, noticed);
CREATE INDEX access_idle_outcome ON access_idle (org, outcome, ends);
