package record

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Kinds of hold. What they close the rulebook says.
const (
	HoldCorrection = policy.HoldCorrection // under correction: nothing of it leaves, care goes on reading
	HoldQuarantine = policy.HoldQuarantine // collected unlawfully, as somebody says: not used before that is decided
)

// Hold keeps a document from leaving, or from being used, for a time (A-033, B-013). Its
// row is keyed.
type Hold struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Document string    `db:"document"`
	Patient  string    `db:"patient"`
	Kind     string    `db:"kind"`
	Cause    string    `db:"cause"`         // id of the correction or complaint
	Sections []string  `db:"sections,json"` // keys of those in doubt; none: the whole document
	Since    time.Time `db:"since"`
	By       string    `db:"by_person"`
	Lifted   time.Time `db:"lifted"`
	LiftedBy string    `db:"lifted_by"`
	MAC      []byte    `db:"mac"`
}

var holds = db.Define[Hold]("record_hold")

func lyingOn(ctx context.Context, r db.Reader, org, document string) ([]Hold, error) {
	return holds.Select(ctx, r, "WHERE org = $1 AND document = $2 AND lifted IS NULL ORDER BY since, id", org, document)
}

// lyingAmong reads the holds that lie on a patient's documents, or on any: they are few.
func lyingAmong(ctx context.Context, r db.Reader, org string, patients []string) ([]Hold, error) {
	if len(patients) == 1 {
		return holds.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND lifted IS NULL ORDER BY since, id", org, patients[0])
	}
	return holds.Select(ctx, r, "WHERE org = $1 AND lifted IS NULL ORDER BY since, id", org)
}

// ties tells the door which documents of patients are held, so that no way out can forget
// to ask.
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	found := map[string][]policy.Tie{}
	lying, err := lyingAmong(ctx, r, actor.Org, patients)
	for _, h := range lying {
		if slices.Contains(patients, h.Patient) {
			found[h.Patient] = append(found[h.Patient], policy.Tie{
				Kind: policy.TieHold, ID: h.ID, Role: h.Kind, Source: "record", Since: h.Since, Until: at.Add(time.Minute), Bounds: &policy.Bounds{Documents: []string{h.Document}},
			})
		}
	}
	return found, err
}

// HoldIn places a hold as a part of another room's act, which asked whether it may. A
// second one of the same cause is the first with what is in doubt now.
func (room *Room) HoldIn(ctx context.Context, w *act.Work, h Hold) error {
	before, err := holds.Get(ctx, w, h.Org, h.ID)
	if errors.Is(err, db.ErrNone) {
		h.Since, h.By = w.Now(), w.Actor().ID
		return holds.Insert(ctx, w, &h)
	}
	if err != nil {
		return err
	}
	before.Sections, before.Lifted, before.LiftedBy = h.Sections, time.Time{}, ""
	return holds.Update(ctx, w, &before)
}

// LiftIn lifts a hold in the same way. Of one that was lifted nothing is left to do.
func (room *Room) LiftIn(ctx context.Context, w *act.Work, hold string) error {
	h, err := holds.Get(ctx, w, w.Actor().Org, hold)
	if errors.Is(err, db.ErrNone) || err == nil && !h.Lifted.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	h.Lifted, h.LiftedBy = w.Now(), w.Actor().ID
	return holds.Update(ctx, w, &h)
}

// heldAmong are the documents of a patient that do not leave at a moment.
func heldAmong(ctx context.Context, r db.Reader, org, patient string) (func(document string) bool, error) {
	lying, err := lyingAmong(ctx, r, org, []string{patient})
	return func(document string) bool {
		return slices.ContainsFunc(lying, func(h Hold) bool { return h.Document == document })
	}, err
}

// HoldsThrough are the holds that lay on a document at any time, for a replay.
func (room *Room) HoldsThrough(ctx context.Context, r db.Reader, org, document string) ([]Hold, error) {
	return holds.Select(ctx, r, "WHERE org = $1 AND document = $2 ORDER BY since, id", org, document)
}
