-- +goose Up
CREATE TABLE access_breach (
  org {{text}} NOT NULL,
  freeze_id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  evidence {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  words {{bytes}} NOT NULL,
  suspended BIGINT NOT NULL,
  flagged BIGINT NOT NULL,
  flagged_by {{text}} NOT NULL,
  review_by BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, freeze_id)
);
{{final "access_breach"}}
