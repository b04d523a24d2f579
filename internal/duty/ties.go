package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Patients is what the roster must know of patients to say whose they are.
type Patients interface {
	// Lying returns the patients in a department; of some, when they are given.
	Lying(ctx context.Context, r db.Reader, org, department string, some []string) ([]string, error)
	// CaredFor returns the patients of a person; of some, when they are given.
	CaredFor(ctx context.Context, r db.Reader, org, person string, some []string, at time.Time) ([]string, error)
}

// Ties tells the door which patients the roster gives to somebody: those who lie in
// the department in which he is on shift, and those of the colleague for whom he
// stands in. A turn that somebody gave himself gives him none.
func (room *Room) Ties(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	found := map[string][]policy.Tie{}
	err := room.eachTurn(ctx, r, actor, patients, at, func(t Turn, patient string) {
		found[patient] = append(found[patient], policy.Tie{Kind: policy.TieDuty, ID: t.ID, Role: string(t.Kind), Source: "roster", Since: t.Since, Until: t.Until})
	})
	return found, err
}

// Reach lists the patients to whom those ties lead.
func (room *Room) Reach(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]string, error) {
	var found []string
	err := room.eachTurn(ctx, r, actor, nil, at, func(_ Turn, patient string) { found = append(found, patient) })
	return found, err
}

func (room *Room) eachTurn(ctx context.Context, r db.Reader, actor act.Actor, some []string, at time.Time, give func(t Turn, patient string)) error {
	if actor.Kind != act.Person {
		return nil
	}
	mine, err := liveTurns(ctx, r, actor.Org, at, "person = $5", actor.ID)
	if err != nil {
		return err
	}
	for _, t := range mine {
		if t.By == t.Person {
			continue
		}
		theirs, err := room.patientsOf(ctx, r, t, some, at)
		if err != nil {
			return err
		}
		for _, patient := range theirs {
			give(t, patient)
		}
	}
	return nil
}

func (room *Room) patientsOf(ctx context.Context, r db.Reader, t Turn, some []string, at time.Time) ([]string, error) {
	switch t.Kind {
	case Shift:
		return room.patients.Lying(ctx, r, t.Org, t.Dept, some)
	case Cover:
		return room.patients.CaredFor(ctx, r, t.Org, t.InsteadOf, some, at)
	default:
		return nil, nil // answering for something is not treating anybody
	}
}
