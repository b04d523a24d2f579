-- +goose Up
CREATE TABLE accesslog_mapping (
  org {{text}} NOT NULL,
  source {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  mapping {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, source, rev)
);
{{final "accesslog_mapping"}}

CREATE TABLE accesslog_run (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  state {{text}} NOT NULL,
  by_actor {{text}} NOT NULL,
  written BIGINT,
  begun BIGINT NOT NULL,
  ended BIGINT,
  parts BIGINT NOT NULL,
  blocks BIGINT NOT NULL,
  matched BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  tally {{text}} NOT NULL,
  first_at BIGINT,
  last_at BIGINT,
  skew BIGINT NOT NULL,
  skewed BIGINT NOT NULL,
  hours {{text}} NOT NULL,
  top BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX accesslog_run_source ON accesslog_run (org, source, id);

CREATE TABLE accesslog_block (
  org {{text}} NOT NULL,
  run {{text}} NOT NULL,
  number BIGINT NOT NULL,
  part BIGINT NOT NULL,
  line BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  digest {{text}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  received BIGINT NOT NULL,
  PRIMARY KEY (org, run, number)
);
{{final "accesslog_block"}}

CREATE TABLE accesslog_index (
  org {{text}} NOT NULL,
  run {{text}} NOT NULL,
  step BIGINT NOT NULL,
  source {{text}} NOT NULL,
  first_at BIGINT,
  last_at BIGINT,
  marks {{bytes}},
  PRIMARY KEY (org, run, step)
);
CREATE INDEX accesslog_index_time ON accesslog_index (org, source, last_at);
{{final "accesslog_index"}}

CREATE TABLE accesslog_refused (
  org {{text}} NOT NULL,
  run {{text}} NOT NULL,
  block BIGINT NOT NULL,
  rule {{text}} NOT NULL,
  field {{text}} NOT NULL,
  lines {{text}} NOT NULL,
  PRIMARY KEY (org, run, block, rule, field)
);
{{final "accesslog_refused"}}
