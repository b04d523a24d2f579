-- +goose Up
CREATE TABLE output_profile (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  purposes {{text}} NOT NULL,
  prints BIGINT NOT NULL,
  exports BIGINT NOT NULL,
  named BIGINT NOT NULL,
  recipient BIGINT NOT NULL,
  stamp BIGINT NOT NULL,
  needs_case BIGINT NOT NULL,
  quotas {{text}} NOT NULL,
  threshold BIGINT NOT NULL,
  burst BIGINT NOT NULL,
  night BIGINT NOT NULL,
  hold_minutes BIGINT NOT NULL,
  file_hours BIGINT NOT NULL,
  downloads BIGINT NOT NULL,
  code_hours BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE output_issue (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  serial {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  profile {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  documents {{text}} NOT NULL,
  list {{text}} NOT NULL,
  copies BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  patients BIGINT NOT NULL,
  purpose {{text}} NOT NULL,
  recipient {{bytes}},
  addressed {{text}} NOT NULL,
  case_no {{text}} NOT NULL,
  person {{text}} NOT NULL,
  session {{text}} NOT NULL,
  terminal {{text}} NOT NULL,
  at BIGINT NOT NULL,
  digest {{bytes}} NOT NULL,
  file {{bytes}} NOT NULL,
  code {{bytes}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX output_issue_code ON output_issue (code);
CREATE UNIQUE INDEX output_issue_serial ON output_issue (org, serial);
CREATE INDEX output_issue_at ON output_issue (org, at, id);
CREATE INDEX output_issue_person ON output_issue (org, person, at, id);
{{final "output_issue"}}

CREATE TABLE output_hold (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  media {{text}} NOT NULL,
  state {{text}} NOT NULL,
  made BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > made),
  ended BIGINT,
  station {{text}} NOT NULL,
  sealed {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX output_hold_until ON output_hold (org, state, until);
CREATE INDEX output_hold_person ON output_hold (org, person, state, made);

CREATE TABLE output_station (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  place {{text}} NOT NULL,
  secret {{bytes}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  set_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE output_badge (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  number {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  set_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX output_badge_number ON output_badge (org, number);
