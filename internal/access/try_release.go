package access

import (
	"bytes"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
)

// Tryout is what a release came to: what is wrong with its rules, how its cases came
// out, and what yesterday's real accesses would have got.
type Tryout struct {
	Problems []policy.Problem
	Outcomes []policy.Outcome
	Trial    Trial
	Passed   bool
}

// TryRelease asks every case of a release and yesterday's accesses again under its
// rules. A release whose cases all pass, those of the house included, is tried.
func (room *Room) TryRelease(ctx context.Context, release string, rev int) (Release, Tryout, error) {
	var tried Tryout
	var rel Release
	err := room.asking.Disclose(ctx, "policy.try", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Policy", ID: release, Org: org}); err != nil {
			return err
		}
		if rel, err = releases.Get(ctx, r, org, release); err != nil {
			return absent(err)
		}
		tried, err = room.tryout(ctx, r, rel)
		return err
	})
	if err != nil {
		return Release{}, Tryout{}, err
	}
	if !tried.Passed || rel.State == DatedOnce {
		return rel, tried, nil
	}
	looked := rel.Digest
	rel, err = room.onRelease(ctx, "policy.try", release, rev, func(ctx context.Context, w *act.Work, rel *Release) error {
		if !bytes.Equal(rel.Digest, looked) || rel.State == DatedOnce {
			return errReleaseMoved.With()
		}
		rel.State, rel.Tried = Tried, w.Now()
		rel.Trial = Tally{Cases: len(tried.Outcomes), Asked: tried.Trial.Asked, NewlyRefused: tried.Trial.NewlyRefused, NewlyAllowed: tried.Trial.NewlyAllowed}
		return step(ctx, w, *rel, "tried", "")
	})
	return rel, tried, err
}

func (room *Room) tryout(ctx context.Context, r *act.Reading, rel Release) (Tryout, error) {
	book, problems := room.rules.Delivered().With(rel.Rules, rel.Number)
	if len(problems) > 0 {
		return Tryout{Problems: problems}, nil
	}
	t := Tryout{Outcomes: book.Try(append(policy.CareCases(), rel.Cases...)), Passed: true}
	for _, o := range t.Outcomes {
		t.Passed = t.Passed && o.Passed
	}
	yesterday := calendar.DateOf(r.Now()) - 1
	t.Trial = Trial{From: yesterday.Start().UTC(), To: yesterday.End().UTC()}
	return t, room.replay(ctx, r, Candidate{rules: book}, &t.Trial)
}

// CheckRules tells what is wrong with rules as they are written.
func (room *Room) CheckRules(ctx context.Context, text string) ([]policy.Problem, error) {
	var problems []policy.Problem
	err := room.asking.Disclose(ctx, "policy.view", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		_, problems = room.rules.Delivered().With(text, 0)
		return nil
	})
	return problems, err
}

// within reports whether a moment lies after another by at most some time.
func within(at, after time.Time, most time.Duration) bool {
	return at.After(after) && !at.After(after.Add(most))
}
