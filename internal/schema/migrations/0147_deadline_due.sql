-- +goose Up
CREATE TABLE deadline_due (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  requirement {{text}} NOT NULL,
  ref {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  department {{text}} NOT NULL,
  person {{text}} NOT NULL,
  set_number BIGINT NOT NULL,
  reckoned {{text}} NOT NULL,
  kinds {{text}} NOT NULL,
  event {{text}} NOT NULL,
  event_at BIGINT NOT NULL,
  time_limit {{text}} NOT NULL,
  due_at BIGINT NOT NULL,
  ended BIGINT,
  mandatory BIGINT NOT NULL,
  state {{text}} NOT NULL,
  overdue BIGINT,
  paused BIGINT,
  document {{text}} NOT NULL,
  told_at BIGINT,
  entered_at BIGINT,
  received_at BIGINT,
  signed BIGINT NOT NULL,
  late BIGINT NOT NULL,
  backdated BIGINT NOT NULL,
  explained BIGINT NOT NULL,
  gaps {{text}} NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX deadline_due_instance ON deadline_due (org, encounter, requirement, ref);
CREATE INDEX deadline_due_person ON deadline_due (org, person, state, due_at, id);
CREATE INDEX deadline_due_department ON deadline_due (org, department, due_at, id);
CREATE INDEX deadline_due_time ON deadline_due (org, due_at, id);
CREATE INDEX deadline_due_ended ON deadline_due (org, ended, id);
CREATE INDEX deadline_due_state ON deadline_due (org, state, overdue, due_at, id);

CREATE TABLE deadline_reason (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  due {{text}} NOT NULL,
  choice {{text}} NOT NULL,
  words {{bytes}},
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX deadline_reason_due ON deadline_reason (org, due, id);
{{final "deadline_reason"}}

CREATE TABLE deadline_pause (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  due {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  words {{bytes}},
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX deadline_pause_due ON deadline_pause (org, due, since);
CREATE INDEX deadline_pause_until ON deadline_pause (org, ended, until);

CREATE TABLE deadline_condition (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  level {{text}} NOT NULL,
  since BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX deadline_condition_encounter ON deadline_condition (org, encounter, since);
{{final "deadline_condition"}}
