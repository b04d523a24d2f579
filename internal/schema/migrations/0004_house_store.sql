-- +goose Up
CREATE TABLE house_store (
  org {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  origin {{text}} NOT NULL,
  born_at BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org)
);
{{final "house_store"}}
