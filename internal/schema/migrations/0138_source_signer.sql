-- +goose Up
CREATE TABLE source_signer (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  public {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  made BIGINT NOT NULL,
  until BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX source_signer_until ON source_signer (org, until);
