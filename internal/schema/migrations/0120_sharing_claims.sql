-- +goose Up
CREATE TABLE sharing_claim_task (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  insurer {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  article {{text}} NOT NULL,
  reviewer {{text}} NOT NULL,
  extras {{text}} NOT NULL,
  certificate {{bytes}} NOT NULL,
  claims BIGINT NOT NULL,
  asked BIGINT NOT NULL,
  asked_by {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  state {{text}} NOT NULL,
  approved BIGINT,
  approved_by {{text}} NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX sharing_claim_task_asked ON sharing_claim_task (org, asked, id);

CREATE TABLE sharing_claim (
  org {{text}} NOT NULL,
  task {{text}} NOT NULL,
  number {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, task, number)
);
{{final "sharing_claim"}}

CREATE TABLE sharing_claim_export (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  task {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  rows_sent BIGINT NOT NULL,
  withheld {{text}} NOT NULL,
  fields {{text}} NOT NULL,
  stripped {{text}} NOT NULL,
  certificate {{bytes}} NOT NULL,
  digest {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX sharing_claim_export_task ON sharing_claim_export (org, task, at, id);
{{final "sharing_claim_export"}}
