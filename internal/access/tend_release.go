package access

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
)

// askedBefore is how long before its date a review of a release is asked for.
const askedBefore = 14 * day

// tendRelease asks for the review of the release in force when its date is near. The
// release stays in force: to lose what it forbids would open what is shut.
func (room *Room) tendRelease(ctx context.Context) error {
	var due Release
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) error {
		due = Release{}
		all, err := newestTurns(ctx, r, room.org, turnsKept)
		t := inForce(all, now)
		if err != nil || t.Release == "" {
			return err
		}
		rel, err := releases.Get(ctx, r, room.org, t.Release)
		if err == nil && rel.ReviewBy.Before(now.Add(askedBefore)) {
			due = rel
		}
		return err
	})
	if err != nil || due.ID == "" {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		open, err := duty.OpenAbout(ctx, w, due.Org, ReleaseReview, due.ID)
		if err != nil || len(open) > 0 {
			return err
		}
		w.Note("release", due.ID)
		_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: ReleaseReview, To: duty.To{Role: "security-administrator"}, Subject: due.ID})
		return err
	})
}
