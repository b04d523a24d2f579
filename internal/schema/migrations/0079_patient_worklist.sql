-- +goose Up
CREATE TABLE patient_worklist (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  task {{text}} NOT NULL,
  person {{text}} NOT NULL,
  relation {{text}} NOT NULL,
  since BIGINT NOT NULL,
  due BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended BIGINT,
  ended_by {{text}} NOT NULL,
  given_by {{text}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX patient_worklist_person ON patient_worklist (org, person, due, id);
CREATE INDEX patient_worklist_task ON patient_worklist (org, task, due, id);
