-- +goose Up
CREATE TABLE template_version (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  form_key {{text}} NOT NULL,
  number BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  title_zh {{text}} NOT NULL,
  title_en {{text}} NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  authors {{text}} NOT NULL,
  made BIGINT NOT NULL,
  written BIGINT NOT NULL,
  submitted BIGINT,
  submitted_by {{text}} NOT NULL,
  digest {{bytes}},
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  since BIGINT,
  retired BIGINT,
  retired_by {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX template_version_number ON template_version (org, form_key, number);

CREATE TABLE template_content (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  content {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE template_release (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  form_key {{text}} NOT NULL,
  number BIGINT NOT NULL,
  content {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  authors {{text}} NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
{{final "template_release"}}
