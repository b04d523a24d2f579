-- +goose Up
CREATE TABLE handover_takeover (
  org {{text}} NOT NULL,
  handover {{text}} NOT NULL,
  run BIGINT NOT NULL,
  given BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  aside BIGINT NOT NULL,
  patients BIGINT NOT NULL,
  formless BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  extra BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, handover, run)
);
{{final "handover_takeover"}}
