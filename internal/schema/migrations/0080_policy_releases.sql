-- +goose Up
CREATE TABLE access_release (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  number BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  title {{text}} NOT NULL,
  rules {{text}} NOT NULL,
  cases {{text}} NOT NULL,
  limits {{text}} NOT NULL,
  digest {{bytes}} NOT NULL,
  state {{text}} NOT NULL,
  made BIGINT NOT NULL,
  writers {{text}} NOT NULL,
  tried BIGINT,
  trial {{text}} NOT NULL,
  reviewed BIGINT,
  reviewer {{text}} NOT NULL,
  review_by BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX access_release_number ON access_release (org, number);

CREATE TABLE access_turn (
  org {{text}} NOT NULL,
  number BIGINT NOT NULL,
  release {{text}} NOT NULL,
  digest {{bytes}},
  since BIGINT NOT NULL,
  until BIGINT,
  cause {{text}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, number)
);
{{final "access_turn"}}

CREATE TABLE access_release_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  release {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  person {{text}} NOT NULL,
  words {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX access_release_step_release ON access_release_step (org, release, at, rev);
{{final "access_release_step"}}
