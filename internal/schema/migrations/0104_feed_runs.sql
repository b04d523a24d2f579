-- +goose Up
CREATE TABLE feed_mapping (
  org {{text}} NOT NULL,
  feed {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  source {{text}} NOT NULL,
  shape {{text}} NOT NULL,
  mapping {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, feed, rev)
);

CREATE TABLE feed_run (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  feed {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  source {{text}} NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  missing {{text}} NOT NULL,
  whole BIGINT NOT NULL,
  begun_by {{text}} NOT NULL,
  begun BIGINT NOT NULL,
  ended BIGINT,
  read_from {{text}} NOT NULL,
  part BIGINT NOT NULL,
  tally {{text}} NOT NULL,
  theirs {{text}} NOT NULL,
  ours {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX feed_run_feed ON feed_run (org, feed, id);
CREATE INDEX feed_run_state ON feed_run (org, feed, state, id);
