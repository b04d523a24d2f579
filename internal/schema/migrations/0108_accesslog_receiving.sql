-- +goose Up
CREATE INDEX accesslog_run_state ON accesslog_run (org, state, id);

-- +goose Down
DROP INDEX accesslog_run_state;
