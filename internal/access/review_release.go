package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// ReviewRelease agrees to a release that was tried, or gives it back with words.
// Whoever agrees is unrelated to everybody who wrote it.
func (room *Room) ReviewRelease(ctx context.Context, release string, rev int, agree bool, words string) (Release, error) {
	if err := room.asking.Begin(ctx, "policy.review"); err != nil {
		return Release{}, err
	}
	e := errGrantInput.With()
	e.MaySay("words", words, maxWords)
	if !agree {
		e.MustSay("words", words, maxWords)
	}
	if err := e.OrNil(); err != nil {
		return Release{}, err
	}
	return room.onRelease(ctx, "policy.review", release, rev, func(ctx context.Context, w *act.Work, rel *Release) error {
		if rel.State != Tried {
			return errNotTried.With()
		}
		unrelated, err := room.twoPersons(ctx, w, []string{w.Actor().ID}, rel.Writers)
		if err != nil {
			return err
		}
		if !unrelated {
			return errOneself.With()
		}
		if !agree {
			rel.State = Drafted
			return step(ctx, w, *rel, "returned", words)
		}
		rel.State, rel.Reviewed, rel.Reviewer = Agreed, w.Now(), w.Actor().ID
		return step(ctx, w, *rel, "agreed", words)
	})
}

func (room *Room) twoPersons(ctx context.Context, r db.Reader, ones, others []string) (bool, error) {
	now := room.desk.Now()
	bonds, err := room.bonds.Among(ctx, r, room.org, now, slices.Concat(ones, others)...)
	return err == nil && bonds.TwoPersons(ones, others, now), err
}
