-- +goose Up
CREATE TABLE staff_authority (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  permission {{text}} NOT NULL,
  authorises {{text}} NOT NULL,
  implements {{text}} NOT NULL,
  apart BIGINT NOT NULL,
  direct BIGINT NOT NULL,
  state {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_authority_permission ON staff_authority (org, permission, state, settled);

CREATE TABLE staff_basis (
  org {{text}} NOT NULL,
  appointment {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, appointment)
);
{{final "staff_basis"}}
