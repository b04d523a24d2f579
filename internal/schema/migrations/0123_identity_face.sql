-- +goose Up
CREATE TABLE identity_face (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  way {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  template {{bytes}},
  pledge {{text}} NOT NULL,
  live BIGINT NOT NULL,
  made BIGINT NOT NULL,
  used BIGINT,
  used_live BIGINT NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  why {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX identity_face_account ON identity_face (org, account, ended);
CREATE INDEX identity_face_made ON identity_face (org, made, id);
