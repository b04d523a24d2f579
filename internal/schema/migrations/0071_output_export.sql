-- +goose Up
CREATE TABLE output_export (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  list {{text}} NOT NULL,
  filter {{text}} NOT NULL,
  columns {{text}} NOT NULL,
  unmasked BIGINT NOT NULL,
  words {{bytes}},
  format {{text}} NOT NULL,
  profile {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  case_no {{text}} NOT NULL,
  person {{text}} NOT NULL,
  session {{text}} NOT NULL,
  terminal {{text}} NOT NULL,
  ip {{text}} NOT NULL,
  zone {{text}} NOT NULL,
  weak BIGINT NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  alarm {{text}} NOT NULL,
  job {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  ended BIGINT,
  next_page {{text}} NOT NULL,
  pages BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  patients BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  issue {{text}} NOT NULL,
  code {{bytes}},
  code_until BIGINT,
  code_by {{text}} NOT NULL,
  released BIGINT,
  until BIGINT,
  downloads BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX output_export_asked ON output_export (org, asked, id);
CREATE INDEX output_export_person ON output_export (org, person, asked, id);
CREATE INDEX output_export_until ON output_export (org, state, until);

CREATE TABLE output_part (
  org {{text}} NOT NULL,
  export {{text}} NOT NULL,
  n BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  patients {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  PRIMARY KEY (org, export, n)
);

CREATE TABLE output_vote (
  org {{text}} NOT NULL,
  export {{text}} NOT NULL,
  person {{text}} NOT NULL,
  at BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, export, person)
);
{{final "output_vote"}}

CREATE TABLE output_count (
  org {{text}} NOT NULL,
  person {{text}} NOT NULL,
  day {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  profile {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, person, day, patient, profile)
);
CREATE INDEX output_count_at ON output_count (org, person, at);
{{final "output_count"}}
