package access

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Draft keeps the first draft of a release. Rules that do not hold yet are kept too,
// so that nothing written is lost.
func (room *Room) Draft(ctx context.Context, in Drafting) (Release, error) {
	if err := room.asking.Begin(ctx, "policy.draft"); err != nil {
		return Release{}, err
	}
	if err := in.check(); err != nil {
		return Release{}, err
	}
	var rel Release
	err := room.asking.Do(ctx, "policy.draft", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		rel = Release{Org: org, ID: id.New(w.Now()), Rev: 1, State: Drafted, Made: w.Now(), Writers: []string{w.Actor().ID}}
		if err := w.Permit(ctx, rel.object()); err != nil {
			return err
		}
		if err := rel.write(in); err != nil {
			return err
		}
		var err error
		if rel.Number, err = nextNumber(ctx, w, org); err != nil {
			return err
		}
		w.Note("release", strconv.Itoa(rel.Number))
		if err := releases.Insert(ctx, w, &rel); err != nil {
			return err
		}
		return step(ctx, w, rel, "drafted", "")
	})
	return rel, moved(err)
}

// Rewrite changes a release that is not dated yet. What was tried and reviewed must
// be tried and reviewed again.
func (room *Room) Rewrite(ctx context.Context, release string, rev int, in Drafting) (Release, error) {
	if err := room.asking.Begin(ctx, "policy.draft"); err != nil {
		return Release{}, err
	}
	if err := in.check(); err != nil {
		return Release{}, err
	}
	return room.onRelease(ctx, "policy.draft", release, rev, func(ctx context.Context, w *act.Work, rel *Release) error {
		if rel.State == DatedOnce {
			return errDated.With()
		}
		rel.State = Drafted
		if !slices.Contains(rel.Writers, w.Actor().ID) {
			rel.Writers = append(rel.Writers, w.Actor().ID)
		}
		if err := rel.write(in); err != nil {
			return err
		}
		return step(ctx, w, *rel, "changed", "")
	})
}

// onRelease is the spine of what is done to a release that lies there. rev is the
// revision that was looked at.
func (room *Room) onRelease(ctx context.Context, verb, release string, rev int, do func(ctx context.Context, w *act.Work, rel *Release) error) (Release, error) {
	var rel Release
	err := room.asking.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if err := w.Permit(ctx, policy.Object{Kind: "Policy", ID: release, Org: w.Actor().Org}); err != nil {
			return err
		}
		if rel, err = releases.Get(ctx, w, w.Actor().Org, release); err != nil {
			return absent(err)
		}
		if rel.Rev != rev {
			return errReleaseMoved.With()
		}
		w.Note("release", strconv.Itoa(rel.Number))
		if err := do(ctx, w, &rel); err != nil {
			return err
		}
		rel.Rev++
		return releases.Update(ctx, w, &rel)
	})
	return rel, moved(err)
}

func moved(err error) error {
	if errors.Is(err, db.ErrExists) {
		return errReleaseMoved.Because(err)
	}
	return err
}

func step(ctx context.Context, w *act.Work, rel Release, kind, words string) error {
	return releaseSteps.Insert(ctx, w, &ReleaseStep{
		Org: w.Actor().Org, ID: id.New(w.Now()), Release: rel.ID, Rev: rel.Rev, Kind: kind, At: w.Now(), Person: w.Actor().ID, Words: words,
	})
}
