-- +goose Up
CREATE TABLE source_key (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  digest {{bytes}},
  half {{bytes}},
  halves BIGINT NOT NULL,
  sealed {{bytes}},
  public_key {{text}} NOT NULL,
  issuer {{bytes}},
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  made_by {{text}} NOT NULL,
  made BIGINT NOT NULL,
  half_by {{text}} NOT NULL,
  follows {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX source_key_source ON source_key (org, source, id);
CREATE INDEX source_key_digest ON source_key (org, kind, digest);

CREATE TABLE source_nonce (
  org {{text}} NOT NULL,
  key_id {{text}} NOT NULL,
  nonce {{text}} NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (org, key_id, nonce)
);
CREATE INDEX source_nonce_until ON source_nonce (until);
