-- +goose Up
CREATE TABLE amendment_notice (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  amendment {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  document {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  ref {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  name {{text}} NOT NULL,
  person {{text}} NOT NULL,
  had BIGINT NOT NULL,
  left_at BIGINT NOT NULL,
  state {{text}} NOT NULL,
  made BIGINT NOT NULL,
  due BIGINT NOT NULL,
  told BIGINT,
  told_by {{text}} NOT NULL,
  how {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  acknowledged BIGINT,
  acknowledged_by {{text}} NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_notice_amendment ON amendment_notice (org, amendment, id);
CREATE INDEX amendment_notice_state ON amendment_notice (org, state, due);
CREATE INDEX amendment_notice_person ON amendment_notice (org, person, state);

CREATE TABLE amendment_claim_check (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  task {{text}} NOT NULL,
  claims BIGINT NOT NULL,
  compared BIGINT NOT NULL,
  differences BIGINT NOT NULL,
  found {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX amendment_claim_check_at ON amendment_claim_check (org, at, id);
{{final "amendment_claim_check"}}
