-- +goose Up
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
  zone {{text}} NOT NULL,
  tunnel {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  change {{text}} NOT NULL,
  means {{text}} NOT NULL,
  fallback {{text}} NOT NULL,
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
