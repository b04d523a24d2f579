-- +goose Up
CREATE TABLE access_chain (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  version BIGINT NOT NULL,
  steps {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX access_chain_version ON access_chain (org, purpose, version);

CREATE TABLE access_request (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  requester {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  department {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  words {{bytes}},
  urgent BIGINT NOT NULL,
  chain {{text}} NOT NULL,
  steps {{text}} NOT NULL,
  step BIGINT NOT NULL,
  state {{text}} NOT NULL,
  result {{text}} NOT NULL,
  extends {{text}} NOT NULL,
  like_of {{text}} NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT,
  closed_by {{text}} NOT NULL,
  answer {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_request_opened ON access_request (org, opened, id);

CREATE TABLE access_vote (
  org {{text}} NOT NULL,
  request {{text}} NOT NULL,
  step BIGINT NOT NULL,
  person {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, request, step, person)
);

CREATE TABLE access_grant (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  request {{text}} NOT NULL,
  person {{text}} NOT NULL,
  requester {{text}} NOT NULL,
  approvers {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  department {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  confirm_by BIGINT,
  state {{text}} NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  checked BIGINT,
  remains {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_grant_person ON access_grant (org, person, state, until);
CREATE INDEX access_grant_state ON access_grant (org, state, until);
CREATE INDEX access_grant_since ON access_grant (org, since, id);

CREATE TABLE access_glass (
  org {{text}} NOT NULL,
  reason {{text}} NOT NULL,
  department {{text}} NOT NULL,
  severe {{text}} NOT NULL,
  review_by BIGINT NOT NULL,
  since BIGINT NOT NULL,
  task {{text}} NOT NULL,
  reviewed BIGINT,
  PRIMARY KEY (org, reason)
);
CREATE INDEX access_glass_waiting ON access_glass (org, reviewed, since);

CREATE TABLE access_campaign (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  opened BIGINT NOT NULL,
  opened_by {{text}} NOT NULL,
  deadline BIGINT NOT NULL,
  state {{text}} NOT NULL,
  mark {{text}} NOT NULL,
  closed BIGINT,
  PRIMARY KEY (org, id)
);

CREATE TABLE access_line (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  campaign {{text}} NOT NULL,
  reviewer {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  department {{text}} NOT NULL,
  until BIGINT NOT NULL,
  verdict {{text}} NOT NULL,
  decided BIGINT,
  decided_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX access_line_subject ON access_line (org, campaign, kind, subject);
CREATE INDEX access_line_reviewer ON access_line (org, campaign, reviewer, verdict);

CREATE TABLE access_seal (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  owner {{text}} NOT NULL,
  since BIGINT NOT NULL,
  renew_by BIGINT,
  free_from BIGINT,
  lifted BIGINT,
  lifted_by {{text}} NOT NULL,
  words {{bytes}},
  parties {{bytes}},
  copy_digest {{bytes}},
  watched BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_seal_patient ON access_seal (org, patient, lifted);
CREATE INDEX access_seal_since ON access_seal (org, since, id);

CREATE TABLE access_seal_document (
  org {{text}} NOT NULL,
  seal {{text}} NOT NULL,
  document {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  version BIGINT NOT NULL,
  digest {{bytes}},
  state {{text}} NOT NULL,
  since BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, seal, document)
);
CREATE INDEX access_seal_document_patient ON access_seal_document (org, patient, seal);

CREATE TABLE access_seal_person (
  org {{text}} NOT NULL,
  seal {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  given_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, seal, person)
);
CREATE INDEX access_seal_person_person ON access_seal_person (org, person, until);

CREATE TABLE access_seal_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  seal {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  person {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX access_seal_step_seal ON access_seal_step (org, seal, at, id);

CREATE TABLE access_bar (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  words {{bytes}},
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  lifted BIGINT,
  given_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_bar_person ON access_bar (org, person, until);

{{final "access_chain"}}
{{final "access_vote"}}
{{final "access_seal_step"}}
