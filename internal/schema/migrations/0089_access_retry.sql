-- +goose Up
CREATE TABLE access_retry (
  org {{text}} NOT NULL,
  ending {{text}} NOT NULL,
  state {{text}} NOT NULL,
  tries BIGINT NOT NULL,
  next BIGINT,
  closed BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, ending)
);
CREATE INDEX access_retry_next ON access_retry (org, state, next);

CREATE TABLE access_followed (
  org {{text}} NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (org)
);
