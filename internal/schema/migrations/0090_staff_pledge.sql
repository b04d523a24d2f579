-- +goose Up
CREATE TABLE staff_pledge (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  said {{text}} NOT NULL,
  signed BIGINT NOT NULL,
  signing_key {{text}} NOT NULL,
  signature {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, kind, subject, person)
);
{{final "staff_pledge"}}
