package handover

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/handover/bundle"
)

// make writes a row as a line, its columns in their order, and takes its key.
func (s set) make(cells []any) (row, error) {
	var made row
	line := []byte{'{'}
	at := map[string]any{}
	for i, c := range s.columns {
		value := plain(c.Kind, cells[i])
		at[c.Name] = value
		cell, err := json.Marshal(value)
		if err != nil {
			return made, err
		}
		if i > 0 {
			line = append(line, ',')
		}
		line = append(append(strconv.AppendQuote(line, c.Name), ':'), cell...)
	}
	made.line = append(line, '}')
	for _, name := range s.key {
		made.key = append(made.key, at[name])
	}
	return made, nil
}

// plain is a cell as it is written.
func plain(kind string, cell any) any {
	switch c := cell.(type) {
	case *string:
		return *c
	case *[]byte:
		if len(*c) == 0 {
			return nil
		}
		return *c
	case *int64:
		if kind != bundle.MomentKind {
			return *c
		}
		return when(time.UnixMicro(*c))
	}
	return cell
}

func when(at time.Time) any {
	if at.IsZero() || at.UnixMicro() == 0 {
		return nil
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// first is before every key of a set.
func (s set) first() []any {
	after := make([]any, len(s.key))
	for i, name := range s.key {
		after[i] = ""
		for _, c := range s.columns {
			if c.Name == name && c.Kind == bundle.NumberKind {
				after[i] = int64(-1)
			}
		}
	}
	return after
}

// keyText is a key as an index holds it, in the order of the rows.
func (r row) keyText() string {
	written := make([]string, len(r.key))
	for i, part := range r.key {
		switch k := part.(type) {
		case string:
			written[i] = k
		case int64:
			written[i] = bundle.KeyNumber(k)
		}
	}
	return strings.Join(written, "\t")
}
