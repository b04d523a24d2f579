-- +goose Up
CREATE TABLE privilege_change (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  title {{text}} NOT NULL,
  reason {{bytes}} NOT NULL,
  script {{bytes}} NOT NULL,
  digest {{bytes}} NOT NULL,
  tables {{text}} NOT NULL,
  objects {{text}} NOT NULL,
  risk {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  state {{text}} NOT NULL,
  asked_by {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  reviewed_by {{text}} NOT NULL,
  reviewed BIGINT,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  began BIGINT,
  closed BIGINT,
  closed_by {{text}} NOT NULL,
  outcome {{text}} NOT NULL,
  result {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_change_until ON privilege_change (org, state, until);

CREATE TABLE privilege_capture (
  org {{text}} NOT NULL,
  change_id {{text}} NOT NULL,
  moment {{text}} NOT NULL,
  table_name {{text}} NOT NULL,
  row_count BIGINT NOT NULL,
  digest {{bytes}},
  at BIGINT NOT NULL,
  PRIMARY KEY (org, change_id, moment, table_name)
);
{{final "privilege_capture"}}

CREATE TABLE privilege_round (
  org {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  took BIGINT NOT NULL,
  tables BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  differences BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, kind)
);

CREATE TABLE privilege_finding (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  table_name {{text}} NOT NULL,
  row_key {{text}} NOT NULL,
  digest_was {{bytes}},
  digest_is {{bytes}},
  person {{text}} NOT NULL,
  suspended BIGINT NOT NULL,
  change_id {{text}} NOT NULL,
  found BIGINT NOT NULL,
  gone BIGINT,
  disposal {{text}} NOT NULL,
  disposed_by {{text}} NOT NULL,
  disposed BIGINT,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_finding_gone ON privilege_finding (org, gone);
CREATE INDEX privilege_finding_change ON privilege_finding (org, change_id);
