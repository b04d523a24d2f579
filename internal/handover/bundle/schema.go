package bundle

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kinds of column.
const (
	TextKind   = "text"
	NumberKind = "number"
	MomentKind = "moment" // RFC 3339 in UTC, or null
	BytesKind  = "bytes"  // Base64, or null
	ThingKind  = "thing"  // an object, or null
	FilesKind  = "files"  // the files of a row
)

// Column is one column of a set.
type Column struct {
	Name  string
	Kind  string
	Codes string // the code list from which its values are, or ""
}

// property is a column in JSON Schema.
type property struct {
	Type     any    `json:"type"`
	Format   string `json:"format,omitempty"`
	Encoding string `json:"contentEncoding,omitempty"`
	Codes    string `json:"x-codes,omitempty"`
	Items    any    `json:"items,omitempty"`
}

// Schema is the schema of a set: a part of JSON Schema 2020-12, which is all that
// exports use.
type Schema struct {
	Dialect    string              `json:"$schema"`
	ID         string              `json:"$id"`
	Title      string              `json:"title"`
	Type       string              `json:"type"`
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
	Additional bool                `json:"additionalProperties"`
	Key        []string            `json:"x-key"`
}

var properties = map[string]property{
	TextKind:   {Type: "string"},
	NumberKind: {Type: "integer"},
	MomentKind: {Type: []string{"string", "null"}, Format: "date-time"},
	BytesKind:  {Type: []string{"string", "null"}, Encoding: "base64"},
	ThingKind:  {Type: []string{"object", "null"}},
	FilesKind:  {Type: "array", Items: map[string]any{"type": "object", "required": []string{"name", "bytes", "sm3", "sha256"}}},
}

// SchemaOf is the schema of a set with its columns.
func SchemaOf(name string, about Text, key []string, columns []Column) Schema {
	s := Schema{
		Dialect: "https://json-schema.org/draft/2020-12/schema", ID: "urn:medward:export:1:" + name, Title: about.ZH + " · " + about.EN, Type: "object",
		Properties: map[string]property{}, Key: key,
	}
	for _, c := range columns {
		p := properties[c.Kind]
		p.Codes = c.Codes
		s.Properties[c.Name] = p
		s.Required = append(s.Required, c.Name)
	}
	return s
}

// row reads a line and holds it against the schema. It returns the key of the row and
// the files that belong to it.
func (s Schema) row(line []byte) (key string, files []File, err error) {
	var cells map[string]json.RawMessage
	if err := json.Unmarshal(line, &cells); err != nil {
		return "", nil, fmt.Errorf("no JSON object: %w", err)
	}
	for _, name := range s.Required {
		if _, there := cells[name]; !there {
			return "", nil, fmt.Errorf("%s is missing", name)
		}
	}
	for name, cell := range cells {
		p, known := s.Properties[name]
		if !known {
			return "", nil, fmt.Errorf("%s is not in the schema", name)
		}
		if err := p.holds(cell); err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
		if p.kind() == "array" {
			if err := json.Unmarshal(cell, &files); err != nil {
				return "", nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	parts := make([]string, len(s.Key))
	for i, name := range s.Key {
		if parts[i], err = keyPart(cells[name]); err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return strings.Join(parts, "\t"), files, nil
}

func (p property) kind() string {
	switch t := p.Type.(type) {
	case string:
		return t
	case []any:
		if len(t) > 0 {
			first, _ := t[0].(string)
			return first
		}
	}
	return ""
}

func (p property) nullable() bool {
	t, several := p.Type.([]any)
	return several && slices.Contains(t, any("null"))
}

var errType = errors.New("another type than in the schema")

func (p property) holds(cell json.RawMessage) error {
	if bytes.Equal(cell, []byte("null")) {
		if p.nullable() {
			return nil
		}
		return errType
	}
	begins := map[string]string{"string": `"`, "object": "{", "array": "[", "integer": "-0123456789"}[p.kind()]
	if len(cell) == 0 || !strings.ContainsRune(begins, rune(cell[0])) {
		return errType
	}
	switch {
	case p.kind() == "integer":
		var n int64
		return json.Unmarshal(cell, &n)
	case p.kind() != "string":
		return nil
	}
	var text string
	if err := json.Unmarshal(cell, &text); err != nil {
		return err
	}
	switch {
	case p.Format == "date-time":
		_, err := time.Parse(time.RFC3339Nano, text)
		return err
	case p.Encoding == "base64":
		_, err := base64.StdEncoding.DecodeString(text)
		return err
	}
	return nil
}

// keyPart writes a part of a key so that keys stand in the order of their rows.
func keyPart(cell json.RawMessage) (string, error) {
	if len(cell) > 0 && cell[0] == '"' {
		var text string
		err := json.Unmarshal(cell, &text)
		return text, err
	}
	var n int64
	if err := json.Unmarshal(cell, &n); err != nil {
		return "", err
	}
	return KeyNumber(n), nil
}

// KeyNumber writes a number, not below zero, as a part of a key.
func KeyNumber(n int64) string { return fmt.Sprintf("%020d", n) }
