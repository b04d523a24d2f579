package intake

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
)

// unit is what is taken as a whole or left: a message, a transaction, a patient
// of a collection.
type unit struct {
	piece
	from     *candidate
	aside    bool // it only sets its piece aside
	steps    []step
	last     []step // of the last act: the switch that makes the unit visible
	counts   Counts
	findings []Finding
	dossiers []*dossier // on which it was planned
	said     time.Time  // when the machine that sends it says that it sent it; zero from a person
}

// patientsOf are the ids of the patients whom units are about.
func patientsOf(units []*unit) []string {
	var patients []string
	for _, u := range units {
		for _, d := range u.dossiers {
			patients = append(patients, d.id)
		}
	}
	return patients
}

// stale reports whether something that the unit was planned on did not come to be.
func (u *unit) stale() bool {
	return slices.ContainsFunc(u.dossiers, func(d *dossier) bool { return d.lost.Load() })
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
		return [][]step{append(slices.Clip(u.steps), u.last...)}
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

// piece is a part of an input that can be quarantined by itself.
type piece struct {
	file  *file
	label string // entry 3, message 12
	raw   []byte
	place int    // of raw in the file
	scope string // identity within the source, keyed
	ref   string
	read  int // resources or messages in it
}

// candidate is a piece that becomes one or more units. Preparing parses, looks
// things up and seals; it may be done again.
type candidate struct {
	piece
	keys    []string // what it may share with another: never prepared while that is under way
	about   []string // refs of the patients it names: prepared after what came before about them
	prepare func(ctx context.Context) ([]*unit, error)
	many    bool // it became several units
	again   bool // it failed once
}
