-- +goose Up
CREATE TABLE sysaccount_mapping (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  mapping {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, source, rev)
);
{{final "sysaccount_mapping"}}

CREATE TABLE sysaccount_snapshot (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  taken_by {{text}} NOT NULL,
  taken BIGINT NOT NULL,
  digest {{text}} NOT NULL,
  size BIGINT NOT NULL,
  alive BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX sysaccount_snapshot_source ON sysaccount_snapshot (org, source, id);
{{final "sysaccount_snapshot"}}

CREATE TABLE sysaccount_account (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  account {{text}} NOT NULL,
  name {{text}} NOT NULL,
  number {{text}} NOT NULL,
  roles {{text}} NOT NULL,
  department {{text}} NOT NULL,
  place {{text}} NOT NULL,
  state {{text}} NOT NULL,
  alive BIGINT NOT NULL,
  signed_in BIGINT,
  person {{text}} NOT NULL,
  matched_by {{text}} NOT NULL,
  first_seen BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  gone BIGINT,
  PRIMARY KEY (org, source, account)
);
CREATE INDEX sysaccount_account_person ON sysaccount_account (org, person, source);

CREATE TABLE sysaccount_role (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  role {{text}} NOT NULL,
  ours {{text}} NOT NULL,
  level BIGINT NOT NULL,
  set_by {{text}} NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (org, source, role)
);

CREATE TABLE sysaccount_issue (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  detail {{text}} NOT NULL,
  state {{text}} NOT NULL,
  since BIGINT NOT NULL,
  found BIGINT NOT NULL,
  until BIGINT,
  closed BIGINT,
  disposed_by {{text}} NOT NULL,
  disposed BIGINT,
  words {{bytes}},
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX sysaccount_issue_source ON sysaccount_issue (org, source, closed);
CREATE INDEX sysaccount_issue_state ON sysaccount_issue (org, state, id);
