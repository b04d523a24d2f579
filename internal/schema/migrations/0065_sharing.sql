-- +goose Up
CREATE TABLE sharing_case (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  agency {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  presented {{text}} NOT NULL,
  papers {{bytes}} NOT NULL,
  received BIGINT NOT NULL,
  received_by {{text}} NOT NULL,
  deadline BIGINT NOT NULL,
  checks {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  scoped_by {{text}} NOT NULL,
  assistant {{text}} NOT NULL,
  until BIGINT,
  state {{text}} NOT NULL,
  approved BIGINT,
  approved_by {{text}} NOT NULL,
  confirm_by BIGINT,
  confirmed_by {{text}} NOT NULL,
  consent {{text}} NOT NULL,
  closed BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX sharing_case_received ON sharing_case (org, received, id);

CREATE TABLE sharing_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  case_id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  person {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX sharing_step_case ON sharing_step (org, case_id, at, id);
{{final "sharing_step"}}

CREATE TABLE sharing_handover (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  case_id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  manner {{text}} NOT NULL,
  medium {{text}} NOT NULL,
  documents {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  code {{bytes}},
  receipt {{bytes}},
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  return_by BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX sharing_handover_case ON sharing_handover (org, case_id, at);
CREATE UNIQUE INDEX sharing_handover_code ON sharing_handover (code);
{{final "sharing_handover"}}

CREATE TABLE sharing_return (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  outcome {{text}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  evidence {{bytes}},
  PRIMARY KEY (org, handover)
);
{{final "sharing_return"}}
