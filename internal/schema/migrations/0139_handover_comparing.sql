-- +goose Up
CREATE TABLE handover_comparing (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  number BIGINT NOT NULL,
  run BIGINT NOT NULL,
  state {{text}} NOT NULL,
  asked_by {{text}} NOT NULL,
  since BIGINT NOT NULL,
  ended BIGINT,
  mark {{text}} NOT NULL,
  compared BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  PRIMARY KEY (org, handover, number)
);

CREATE TABLE handover_difference (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  comparison BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  set_name {{text}} NOT NULL,
  record {{text}} NOT NULL,
  PRIMARY KEY (org, handover, comparison, number)
);
{{final "handover_difference"}}
