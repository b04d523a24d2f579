-- +goose Up
CREATE TABLE duty_task (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  room {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  state {{text}} NOT NULL,
  priority BIGINT NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  department {{text}} NOT NULL,
  author {{text}} NOT NULL,
  opened BIGINT NOT NULL,
  time_limit {{text}} NOT NULL,
  deadline BIGINT NOT NULL,
  certain BIGINT NOT NULL,
  reckoned {{text}} NOT NULL,
  overdue BIGINT NOT NULL,
  level BIGINT NOT NULL,
  reminded BIGINT NOT NULL,
  next_due BIGINT,
  paused BIGINT,
  asked BIGINT,
  closed BIGINT,
  closed_by {{text}} NOT NULL,
  parent {{text}} NOT NULL,
  flow {{text}} NOT NULL,
  flow_version BIGINT NOT NULL,
  flow_step BIGINT NOT NULL,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX duty_task_person ON duty_task (org, state, person, deadline, id);
CREATE INDEX duty_task_pool ON duty_task (org, state, department, role, deadline, id);
CREATE INDEX duty_task_author ON duty_task (org, author, opened, id);
CREATE INDEX duty_task_closed ON duty_task (org, closed_by, closed, id);
CREATE INDEX duty_task_next ON duty_task (org, state, next_due);
CREATE INDEX duty_task_parent ON duty_task (org, parent);
CREATE INDEX duty_task_subject ON duty_task (org, room, subject);

CREATE TABLE duty_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  task {{text}} NOT NULL,
  place BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  due BIGINT,
  actor {{text}} NOT NULL,
  person {{text}} NOT NULL,
  department {{text}} NOT NULL,
  deadline BIGINT,
  proof {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX duty_step_task ON duty_step (org, task, place);
CREATE INDEX duty_step_at ON duty_step (org, at);
CREATE INDEX duty_step_person ON duty_step (org, person, kind, task);
{{final "duty_step"}}

CREATE TABLE duty_pause (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  task {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX duty_pause_task ON duty_pause (org, task, since);

CREATE TABLE duty_rule (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  recurrence {{text}} NOT NULL,
  time_limit {{text}} NOT NULL,
  role {{text}} NOT NULL,
  departments {{text}} NOT NULL,
  since BIGINT NOT NULL,
  reached BIGINT NOT NULL,
  ended BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE duty_period (
  org {{text}} NOT NULL,
  rule {{text}} NOT NULL,
  name {{text}} NOT NULL,
  department {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  deadline BIGINT NOT NULL,
  task {{text}} NOT NULL,
  done BIGINT,
  missed BIGINT,
  PRIMARY KEY (org, rule, name, department)
);
CREATE INDEX duty_period_task ON duty_period (org, task);
CREATE INDEX duty_period_open ON duty_period (org, deadline);

CREATE TABLE duty_roster (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  department {{text}} NOT NULL,
  person {{text}} NOT NULL,
  instead_of {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  ended BIGINT,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX duty_roster_department ON duty_roster (org, kind, department, until);
CREATE INDEX duty_roster_person ON duty_roster (org, person, until);

CREATE TABLE duty_calendar (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  year BIGINT NOT NULL,
  body {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
{{final "duty_calendar"}}

CREATE TABLE duty_channel (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  name {{text}} NOT NULL,
  address {{text}} NOT NULL,
  internal BIGINT NOT NULL,
  plain BIGINT NOT NULL,
  sender {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  template {{text}} NOT NULL,
  link {{text}} NOT NULL,
  occasions {{text}} NOT NULL,
  secret {{bytes}},
  stopped BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE duty_message (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  channel {{text}} NOT NULL,
  person {{text}} NOT NULL,
  task {{text}} NOT NULL,
  occasion {{text}} NOT NULL,
  state {{text}} NOT NULL,
  tries BIGINT NOT NULL,
  made BIGINT NOT NULL,
  settled BIGINT,
  failure {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX duty_message_waiting ON duty_message (org, state, channel, person);

CREATE TABLE duty_flow (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  version BIGINT NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  steps {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  PRIMARY KEY (org, id, version)
);
{{final "duty_flow"}}
