package handover

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/record"
)

func (s set) question(from string, after []any, limit int, org string) (sql string, args []any) {
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		cells[i] = c.Name
		if c.Kind == bundle.MomentKind {
			cells[i] = "COALESCE(" + c.Name + ", 0)"
		}
	}
	places := make([]string, len(s.key))
	for i := range s.key {
		places[i] = "$" + strconv.Itoa(i+1)
	}
	args = append(args, after...)
	where := "(" + strings.Join(s.key, ", ") + ") > (" + strings.Join(places, ", ") + ")"
	if !s.account {
		args = append(args, org)
		where += " AND org = $" + strconv.Itoa(len(args))
	}
	args = append(args, int64(limit))
	return "SELECT " + strings.Join(cells, ", ") + " FROM " + from + " WHERE " + where + " ORDER BY " + strings.Join(s.key, ", ") + " LIMIT $" + strconv.Itoa(len(args)), args
}

func (s set) rowsOf(ctx context.Context, src source, from string, after []any, limit int) ([]row, error) {
	sql, args := s.question(from, after, limit, src.org)
	found, err := src.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all []row
	for found.Next() {
		cells := make([]any, len(s.columns))
		for i, c := range s.columns {
			switch c.Kind {
			case bundle.TextKind:
				cells[i] = new(string)
			case bundle.BytesKind:
				cells[i] = new([]byte)
			default:
				cells[i] = new(int64)
			}
		}
		if err := found.Scan(cells...); err != nil {
			return nil, err
		}
		made, err := s.make(cells)
		if err != nil {
			return nil, err
		}
		if s.name == "document" {
			made.told = toldOf(made.line)
		}
		all = append(all, made)
	}
	return all, found.Err()
}

func toldOf(line []byte) (told bundle.Told) {
	var d struct {
		Seal        string
		Sensitivity int
	}
	if json.Unmarshal(line, &d) != nil {
		return told
	}
	if d.Seal != "" {
		told.Sealed = 1
	}
	if d.Sensitivity >= record.SensitiveLevel {
		told.Sensitive = 1
	}
	return told
}
