-- +goose Up
CREATE TABLE deadline_set (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  number BIGINT NOT NULL,
  content {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  why {{text}} NOT NULL,
  state {{text}} NOT NULL,
  since BIGINT NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  answer {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX deadline_set_number ON deadline_set (org, number);

CREATE TABLE deadline_place (
  org {{text}} NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (org)
);
