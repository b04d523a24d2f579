-- +goose Up
CREATE TABLE exchange_package (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  partner {{text}} NOT NULL,
  sequence BIGINT NOT NULL,
  patient {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  blob {{text}} NOT NULL,
  bytes BIGINT NOT NULL,
  digest {{bytes}} NOT NULL,
  sha256 {{bytes}} NOT NULL,
  count BIGINT NOT NULL,
  origins {{text}} NOT NULL,
  state {{text}} NOT NULL,
  tries BIGINT NOT NULL,
  sender {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  sent BIGINT NOT NULL,
  settled BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX exchange_package_sequence ON exchange_package (org, partner, sequence);
CREATE INDEX exchange_package_sent ON exchange_package (org, sent, id);
CREATE INDEX exchange_package_digest ON exchange_package (org, sha256);

CREATE TABLE exchange_try (
  org {{text}} NOT NULL,
  package {{text}} NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  outcome {{text}} NOT NULL,
  digest {{bytes}},
  receipt {{bytes}},
  PRIMARY KEY (org, package, number)
);
CREATE INDEX exchange_try_outcome ON exchange_try (org, outcome, at);
{{final "exchange_try"}}
