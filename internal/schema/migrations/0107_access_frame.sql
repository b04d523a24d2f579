-- +goose Up
CREATE TABLE access_frame (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  department {{text}} NOT NULL,
  verbs {{text}} NOT NULL,
  purposes {{text}} NOT NULL,
  forms {{text}} NOT NULL,
  places {{text}} NOT NULL,
  roles {{text}} NOT NULL,
  level BIGINT NOT NULL,
  days BIGINT NOT NULL,
  role_days BIGINT NOT NULL,
  since BIGINT NOT NULL,
  state {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_frame_department ON access_frame (org, department, state, since);

CREATE TABLE access_exception (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  request {{text}} NOT NULL,
  result {{text}} NOT NULL,
  requester {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  department {{text}} NOT NULL,
  beyond {{text}} NOT NULL,
  steps {{text}} NOT NULL,
  step BIGINT NOT NULL,
  state {{text}} NOT NULL,
  opened BIGINT NOT NULL,
  due BIGINT,
  until BIGINT NOT NULL,
  closed BIGINT,
  closed_by {{text}} NOT NULL,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_exception_opened ON access_exception (org, opened, id);
CREATE INDEX access_exception_request ON access_exception (org, request);
CREATE INDEX access_exception_result ON access_exception (org, result, state);
