-- +goose Up
CREATE TABLE exchange_key (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  signer {{bytes}} NOT NULL,
  signing {{bytes}} NOT NULL,
  opener {{bytes}} NOT NULL,
  opening {{bytes}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX exchange_key_made ON exchange_key (org, made, id);
{{final "exchange_key"}}

CREATE TABLE exchange_partner (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  source {{text}} NOT NULL,
  card {{text}} NOT NULL,
  credential {{bytes}},
  credential_key {{text}} NOT NULL,
  onwards BIGINT NOT NULL,
  state {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  until BIGINT NOT NULL CHECK (until > made),
  rev BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX exchange_partner_source ON exchange_partner (org, source, made);
