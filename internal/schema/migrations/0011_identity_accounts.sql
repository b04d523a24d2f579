-- +goose Up
CREATE TABLE identity_account (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  name {{text}} NOT NULL,
  password {{text}} NOT NULL,
  state {{text}} NOT NULL,
  must_change BIGINT NOT NULL,
  loopback BIGINT NOT NULL,
  password_since BIGINT NOT NULL,
  password_until BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, person),
  UNIQUE (org, name)
);

CREATE TABLE identity_key (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  public {{bytes}} NOT NULL,
  private {{bytes}} NOT NULL,
  made BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_key_person ON identity_key (org, person, id);
{{final "identity_key"}}

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
  ip {{text}} NOT NULL,
  terminal {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (token)
);
CREATE INDEX identity_session_account ON identity_session (org, account, since);
CREATE INDEX identity_session_since ON identity_session (since);

CREATE TABLE identity_attempt (
  org {{text}} NOT NULL,
  scope {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  failures BIGINT NOT NULL,
  latest BIGINT NOT NULL,
  PRIMARY KEY (org, scope, subject)
);
CREATE INDEX identity_attempt_latest ON identity_attempt (latest);
