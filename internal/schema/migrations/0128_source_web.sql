-- +goose Up
CREATE TABLE source_web (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  origins {{text}} NOT NULL,
  launch {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, source)
);

CREATE TABLE source_use (
  org {{text}} NOT NULL,
  allowance {{text}} NOT NULL,
  last BIGINT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (org, allowance)
);
CREATE INDEX source_use_last ON source_use (last);

CREATE INDEX source_allowance_person ON source_allowance (org, person, id);
CREATE INDEX source_allowance_source ON source_allowance (org, source, id);
