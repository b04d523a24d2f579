package intake

import (
	"context"

	"github.com/medward/medward/internal/act"
)

// unit is what is taken as a whole or left: a message, a transaction, a patient
// of a collection.
type unit struct {
	from     *candidate
	steps    []step
	last     []step // of the last act: the switch that makes the unit visible
	counts   Counts
	findings []Finding
}

// step is a part of a unit that writes rows protected rows. It may run again.
type step struct {
	rows int
	do   func(ctx context.Context, w *act.Work) error
}

func (u *unit) add(rows int, do func(ctx context.Context, w *act.Work) error) {
	u.steps = append(u.steps, step{rows, do})
}

func (u *unit) finally(rows int, do func(ctx context.Context, w *act.Work) error) {
	u.last = append(u.last, step{rows, do})
}

func rowsOf(steps []step) int {
	n := 0
	for _, s := range steps {
		n += s.rows
	}
	return n
}

// actRows is how many rows of units one act takes, with room left for files.
const actRows = act.MaxRows - 8*fileRows

// parts cuts a unit into acts. All but the last write what nobody can find.
func (u *unit) parts() [][]step {
	if rowsOf(u.steps)+rowsOf(u.last) <= actRows {
		return [][]step{append(u.steps[:len(u.steps):len(u.steps)], u.last...)}
	}
	var parts [][]step
	var part []step
	rows := 0
	for _, s := range u.steps {
		if rows+s.rows > actRows {
			parts, part, rows = append(parts, part), nil, 0
		}
		part, rows = append(part, s), rows+s.rows
	}
	if rows+rowsOf(u.last) > actRows {
		parts, part = append(parts, part), nil
	}
	return append(parts, append(part, u.last...))
}

// candidate is a piece of an input that becomes one or more units. Preparing
// parses, looks things up and seals; it may be done again.
type candidate struct {
	file    *file
	label   string
	keys    []string // what it may share with another: never prepared while that is under way
	raw     []byte
	place   int    // of raw in the file
	scope   string // identity, for the quarantine
	ref     string
	read    int // resources or messages in it
	again   bool // it failed once
	prepare func(ctx context.Context) ([]*unit, error)
}
