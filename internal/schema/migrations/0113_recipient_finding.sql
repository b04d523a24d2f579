-- +goose Up
CREATE TABLE recipient_finding (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  destination {{text}} NOT NULL,
  why {{text}} NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  times BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  state {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  words {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX recipient_finding_what ON recipient_finding (org, kind, destination, why);
CREATE INDEX recipient_finding_state ON recipient_finding (org, state, id);
