-- +goose Up
CREATE TABLE retention_hold (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  words {{bytes}} NOT NULL,
  set_by {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  lifted BIGINT,
  lifted_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX retention_hold_patient ON retention_hold (org, patient, until);
CREATE INDEX retention_hold_since ON retention_hold (org, since, id);

CREATE TABLE retention_destruction (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  title {{text}} NOT NULL,
  state {{text}} NOT NULL,
  drawn_by {{text}} NOT NULL,
  drawn BIGINT NOT NULL,
  items BIGINT NOT NULL,
  kept BIGINT NOT NULL,
  destroyed BIGINT NOT NULL,
  digest {{bytes}},
  ended BIGINT,
  rev BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX retention_destruction_drawn ON retention_destruction (org, drawn, id);

CREATE TABLE retention_item (
  org {{text}} NOT NULL,
  list {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  state {{text}} NOT NULL,
  kept {{text}} NOT NULL,
  class {{text}} NOT NULL,
  last_stay BIGINT,
  last_visit BIGINT,
  term_ended BIGINT NOT NULL,
  documents BIGINT NOT NULL,
  digest {{bytes}} NOT NULL,
  stub {{bytes}} NOT NULL,
  at BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, list, patient)
);
CREATE INDEX retention_item_patient ON retention_item (org, patient, state);

CREATE TABLE retention_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  list {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  office {{text}} NOT NULL,
  person {{text}} NOT NULL,
  at BIGINT NOT NULL,
  words {{bytes}},
  PRIMARY KEY (org, id)
);
CREATE INDEX retention_step_list ON retention_step (org, list, at, id);
{{final "retention_step"}}
