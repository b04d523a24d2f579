-- +goose Up
CREATE TABLE intake_batch (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  actor {{text}} NOT NULL,
  state {{text}} NOT NULL,
  started BIGINT NOT NULL,
  ended BIGINT,
  files BIGINT NOT NULL,
  received BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE intake_file (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  batch {{text}} NOT NULL,
  source {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  state {{text}} NOT NULL,
  bytes BIGINT NOT NULL,
  received BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  begun BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX intake_file_digest ON intake_file (org, source, digest);
CREATE INDEX intake_file_batch ON intake_file (org, batch, id);

CREATE TABLE intake_raw (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  file {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  place BIGINT NOT NULL,
  size BIGINT NOT NULL,
  sealed {{bytes}},
  blob {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX intake_raw_file ON intake_raw (org, file, place, id);
CREATE INDEX intake_raw_blob ON intake_raw (blob);
{{final "intake_raw"}}

CREATE TABLE intake_entry (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  ref {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  object {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  content {{text}} NOT NULL,
  raw {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, source, scope, ref)
);
CREATE INDEX intake_entry_object ON intake_entry (org, object);

CREATE TABLE intake_resource (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  raw {{text}} NOT NULL,
  place BIGINT NOT NULL,
  size BIGINT NOT NULL,
  source {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX intake_resource_patient ON intake_resource (org, patient, kind, id);

CREATE TABLE intake_quarantine (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  file {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  ref {{text}} NOT NULL,
  rule {{text}} NOT NULL,
  element {{text}} NOT NULL,
  severity {{text}} NOT NULL,
  state {{text}} NOT NULL,
  tries BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  raw {{text}} NOT NULL,
  place BIGINT NOT NULL,
  size BIGINT NOT NULL,
  at BIGINT NOT NULL,
  settled_by {{text}} NOT NULL,
  settled_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX intake_quarantine_ref ON intake_quarantine (org, source, scope, ref);
CREATE INDEX intake_quarantine_state ON intake_quarantine (org, state, id);

CREATE TABLE intake_review (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  other {{text}} NOT NULL,
  state {{text}} NOT NULL,
  sealed {{bytes}},
  at BIGINT NOT NULL,
  decided_by {{text}} NOT NULL,
  decided_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX intake_review_state ON intake_review (org, state, id);
CREATE INDEX intake_review_patient ON intake_review (org, patient, state);
