-- +goose Up
CREATE TABLE access_statement (
  org {{text}} NOT NULL,
  version BIGINT NOT NULL,
  said {{text}} NOT NULL,
  since BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, version)
);
{{final "access_statement"}}
