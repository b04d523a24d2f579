-- +goose Up
ALTER TABLE patient_patient ADD COLUMN erased BIGINT;
