-- +goose Up
CREATE TABLE decide_use (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  event {{text}} NOT NULL,
  mark {{text}} NOT NULL,
  batch {{text}} NOT NULL,
  at BIGINT NOT NULL,
  received BIGINT NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  action {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  decision {{text}} NOT NULL,
  unmet {{text}} NOT NULL,
  rule_zh {{text}} NOT NULL,
  rule_en {{text}} NOT NULL,
  said {{bytes}} NOT NULL,
  state {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX decide_use_event ON decide_use (org, source, event);
CREATE INDEX decide_use_state ON decide_use (org, state, id);
CREATE INDEX decide_use_batch ON decide_use (org, batch, state);
