-- +goose Up
CREATE TABLE recipient_sending (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  party {{text}} NOT NULL,
  sequence BIGINT NOT NULL,
  sender {{text}} NOT NULL,
  channel {{text}} NOT NULL,
  shape {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  basis {{text}} NOT NULL,
  items {{bytes}},
  sealed_for {{text}} NOT NULL,
  count BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  digest {{bytes}} NOT NULL,
  sent BIGINT NOT NULL,
  receipt_by BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX recipient_sending_sequence ON recipient_sending (org, recipient, sequence);
CREATE INDEX recipient_sending_sent ON recipient_sending (org, sent, id);
CREATE INDEX recipient_sending_due ON recipient_sending (org, receipt_by);
{{final "recipient_sending"}}

CREATE TABLE recipient_about (
  org {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  PRIMARY KEY (org, patient, sending)
);
CREATE INDEX recipient_about_sending ON recipient_about (org, sending);
{{final "recipient_about"}}

CREATE TABLE recipient_receipt (
  org {{text}} NOT NULL,
  sending {{text}} NOT NULL,
  number BIGINT NOT NULL,
  outcome {{text}} NOT NULL,
  digest {{bytes}},
  evidence {{bytes}},
  at BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  PRIMARY KEY (org, sending, number)
);
CREATE INDEX recipient_receipt_outcome ON recipient_receipt (org, outcome, at);
{{final "recipient_receipt"}}
