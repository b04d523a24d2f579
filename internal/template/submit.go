package template

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// Submit has a draft reviewed. What has a defect is refused with all of them, among them
// each field without a purpose or without a reason (B-010).
func (room *Room) Submit(ctx context.Context, version string, rev int) (Version, error) {
	if err := room.desk.Begin(ctx, "template.submit"); err != nil {
		return Version{}, err
	}
	_, digest, report, err := room.written(ctx, version)
	if err != nil {
		return Version{}, err
	}
	return room.change(ctx, "template.submit", version, rev, func(ctx context.Context, w *act.Work, v *Version) error {
		if v.State != Draft {
			return errOrder.With("state", v.State)
		}
		if err := report.refusal(); err != nil {
			return err
		}
		v.State, v.Why, v.Digest, v.Submitted, v.SubmittedBy = Submitted, "", digest, w.Now(), w.Actor().ID
		_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "medical-affairs"}, Subject: v.ID})
		return err
	})
}

// Return gives a submitted version back to its authors, with a reason; or takes it back.
func (room *Room) Return(ctx context.Context, version string, rev int, words string) (Version, error) {
	if err := mustSay(words); err != nil {
		return Version{}, err
	}
	return room.change(ctx, "template.return", version, rev, func(ctx context.Context, w *act.Work, v *Version) error {
		if v.State != Submitted {
			return errOrder.With("state", v.State)
		}
		v.State, v.Why, v.Digest = Draft, words, nil
		return room.duty.DoneIn(ctx, w, Approval, v.ID)
	})
}

func mustSay(words string) error {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	return e.OrNil()
}
