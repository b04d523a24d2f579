-- +goose Up
CREATE TABLE amendment_complaint (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  writer {{text}} NOT NULL,
  ground {{text}} NOT NULL,
  words {{bytes}} NOT NULL,
  state {{text}} NOT NULL,
  brought BIGINT NOT NULL,
  brought_by {{text}} NOT NULL,
  held BIGINT,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  reason {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_complaint_brought ON amendment_complaint (org, brought, id);

CREATE TABLE amendment_suspicion (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  rule {{text}} NOT NULL,
  document {{text}} NOT NULL,
  number BIGINT NOT NULL,
  patient {{text}} NOT NULL,
  title {{text}} NOT NULL,
  department {{text}} NOT NULL,
  writer {{text}} NOT NULL,
  other {{text}} NOT NULL,
  found BIGINT NOT NULL,
  state {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  reason {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_suspicion_found ON amendment_suspicion (org, found, id);
CREATE UNIQUE INDEX amendment_suspicion_once ON amendment_suspicion (org, rule, document, number);

CREATE TABLE amendment_scan (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  reached BIGINT NOT NULL,
  examined BIGINT NOT NULL,
  found BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_scan_at ON amendment_scan (org, kind, at);
{{final "amendment_scan"}}
