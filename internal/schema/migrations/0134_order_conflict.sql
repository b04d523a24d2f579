-- +goose Up
CREATE TABLE order_rules (
  org {{text}} NOT NULL,
  number BIGINT NOT NULL,
  content {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  PRIMARY KEY (org, number)
);

CREATE TABLE order_conflict (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  course {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  rule {{text}} NOT NULL,
  rules BIGINT NOT NULL,
  cause {{text}} NOT NULL,
  prescriber {{text}} NOT NULL,
  department {{text}} NOT NULL,
  sensitivity BIGINT NOT NULL,
  state {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  found BIGINT NOT NULL,
  decision {{text}} NOT NULL,
  reason {{bytes}},
  decided_by {{text}} NOT NULL,
  ended BIGINT,
  changed BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX order_conflict_patient ON order_conflict (org, patient, state);
CREATE INDEX order_conflict_state ON order_conflict (org, state, found);
CREATE INDEX order_conflict_changed ON order_conflict (org, changed);
