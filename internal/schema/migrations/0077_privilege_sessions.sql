-- +goose Up
CREATE TABLE privilege_session (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  system {{text}} NOT NULL,
  reason {{bytes}} NOT NULL,
  change_id {{text}} NOT NULL,
  urgent BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  state {{text}} NOT NULL,
  asked_by {{text}} NOT NULL,
  asked BIGINT NOT NULL,
  terminal {{text}} NOT NULL,
  approved_by {{text}} NOT NULL,
  approved BIGINT,
  approved_at {{text}} NOT NULL,
  began BIGINT,
  until BIGINT,
  heard BIGINT,
  parts BIGINT NOT NULL,
  head {{bytes}},
  ended BIGINT,
  end_reason {{text}} NOT NULL,
  verdict {{text}} NOT NULL,
  reviewed_by {{text}} NOT NULL,
  reviewed BIGINT,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_session_state ON privilege_session (org, state);

CREATE TABLE privilege_part (
  org {{text}} NOT NULL,
  session {{text}} NOT NULL,
  place BIGINT NOT NULL,
  at BIGINT NOT NULL,
  body {{bytes}} NOT NULL,
  digest {{bytes}} NOT NULL,
  PRIMARY KEY (org, session, place)
);
{{final "privilege_part"}}

CREATE TABLE privilege_recording (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  system {{text}} NOT NULL,
  account {{text}} NOT NULL,
  person {{text}} NOT NULL,
  terminal {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  digest {{bytes}} NOT NULL,
  address {{text}} NOT NULL,
  commands {{bytes}} NOT NULL,
  file {{bytes}},
  received BIGINT NOT NULL,
  by_actor {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX privilege_recording_account ON privilege_recording (org, system, account, since);
{{final "privilege_recording"}}
