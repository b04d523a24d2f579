-- +goose Up
CREATE TABLE identity_rules (
  org {{text}} NOT NULL,
  version BIGINT NOT NULL,
  rules {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, version)
);
{{final "identity_rules"}}

CREATE TABLE identity_password (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  account {{text}} NOT NULL,
  hash {{text}} NOT NULL,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_password_account ON identity_password (org, account, id);
{{final "identity_password"}}

CREATE TABLE identity_use (
  org {{text}} NOT NULL,
  account {{text}} NOT NULL,
  latest BIGINT NOT NULL,
  ip {{text}} NOT NULL,
  rules BIGINT NOT NULL,
  weak BIGINT NOT NULL,
  PRIMARY KEY (org, account)
);
CREATE INDEX identity_use_latest ON identity_use (org, latest);

-- Sessions live for hours: everybody signs in anew after an upgrade.
DROP TABLE identity_session;
CREATE TABLE identity_session (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  token {{bytes}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  since BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended BIGINT,
  successor {{text}} NOT NULL,
  ip {{text}} NOT NULL,
  terminal {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  change {{text}} NOT NULL,
  means {{text}} NOT NULL,
  strong BIGINT NOT NULL,
  stepped BIGINT NOT NULL,
  locked BIGINT,
  browser_key {{bytes}},
  proved BIGINT,
  proved_ip {{text}} NOT NULL,
  proved_terminal {{text}} NOT NULL,
  challenge {{bytes}},
  challenged BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (token)
);
CREATE INDEX identity_session_account ON identity_session (org, account, since);
CREATE INDEX identity_session_since ON identity_session (since);

CREATE TABLE identity_factor (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  state {{text}} NOT NULL,
  label {{text}} NOT NULL,
  secret {{bytes}},
  last_step BIGINT NOT NULL,
  made BIGINT NOT NULL,
  since BIGINT,
  used BIGINT,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_factor_account ON identity_factor (org, account, state);

CREATE TABLE identity_recovery_code (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  account {{text}} NOT NULL,
  digest {{text}} NOT NULL,
  made BIGINT NOT NULL,
  used BIGINT,
  voided BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_recovery_code_account ON identity_recovery_code (org, account, digest);

CREATE TABLE identity_recovery (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  state {{text}} NOT NULL,
  why {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  asked_by {{text}} NOT NULL,
  until BIGINT NOT NULL,
  decided BIGINT,
  decided_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_recovery_state ON identity_recovery (org, state, asked);

CREATE TABLE identity_key_end (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  ended BIGINT NOT NULL,
  ended_by {{text}} NOT NULL,
  why {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
{{final "identity_key_end"}}

CREATE TABLE identity_ceremony (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  account {{text}} NOT NULL,
  factor {{text}} NOT NULL,
  data {{bytes}} NOT NULL,
  until BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_ceremony_until ON identity_ceremony (until);

CREATE TABLE identity_finding (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  department {{text}} NOT NULL,
  found BIGINT NOT NULL,
  detail {{text}} NOT NULL,
  disposal {{text}} NOT NULL,
  disposed BIGINT,
  disposed_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_finding_open ON identity_finding (org, disposed, department, id);
CREATE INDEX identity_finding_account ON identity_finding (org, account, kind);
