-- +goose Up
CREATE TABLE source_pulse (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  day {{text}} NOT NULL,
  calls BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  received BIGINT NOT NULL,
  conform BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  called BIGINT,
  heard BIGINT,
  lags {{text}} NOT NULL,
  visible {{text}} NOT NULL,
  drifts {{text}} NOT NULL,
  PRIMARY KEY (org, source, day)
);
