-- +goose Up
CREATE TABLE inspection_draw (
  org {{text}} NOT NULL,
  id {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  named BIGINT NOT NULL,
  days BIGINT NOT NULL,
  prepared BIGINT NOT NULL,
  by_person {{text}} NOT NULL,
  size BIGINT NOT NULL,
  digest {{bytes}},
  checkpoint {{text}} NOT NULL,
  number BIGINT NOT NULL,
  chosen BIGINT NOT NULL,
  subject {{text}} NOT NULL,
  drawn BIGINT,
  drawn_by {{text}} NOT NULL,
  mac {{bytes}} NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX inspection_draw_prepared ON inspection_draw (org, prepared, id);

CREATE TABLE inspection_frame (
  org {{text}} NOT NULL,
  draw {{text}} NOT NULL,
  list {{bytes}} NOT NULL,
  PRIMARY KEY (org, draw)
);
{{final "inspection_frame"}}
