-- +goose Up
CREATE TABLE staff_department (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  code {{text}} NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  parent {{text}} NOT NULL,
  campus {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, code)
);

CREATE TABLE staff_person (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  number {{text}} NOT NULL,
  name_zh {{text}} NOT NULL,
  name_en {{text}} NOT NULL,
  category {{text}} NOT NULL,
  phone {{bytes}},
  find {{text}} NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  UNIQUE (org, number)
);

CREATE TABLE staff_appointment (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  department {{text}} NOT NULL,
  title_zh {{text}} NOT NULL,
  title_en {{text}} NOT NULL,
  team {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX staff_appointment_person ON staff_appointment (org, person, since);
CREATE INDEX staff_appointment_department ON staff_appointment (org, department, role);
