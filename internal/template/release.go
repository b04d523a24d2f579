package template

import (
	"bytes"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// furthest is how long ahead a version may be released.
const furthest = 366 * 24 * time.Hour

// Release puts a submitted version into use from a moment on, or at once where since is
// zero: by somebody unrelated to everybody who wrote it, who has rev before him. From
// then on it never changes.
func (room *Room) Release(ctx context.Context, version string, rev int, since time.Time) (Version, error) {
	if err := room.desk.Begin(ctx, "template.release"); err != nil {
		return Version{}, err
	}
	content, digest, report, err := room.written(ctx, version)
	if err != nil {
		return Version{}, err
	}
	return room.change(ctx, "template.release", version, rev, func(ctx context.Context, w *act.Work, v *Version) error {
		if v.State != Submitted {
			return errOrder.With("state", v.State)
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, v.Authors...); err != nil {
			return err
		}
		if !bytes.Equal(digest, v.Digest) {
			return errAltered.With()
		}
		if err := report.refusal(); err != nil {
			return err
		}
		from, err := startOf(since.UTC(), w.Now())
		if err != nil {
			return err
		}
		v.State, v.ApprovedBy, v.Approved, v.Since = Released, w.Actor().ID, w.Now(), from
		w.Note("key", v.Key)
		if err := room.duty.DoneIn(ctx, w, Approval, v.ID); err != nil {
			return err
		}
		return releases.Insert(ctx, w, &Release{
			Org: v.Org, ID: v.ID, Key: v.Key, Number: v.Number, Content: content, Digest: digest, Authors: v.Authors, ApprovedBy: v.ApprovedBy, Approved: v.Approved, Since: v.Since,
		})
	})
}

func startOf(since, now time.Time) (time.Time, error) {
	switch {
	case since.IsZero() || since.Before(now) && now.Sub(since) < time.Hour:
		return now, nil
	case since.Before(now) || since.Sub(now) > furthest:
		return time.Time{}, errInput.With().At("since", fault.Text{ZH: "启用时间应在现在至一年之内", EN: "it comes into use between now and a year from now"})
	}
	return since, nil
}

// Retire takes a released version out of use at once. Whoever began with it goes on.
func (room *Room) Retire(ctx context.Context, version string, rev int, words string) (Version, error) {
	if err := mustSay(words); err != nil {
		return Version{}, err
	}
	return room.change(ctx, "template.retire", version, rev, func(_ context.Context, w *act.Work, v *Version) error {
		if v.State != Released {
			return errOrder.With("state", v.State)
		}
		v.State, v.Why, v.Retired, v.RetiredBy = Retired, words, w.Now(), w.Actor().ID
		return nil
	})
}
