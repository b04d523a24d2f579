package identity

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// ceremony is a registration or a sign-in under way that takes two steps.
type ceremony struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Account string    `db:"account"` // whose registration it is; empty when signing in
	Factor  string    `db:"factor"`
	Data    []byte    `db:"data"`
	Until   time.Time `db:"until"`
	MAC     []byte    `db:"mac"`
}

// keptData is what is kept of a ceremony, with its kind: what was begun as one kind
// is never finished as another.
type keptData struct {
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data"`
}

func kindOf(data any) string { return strings.TrimPrefix(fmt.Sprintf("%T", data), "*") }

func (c *ceremony) write(data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	c.Data, err = json.Marshal(keptData{kindOf(data), text})
	return err
}

func (c *ceremony) read(data any) error {
	var kept keptData
	if err := json.Unmarshal(c.Data, &kept); err != nil {
		return errCeremony.Because(err)
	}
	if kept.Kind != kindOf(data) {
		return errCeremony.With()
	}
	return json.Unmarshal(kept.Data, data)
}
