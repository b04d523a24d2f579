-- +goose Up
CREATE TABLE identity_assertion (
  org {{text}} NOT NULL,
  way {{text}} NOT NULL,
  nonce {{text}} NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (org, way, nonce)
);
CREATE INDEX identity_assertion_until ON identity_assertion (until);
