-- +goose Up
CREATE TABLE decide_launch (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  link {{bytes}} NOT NULL,
  asked BIGINT NOT NULL,
  until BIGINT NOT NULL,
  opened BIGINT,
  claim {{bytes}},
  claim_until BIGINT,
  landed BIGINT,
  session {{text}} NOT NULL,
  misses BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX decide_launch_asked ON decide_launch (org, asked);
