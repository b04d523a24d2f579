package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Basis says upon what an appointment was made (D-045). It never changes, and its row is
// keyed.
type Basis struct {
	Org         string    `db:"org,key"`
	Appointment string    `db:"appointment,key"`
	Kind        string    `db:"kind"`
	Reference   string    `db:"reference"` // id of the request or of the stay, or of the feed
	At          time.Time `db:"at"`
	By          string    `db:"by_person"`
	MAC         []byte    `db:"mac"`
}

// Kinds of basis.
const (
	UponRequest    = "request"     // asked for, approved by the department and the office
	UponStay       = "stay"        // brought by a stay, whose sponsor answers for it
	UponFeed       = "feed"        // taken from the personnel system
	UponFirstStart = "first-start" // made when the house was set up
	Directly       = "direct"      // by an officer, without a request
)

var bases = db.Define[Basis]("staff_basis", db.AsFinal)

// basisOf is what an appointment that nobody asked for stands upon.
func basisOf(actor act.Actor) Basis {
	switch actor.Kind {
	case act.FirstStart:
		return Basis{Kind: UponFirstStart}
	case act.Feed:
		return Basis{Kind: UponFeed, Reference: actor.ID}
	}
	return Basis{Kind: Directly}
}

func (b Basis) keep(ctx context.Context, w *act.Work, a Appointment) error {
	b.Org, b.Appointment, b.At, b.By = a.Org, a.ID, w.Now(), w.Actor().ID
	return bases.Insert(ctx, w, &b)
}

// Based is a live appointment and upon what it was made; without a kind where nothing is
// kept of it.
type Based struct {
	Appointment
	Basis Basis
}

// LiveBases returns the live appointments of an organisation with upon what they were made.
func LiveBases(ctx context.Context, r db.Reader, org string, at time.Time) ([]Based, error) {
	now := at.UnixMicro()
	held, err := appointments.Select(ctx, r, "WHERE org = $1 AND "+liveAt(2)+" ORDER BY id", org, now, now, now)
	if err != nil {
		return nil, err
	}
	kept, err := bases.Select(ctx, r, "WHERE org = $1", org)
	if err != nil {
		return nil, err
	}
	known := make(map[string]Basis, len(kept))
	for _, b := range kept {
		known[b.Appointment] = b
	}
	all := make([]Based, len(held))
	for i, a := range held {
		all[i] = Based{a, known[a.ID]}
	}
	return all, nil
}

// BasesOf returns upon what the live appointments of a person were made.
func BasesOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Based, error) {
	held, err := liveAppointments(ctx, r, org, person, at)
	if err != nil {
		return nil, err
	}
	all := make([]Based, len(held))
	for i, a := range held {
		found, err := bases.Select(ctx, r, "WHERE org = $1 AND appointment = $2", org, a.ID)
		if err != nil {
			return nil, err
		}
		all[i].Appointment = a
		if len(found) > 0 {
			all[i].Basis = found[0]
		}
	}
	return all, nil
}
