-- +goose Up
CREATE TABLE identity_way (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  state {{text}} NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  settings {{text}} NOT NULL,
  secret {{bytes}},
  rev BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  changed_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE identity_link (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  way {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  mark {{text}} NOT NULL,
  detail {{text}} NOT NULL,
  until BIGINT,
  made BIGINT NOT NULL,
  used BIGINT,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  why {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_link_mark ON identity_link (org, mark);
CREATE INDEX identity_link_account ON identity_link (org, account, ended);
