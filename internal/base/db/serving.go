package db

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/fault"
)

var (
	errOwner = fault.Define("db.serving-as-owner", fault.Refused,
		"服务不得以表的所有者或超级用户身份连接数据库，否则只增不改的表形同虚设。",
		"The server must not connect as the owner of the tables or a superuser: what is final would not be.",
		"make a lesser role and run: medward migrate --db OWNER_URL --serve-role ROLE; then serve with that role")
	errNotDurable = fault.Define("db.not-durable", fault.Refused,
		"数据库的 {setting} 为 {value}，已确认的操作可能丢失，拒绝启动。",
		"The database has {setting} = {value}: acknowledged acts could be lost. Refusing to serve.",
		"set fsync, full_page_writes and synchronous_commit to on in postgresql.conf")
)

// FitToServe refuses a database on which the promises of the house would not
// hold: one that does not write durably, or one that the server could change
// behind its own back.
func FitToServe(ctx context.Context, s Store) error {
	if s.Engine() != Postgres {
		return nil
	}
	return s.Read(ctx, func(r Reader) error {
		for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
			value, err := word(ctx, r, "SELECT setting FROM pg_settings WHERE name = $1", setting)
			if err != nil {
				return err
			}
			if value != "on" && value != "remote_apply" && value != "remote_write" {
				return errNotDurable.With("setting", setting, "value", value)
			}
		}
		power, err := word(ctx, r, `SELECT CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
			OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname = current_schema() AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')) THEN 'owner' ELSE 'lesser' END`)
		if err != nil {
			return err
		}
		if power == "owner" {
			return errOwner.With()
		}
		return nil
	})
}

func word(ctx context.Context, r Reader, sql string, args ...any) (string, error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var value string
	if !rows.Next() {
		return "", fmt.Errorf("db: no answer to %q: %w", sql, rows.Err())
	}
	return value, rows.Scan(&value)
}
