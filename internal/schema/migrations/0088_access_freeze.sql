-- +goose Up
CREATE TABLE access_freeze (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  refused BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  lifted BIGINT,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_freeze_person ON access_freeze (org, person, until);
CREATE INDEX access_freeze_since ON access_freeze (org, since, id);
