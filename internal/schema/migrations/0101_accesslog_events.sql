-- +goose Up
CREATE TABLE accesslog_event (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  run {{text}} NOT NULL,
  step BIGINT NOT NULL,
  person {{text}} NOT NULL,
  department {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  hour BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  views BIGINT NOT NULL,
  prints BIGINT NOT NULL,
  exports BIGINT NOT NULL,
  searches BIGINT NOT NULL,
  sign_ins BIGINT NOT NULL,
  others BIGINT NOT NULL,
  verdict {{text}} NOT NULL,
  tie {{text}} NOT NULL,
  unmet {{text}} NOT NULL,
  line BIGINT NOT NULL,
  told {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX accesslog_event_patient ON accesslog_event (org, patient, first_at);
CREATE INDEX accesslog_event_person ON accesslog_event (org, person, first_at);
CREATE INDEX accesslog_event_time ON accesslog_event (org, verdict, first_at);
CREATE INDEX accesslog_event_run ON accesslog_event (org, run, step);
{{final "accesslog_event"}}

CREATE TABLE accesslog_question (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  run {{text}} NOT NULL,
  source {{text}} NOT NULL,
  person {{text}} NOT NULL,
  department {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  day BIGINT NOT NULL,
  verdict {{text}} NOT NULL,
  lines BIGINT NOT NULL,
  state {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  answered BIGINT,
  answered_by {{text}} NOT NULL,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX accesslog_question_run ON accesslog_question (org, run, department, state);
CREATE INDEX accesslog_question_state ON accesslog_question (org, state, id);

CREATE TABLE accesslog_finding (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  run {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  since BIGINT,
  until BIGINT,
  n BIGINT NOT NULL,
  found BIGINT NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX accesslog_finding_source ON accesslog_finding (org, source, id);
