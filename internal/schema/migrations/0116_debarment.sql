-- +goose Up
CREATE TABLE debarment_debarment (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  reason {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  evidence {{text}} NOT NULL,
  content {{bytes}} NOT NULL,
  number_index {{text}} NOT NULL,
  person {{text}} NOT NULL,
  traced {{text}} NOT NULL,
  state {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT CHECK (until > since),
  review BIGINT,
  wanted {{text}} NOT NULL,
  proposed BIGINT NOT NULL,
  proposed_by {{text}} NOT NULL,
  settled BIGINT,
  settled_by {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  CHECK (until IS NOT NULL OR review IS NOT NULL)
);
CREATE INDEX debarment_debarment_state ON debarment_debarment (org, state, until);

CREATE TABLE debarment_hit (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  debarment {{text}} NOT NULL,
  how {{text}} NOT NULL,
  verb {{text}} NOT NULL,
  about {{text}} NOT NULL,
  party {{bytes}} NOT NULL,
  person {{text}} NOT NULL,
  state {{text}} NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  times BIGINT NOT NULL,
  judged BIGINT,
  judged_by {{text}} NOT NULL,
  words {{bytes}},
  until BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX debarment_hit_debarment ON debarment_hit (org, debarment, about);
CREATE INDEX debarment_hit_state ON debarment_hit (org, state, id);

CREATE TABLE debarment_trace (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  issue {{text}} NOT NULL,
  resolved {{text}} NOT NULL,
  person {{text}} NOT NULL,
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
{{final "debarment_trace"}}
