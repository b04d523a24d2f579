-- +goose Up
CREATE TABLE vault_key (
  org {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  epoch BIGINT NOT NULL,
  wrapped {{bytes}} NOT NULL,
  created BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, subject)
);
CREATE INDEX vault_key_epoch ON vault_key (epoch, org, subject);

CREATE TABLE vault_rotation (
  epoch BIGINT NOT NULL,
  begun BIGINT NOT NULL,
  finished BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (epoch)
);
