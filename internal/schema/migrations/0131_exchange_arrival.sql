-- +goose Up
CREATE TABLE exchange_arrival (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  partner {{text}} NOT NULL,
  source {{text}} NOT NULL,
  package {{text}} NOT NULL,
  sequence BIGINT NOT NULL,
  outcome {{text}} NOT NULL,
  findings {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  bytes BIGINT NOT NULL,
  items BIGINT NOT NULL,
  batch {{text}} NOT NULL,
  taken BIGINT NOT NULL,
  aside BIGINT NOT NULL,
  blob {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX exchange_arrival_settled ON exchange_arrival (org, partner, sequence);
CREATE INDEX exchange_arrival_at ON exchange_arrival (org, at, id);
{{final "exchange_arrival"}}
