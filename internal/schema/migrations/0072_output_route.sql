-- +goose Up
CREATE TABLE output_forward (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  document {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  sender {{text}} NOT NULL,
  recipient {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  opened BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX output_forward_recipient ON output_forward (org, recipient, until);

CREATE TABLE output_channel (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  name {{text}} NOT NULL,
  network {{text}} NOT NULL,
  tunnel BIGINT NOT NULL,
  carries BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  set_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);

CREATE TABLE output_send (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  channel {{text}} NOT NULL,
  network {{text}} NOT NULL,
  level BIGINT NOT NULL,
  outcome {{text}} NOT NULL,
  person {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX output_send_at ON output_send (org, at, id);
{{final "output_send"}}

CREATE TABLE output_event (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  reference {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  outcome {{text}} NOT NULL,
  person {{text}} NOT NULL,
  patients BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  code {{text}} NOT NULL,
  words {{bytes}},
  happened BIGINT NOT NULL,
  at BIGINT NOT NULL,
  reported_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX output_event_reference ON output_event (org, source, reference);
CREATE INDEX output_event_at ON output_event (org, at, id);
{{final "output_event"}}
