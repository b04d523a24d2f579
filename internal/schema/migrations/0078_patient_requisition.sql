-- +goose Up
CREATE TABLE patient_word (
  org {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  department {{text}} NOT NULL,
  person {{text}} NOT NULL,
  since BIGINT NOT NULL,
  confirmed BIGINT,
  confirmed_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, encounter)
);
CREATE INDEX patient_word_patient ON patient_word (org, patient);
CREATE INDEX patient_word_department ON patient_word (org, department, confirmed);

CREATE TABLE patient_requisition (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  number {{text}} NOT NULL,
  asked_by {{text}} NOT NULL,
  department {{text}} NOT NULL,
  planned BIGINT,
  state {{text}} NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  closed BIGINT,
  source {{text}} NOT NULL,
  given_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_requisition_patient ON patient_requisition (org, patient, until);
CREATE INDEX patient_requisition_department ON patient_requisition (org, department, until);
CREATE INDEX patient_requisition_number ON patient_requisition (org, source, number);

CREATE TABLE patient_performer (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  requisition {{text}} NOT NULL,
  person {{text}} NOT NULL,
  role {{text}} NOT NULL,
  relation {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_performer_requisition ON patient_performer (org, requisition, id);
CREATE INDEX patient_performer_person ON patient_performer (org, person, id);
