-- +goose Up
CREATE TABLE feed_row (
  org {{text}} NOT NULL,
  feed {{text}} NOT NULL,
  ref {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  marks {{text}} NOT NULL,
  run {{text}} NOT NULL,
  gone BIGINT,
  PRIMARY KEY (org, feed, ref)
);

CREATE TABLE feed_finding (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  run {{text}} NOT NULL,
  feed {{text}} NOT NULL,
  line BIGINT NOT NULL,
  rule {{text}} NOT NULL,
  field {{text}} NOT NULL,
  taken BIGINT NOT NULL,
  row_key {{bytes}},
  found BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX feed_finding_run ON feed_finding (org, run, id);
{{final "feed_finding"}}
