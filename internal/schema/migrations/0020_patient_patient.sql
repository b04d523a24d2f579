-- +goose Up
CREATE TABLE patient_patient (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  rev BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  record_blind {{text}} NOT NULL,
  id_blind {{text}} NOT NULL,
  phone_blind {{text}} NOT NULL,
  level BIGINT NOT NULL,
  staff {{text}} NOT NULL,
  source {{text}} NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_patient_record ON patient_patient (org, record_blind, id);
CREATE INDEX patient_patient_number ON patient_patient (org, id_blind, id);
CREATE INDEX patient_patient_phone ON patient_patient (org, phone_blind, id);
CREATE INDEX patient_patient_updated ON patient_patient (org, updated_at, id);

CREATE TABLE patient_encounter (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  department {{text}} NOT NULL,
  ward {{text}} NOT NULL,
  bed {{text}} NOT NULL,
  attending {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  level BIGINT NOT NULL,
  source {{text}} NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_encounter_patient ON patient_encounter (org, patient, since);
CREATE INDEX patient_encounter_department ON patient_encounter (org, department, until, patient);

CREATE TABLE patient_relation (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  person {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  role {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  source {{text}} NOT NULL,
  given_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_relation_person ON patient_relation (org, person, until);
CREATE INDEX patient_relation_patient ON patient_relation (org, patient, until);
