package identity

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Acknowledgement is the word of whoever leads a department that he has looked at how
// its people sign in, and disposed of all that was amiss.
type Acknowledgement struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Department string    `db:"department"`
	Disposed   int64     `db:"disposed"` // findings disposed of since the last one
	Made       time.Time `db:"made"`
	MadeBy     string    `db:"made_by"`
	MAC        []byte    `db:"mac"`
}

// Acknowledge signs for a department. What waits must be disposed of first.
func (r *Room) Acknowledge(ctx context.Context, department string) (Acknowledgement, error) {
	const verb = "identity.acknowledge"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return Acknowledgement{}, err
	}
	var made Acknowledgement
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, departmentOf(org, department)); err != nil {
			return err
		}
		waiting, err := count(ctx, w, "SELECT COUNT(*) FROM identity_finding WHERE org = $1 AND department = $2 AND disposed IS NULL", org, department)
		if err != nil {
			return err
		}
		if waiting > 0 {
			return errWaiting.With("n", strconv.Itoa(waiting))
		}
		var since time.Time
		last, err := acknowledgementsOf(ctx, w, org, department)
		if err != nil {
			return err
		}
		if len(last) > 0 {
			since = last[0].Made
		}
		disposed, err := count(ctx, w, "SELECT COUNT(*) FROM identity_finding WHERE org = $1 AND department = $2 AND disposed > $3",
			org, department, since.UnixMicro())
		if err != nil {
			return err
		}
		made = Acknowledgement{Org: org, ID: id.New(w.Now()), Department: department, Disposed: int64(disposed), Made: w.Now(), MadeBy: w.Actor().ID}
		w.Note("acknowledgement", made.ID)
		w.Note("disposed", strconv.Itoa(disposed))
		return acknowledgements.Insert(ctx, w, &made)
	})
	return made, r.doubted(ctx, err)
}

// Acknowledgements lists what was signed for a department, the newest first.
func (r *Room) Acknowledgements(ctx context.Context, department string) ([]Acknowledgement, error) {
	var found []Acknowledgement
	err := r.desk.Disclose(ctx, "identity.list-findings", func(ctx context.Context, v *act.Reading) (err error) {
		if err := v.Permit(ctx, departmentOf(v.Actor().Org, department)); err != nil {
			return err
		}
		found, err = acknowledgementsOf(ctx, v, v.Actor().Org, department)
		return err
	})
	return found, r.doubted(ctx, err)
}

func departmentOf(org, department string) policy.Object {
	return policy.Object{Kind: "Department", ID: department, Org: org, Department: department}
}

// mostAcknowledged is how far back a department's list goes: two years of months.
const mostAcknowledged = 24

func acknowledgementsOf(ctx context.Context, r db.Reader, org, department string) ([]Acknowledgement, error) {
	return acknowledgements.Select(ctx, r, "WHERE org = $1 AND department = $2 ORDER BY made DESC, id DESC LIMIT $3", org, department, int64(mostAcknowledged))
}
