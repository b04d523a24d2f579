package debarment

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// Settle agrees to what waits, or declines it: by somebody unrelated to whoever wants it.
// What the house lets in already and is barred from then on is listed as hits.
func (room *Room) Settle(ctx context.Context, debarment string, rev int, agree bool) (Debarment, error) {
	return room.change(ctx, "debarment.settle", debarment, rev, func(ctx context.Context, w *act.Work, d *Debarment) error {
		if err := room.duty.DoneIn(ctx, w, Approval, d.ID); err != nil {
			return err
		}
		w.Note("outcome", outcome(agree))
		switch {
		case d.State == Proposed:
			return room.settleNew(ctx, w, d, agree)
		case d.State == Held && len(d.Wanted) > 0:
			return room.settleChange(ctx, w, d, agree)
		}
		return errOrder.With("state", d.State)
	})
}

func outcome(agree bool) string {
	if agree {
		return "agreed"
	}
	return "declined"
}

func (room *Room) settleNew(ctx context.Context, w *act.Work, d *Debarment, agree bool) error {
	d.Settled, d.SettledBy = w.Now(), w.Actor().ID
	if !agree {
		d.State = Declined
		return nil
	}
	if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, d.ProposedBy); err != nil {
		return err
	}
	d.State = Held
	if err := room.askReview(ctx, w, *d); err != nil {
		return err
	}
	return room.listStanding(ctx, w, *d)
}

func (room *Room) settleChange(ctx context.Context, w *act.Work, d *Debarment, agree bool) error {
	wanted := d.Wanted[0]
	d.Wanted = []Change{}
	if !agree {
		return nil
	}
	if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, wanted.By); err != nil {
		return err
	}
	d.Settled, d.SettledBy = w.Now(), w.Actor().ID
	if wanted.End {
		d.State, d.Until = Ended, w.Now()
		return room.duty.CancelIn(ctx, w, Review, d.ID)
	}
	d.Until, d.Review = wanted.Until, wanted.Review
	if err := room.duty.DoneIn(ctx, w, Review, d.ID); err != nil {
		return err
	}
	return room.askReview(ctx, w, *d)
}

func (room *Room) askReview(ctx context.Context, w *act.Work, d Debarment) error {
	if d.Review.IsZero() {
		return nil
	}
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Review, To: duty.To{Role: keeper}, Subject: d.ID, Deadline: d.Review})
	return err
}

// mostStanding bounds how many hits of what stands one debarment opens.
const mostStanding = 50

// listStanding opens a hit for each party that is let in already and is now barred.
// Nothing is ended by it: a person does that, where it is.
func (room *Room) listStanding(ctx context.Context, w *act.Work, d Debarment) error {
	contents, err := room.contents(ctx, w, d.Org, []Debarment{d})
	if err != nil {
		return err
	}
	c := contents[d.ID]
	k := knownAs(d, c)
	var all []found
	for _, of := range room.standing {
		parties, err := of(ctx, w, d.Org, append([]string{c.Name}, c.Aliases...), d.Person)
		if err != nil {
			return err
		}
		for _, p := range parties {
			if how := k.match(askedAs(p)); how != "" && len(all) < mostStanding {
				all = append(all, found{known: k, party: p, how: how, verb: Standing, state: stateOf(how)})
			}
		}
	}
	return room.keepIn(ctx, w, all, "")
}

func stateOf(how string) string {
	if how == ByName {
		return Asked
	}
	return Refused
}

// overdue reports whether the review of a debarment that holds was missed.
func (d Debarment) overdue(at time.Time) bool {
	return d.Holds(at) && !d.Review.IsZero() && !d.Review.After(at)
}
