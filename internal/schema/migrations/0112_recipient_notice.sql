-- +goose Up
CREATE TABLE recipient_notice (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  event {{text}} NOT NULL,
  subject {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  cause {{text}} NOT NULL,
  made BIGINT NOT NULL,
  state {{text}} NOT NULL,
  told {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  digest {{bytes}},
  tries BIGINT NOT NULL,
  failure {{text}} NOT NULL,
  settled BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX recipient_notice_cause ON recipient_notice (org, recipient, cause);
CREATE INDEX recipient_notice_subject ON recipient_notice (org, subject, id);
CREATE INDEX recipient_notice_state ON recipient_notice (org, recipient, state, id);

CREATE TABLE recipient_place (
  org {{text}} NOT NULL,
  told BIGINT NOT NULL,
  PRIMARY KEY (org)
);
