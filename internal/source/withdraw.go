package source

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Withdraw ends what was allowed to a program: by whoever allowed it, or by the security
// administrator. It holds with the next request of the program.
func (room *Room) Withdraw(ctx context.Context, allowance string) error {
	return room.desk.Do(ctx, "source.withdraw", func(ctx context.Context, w *act.Work) error {
		a, err := allowances.Get(ctx, w, w.Actor().Org, allowance)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, a.object()); err != nil {
			return err
		}
		w.Note("source", a.Source)
		w.Note("allowance", a.ID)
		if !a.Live(w.Now()) {
			return errOver.With()
		}
		return room.endAllowance(ctx, w, &a, whyEnded(a, w.Actor().ID))
	})
}

// WithdrawAll ends what people allowed to a program, and returns how much that was; at most as much as one act holds.
func (room *Room) WithdrawAll(ctx context.Context, source string) (int, error) {
	n := 0
	err := room.desk.Do(ctx, "source.withdraw", func(ctx context.Context, w *act.Work) error {
		s, err := sources.Get(ctx, w, w.Actor().Org, source)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Source", ID: s.ID, Org: s.Org}); err != nil {
			return err
		}
		w.Note("source", s.ID)
		live, err := liveAllowances(ctx, w, s.Org, s.ID, w.Now())
		if err != nil {
			return err
		}
		for _, a := range live {
			if err := room.endAllowance(ctx, w, &a, whyEnded(a, w.Actor().ID)); err != nil {
				return err
			}
		}
		n = len(live)
		w.Note("allowances", strconv.Itoa(n))
		return nil
	})
	return n, err
}

func whyEnded(a Allowance, by string) string {
	if a.Person == by {
		return Withdrawn
	}
	return TakenAway
}
