-- +goose Up
{{- $sqlite := eq bytes "BLOB"}}
CREATE TABLE db_lease (
  name {{text}} NOT NULL,
  holder {{text}} NOT NULL,
  fence BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE ledger_block (
  id {{text}} NOT NULL,
  at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  mac {{bytes}} NOT NULL,
  body {{bytes}} NOT NULL,
  PRIMARY KEY (id)
);
{{if not $sqlite}}ALTER TABLE ledger_block ALTER COLUMN body SET STORAGE EXTERNAL;{{end}}
{{final "ledger_block"}}

-- turn is drawn when the block is written, inside its transaction: of two
-- transactions of which one saw the other, it has the higher turn.
CREATE TABLE ledger_pending (
  turn {{if $sqlite}}INTEGER PRIMARY KEY AUTOINCREMENT{{else}}BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY{{end}},
  block {{text}} NOT NULL UNIQUE
);

CREATE TABLE ledger_place (
  first {{if $sqlite}}INTEGER{{else}}BIGINT{{end}} NOT NULL PRIMARY KEY,
  block {{text}} NOT NULL UNIQUE,
  count BIGINT NOT NULL
);
{{final "ledger_place"}}

CREATE TABLE ledger_tile (
  level BIGINT NOT NULL,
  number BIGINT NOT NULL,
  hashes {{bytes}} NOT NULL,
  PRIMARY KEY (level, number)
);
{{final "ledger_tile"}}

CREATE TABLE ledger_checkpoint (
  size {{if $sqlite}}INTEGER{{else}}BIGINT{{end}} NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  root {{bytes}} NOT NULL,
  note {{text}} NOT NULL
);
{{final "ledger_checkpoint"}}

CREATE TABLE ledger_line (
  position {{if $sqlite}}INTEGER{{else}}BIGINT{{end}} NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  org {{text}} NOT NULL,
  verb {{text}} NOT NULL,
  outcome {{text}} NOT NULL,
  actor_kind {{text}} NOT NULL,
  actor {{text}} NOT NULL,
  department {{text}} NOT NULL,
  purpose {{text}} NOT NULL,
  tie {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  object {{text}} NOT NULL,
  patient {{text}} NOT NULL,
  objects BIGINT NOT NULL,
  n BIGINT NOT NULL,
  id {{text}} NOT NULL
);
CREATE INDEX ledger_line_at ON ledger_line (org, at, position);
CREATE INDEX ledger_line_actor ON ledger_line (org, actor, at, position);
CREATE INDEX ledger_line_verb ON ledger_line (org, verb, at, position);
CREATE INDEX ledger_line_id ON ledger_line (id);

CREATE TABLE ledger_subject (
  org {{text}} NOT NULL,
  kind {{text}} NOT NULL,
  id {{text}} NOT NULL,
  at BIGINT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (org, kind, id, at, position)
){{if $sqlite}} WITHOUT ROWID{{end}};

CREATE TABLE ledger_mark (
  name {{text}} NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (name)
);
