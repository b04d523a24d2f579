package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// RecordTraining says that somebody has passed a training. What a short stay gives
// counts from then on.
func (r *Room) RecordTraining(ctx context.Context, n NewPassed) (Passed, error) {
	now := r.desk.Now()
	if n.At.IsZero() {
		n.At = now
	}
	if err := n.check(now); err != nil {
		return Passed{}, err
	}
	var made Passed
	err := r.desk.Do(ctx, "staff.record-training", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := mustKnow(findPerson(ctx, w, org, n.Person)); err != nil {
			return err
		}
		there, err := staysOf(ctx, w, org, n.Person)
		if err != nil {
			return err
		}
		var learning []policy.Tie
		for _, s := range there {
			if s.nature().learning && s.End().After(w.Now()) {
				learning = []policy.Tie{{Kind: policy.TieTask, ID: s.ID, Role: "stay", Source: "staff", Since: w.Now(), Until: w.Now().Add(time.Second)}}
			}
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: n.Person, Org: org, Concerns: n.Person}, learning...); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), n.Person); err != nil {
			return err
		}
		made = Passed{Org: org, ID: id.New(w.Now()), Person: n.Person, Course: n.Course, At: n.At.UTC(), Until: n.Until.UTC(), Made: w.Now(), MadeBy: w.Actor().ID}
		w.Note("training", made.ID)
		return trainings.Insert(ctx, w, &made)
	})
	if err != nil {
		return Passed{}, err
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}
