-- +goose Up
CREATE TABLE job_task (
  id {{text}} NOT NULL,
  org {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  dedupe {{text}} NOT NULL,
  state {{text}} NOT NULL,
  args {{text}} NOT NULL,
  due BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  max_tries BIGINT NOT NULL,
  holder {{text}} NOT NULL,
  held_until BIGINT,
  made BIGINT NOT NULL,
  made_by {{text}} NOT NULL,
  ended BIGINT,
  failure {{text}} NOT NULL,
  progress BIGINT NOT NULL,
  goal BIGINT NOT NULL,
  doing {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX job_task_due ON job_task (state, due, id);
CREATE INDEX job_task_dedupe ON job_task (kind, dedupe, state);
