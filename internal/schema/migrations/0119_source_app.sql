-- +goose Up
CREATE TABLE source_app (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  redirects {{text}} NOT NULL,
  scopes {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, source)
);

CREATE TABLE source_allowance (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  person {{text}} NOT NULL,
  session {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  scopes {{text}} NOT NULL,
  redirect {{text}} NOT NULL,
  challenge {{text}} NOT NULL,
  code {{bytes}} NOT NULL,
  made BIGINT NOT NULL,
  code_until BIGINT NOT NULL,
  until BIGINT NOT NULL,
  redeemed BIGINT,
  ended BIGINT,
  why {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX source_allowance_until ON source_allowance (org, until);

CREATE TABLE source_token (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  source {{text}} NOT NULL,
  key_id {{text}} NOT NULL,
  allowance {{text}} NOT NULL,
  scopes {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX source_token_until ON source_token (until);
