-- +goose Up
CREATE TABLE deadline_day (
  org {{text}} NOT NULL,
  day BIGINT NOT NULL,
  signed BIGINT NOT NULL,
  signed_by {{text}} NOT NULL,
  discharged BIGINT NOT NULL,
  incomplete BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  unsigned BIGINT NOT NULL,
  dues {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  words {{text}} NOT NULL,
  PRIMARY KEY (org, day)
);
{{final "deadline_day"}}
