-- +goose Up
CREATE TABLE access_role_request (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  requester {{text}} NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  department {{text}} NOT NULL,
  title_zh {{text}} NOT NULL,
  title_en {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  words {{bytes}},
  steps {{text}} NOT NULL,
  step BIGINT NOT NULL,
  state {{text}} NOT NULL,
  result {{text}} NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT,
  closed_by {{text}} NOT NULL,
  answer {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_role_request_opened ON access_role_request (org, opened, id);
