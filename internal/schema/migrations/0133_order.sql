-- +goose Up
CREATE TABLE order_course (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  ordered {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  encounter {{text}} NOT NULL,
  source {{text}} NOT NULL,
  item {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  state {{text}} NOT NULL,
  prescriber {{text}} NOT NULL,
  department {{text}} NOT NULL,
  sensitivity BIGINT NOT NULL,
  sealed {{bytes}} NOT NULL,
  began BIGINT NOT NULL,
  said BIGINT NOT NULL,
  stopped BIGINT,
  heard BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX order_course_patient ON order_course (org, patient, state);
CREATE INDEX order_course_item ON order_course (org, item, state);
CREATE INDEX order_course_heard ON order_course (org, heard);

CREATE TABLE order_step (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  course {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  source {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  at BIGINT NOT NULL,
  heard BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
{{final "order_step"}}
CREATE INDEX order_step_course ON order_step (org, course, at);
CREATE INDEX order_step_heard ON order_step (org, heard);

CREATE TABLE order_stock (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  source {{text}} NOT NULL,
  place {{text}} NOT NULL,
  code {{text}} NOT NULL,
  item {{text}} NOT NULL,
  name {{text}} NOT NULL,
  state {{text}} NOT NULL,
  quantity {{text}} NOT NULL,
  unit {{text}} NOT NULL,
  since BIGINT NOT NULL,
  said BIGINT NOT NULL,
  heard BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX order_stock_item ON order_stock (org, item);
CREATE INDEX order_stock_heard ON order_stock (org, heard);
