-- +goose Up
CREATE TABLE record_sensitive (
  org {{text}} NOT NULL,
  document {{text}} NOT NULL,
  number BIGINT NOT NULL,
  id {{text}} NOT NULL,
  how {{text}} NOT NULL,
  person {{text}} NOT NULL,
  before_level BIGINT NOT NULL,
  level BIGINT NOT NULL,
  at BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  PRIMARY KEY (org, document, number)
);
{{final "record_sensitive"}}
