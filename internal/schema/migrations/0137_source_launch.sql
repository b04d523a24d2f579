-- +goose Up
CREATE TABLE source_launch (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  person {{text}} NOT NULL,
  session {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  made BIGINT NOT NULL,
  until BIGINT NOT NULL,
  used BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE source_context (
  org {{text}} NOT NULL,
  allowance {{text}} NOT NULL,
  launch {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  nonce {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, allowance)
);
