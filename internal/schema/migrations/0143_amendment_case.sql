-- +goose Up
CREATE TABLE amendment_case (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  form {{text}} NOT NULL,
  title {{text}} NOT NULL,
  department {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  writer {{text}} NOT NULL,
  base BIGINT NOT NULL,
  was {{text}} NOT NULL,
  rules BIGINT NOT NULL,
  approver {{text}} NOT NULL,
  state {{text}} NOT NULL,
  step BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  rev BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  opened_by {{text}} NOT NULL,
  touched BIGINT NOT NULL,
  asked BIGINT,
  decided BIGINT,
  decided_by {{text}} NOT NULL,
  version BIGINT NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  told BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_case_document ON amendment_case (org, document, state);
CREATE INDEX amendment_case_opened ON amendment_case (org, opened, id);
CREATE INDEX amendment_case_state ON amendment_case (org, state, touched);

CREATE TABLE amendment_step (
  org {{text}} NOT NULL,
  amendment {{text}} NOT NULL,
  number BIGINT NOT NULL,
  step {{text}} NOT NULL,
  person {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, amendment, number)
);
{{final "amendment_step"}}
