package access

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// idleEvery is how often it is looked for grants that nobody uses: each costs a search.
const idleEvery = time.Hour

// watchIdle notifies the holders of grants that they do not use, and ends those whose
// notice is over.
func (room *Room) watchIdle(ctx context.Context) error {
	if room.ledger == nil {
		return nil
	}
	now := room.desk.Now()
	searching := now.Sub(room.idleLooked) >= idleEvery
	var running []Idle
	var unused []Idle
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if running, err = noticesRunning(ctx, r, room.org); err != nil || !searching {
			return err
		}
		unused, err = room.idleGrants(ctx, r, now)
		return err
	})
	for _, n := range running {
		if searching || !n.Ends.After(now) {
			err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.settleIdle(ctx, w, n.ID) }))
		}
	}
	for _, n := range unused {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.noticeIdle(ctx, w, n) }))
	}
	if err == nil && searching {
		room.idleLooked = now
	}
	return err
}

// idleGrants finds the grants whose holders did not use them for as long as the
// organisation has set, and that would outlast a notice.
func (room *Room) idleGrants(ctx context.Context, r db.Reader, now time.Time) ([]Idle, error) {
	days := room.rules.LimitsAt(now).IdleDays
	from := now.Add(-time.Duration(days) * day)
	old, err := unnoticed(ctx, r, room.org, from, now.Add(idleNotice))
	if err != nil {
		return nil, err
	}
	var unused []Idle
	for _, g := range old {
		used, err := room.lastUse(ctx, r, g, from)
		if err != nil {
			return nil, err
		}
		if used.IsZero() && g.live(now) {
			unused = append(unused, Idle{Org: g.Org, Grant: g.ID, Person: g.Person, Days: days})
		}
	}
	return unused, nil
}

// lastUse is when the holder of a grant last reached something by one, not before a
// moment; zero: he did not.
func (room *Room) lastUse(ctx context.Context, r db.Reader, g Grant, from time.Time) (time.Time, error) {
	if room.ledger == nil {
		return time.Time{}, nil
	}
	if from.Before(g.Since) {
		from = g.Since
	}
	uses, err := room.ledger.Search(ctx, r, ledger.Query{Org: g.Org, Actor: g.Person, Patient: g.Patient, Tie: policy.TieGrant, Outcome: ledger.Done, From: from, Limit: 1})
	if err != nil || len(uses.Lines) == 0 {
		return time.Time{}, err
	}
	return uses.Lines[0].At, nil
}

func (room *Room) noticeIdle(ctx context.Context, w *act.Work, n Idle) error {
	if _, err := noticeOf(ctx, w, n.Org, n.Grant); !errors.Is(err, db.ErrNone) {
		return err
	}
	n.ID, n.Noticed, n.Ends = id.New(w.Now()), w.Now(), w.Now().Add(idleNotice)
	w.Note("grant", n.Grant)
	w.Note("person", n.Person)
	w.Note("ends", n.Ends.Format(time.RFC3339))
	if err := idles.Insert(ctx, w, &n); err != nil {
		return err
	}
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: IdleGrant, To: duty.To{Person: n.Person}, Subject: n.ID, Deadline: n.Ends})
	return err
}

// settleIdle closes a notice to which something has come, and ends the grant when its
// time is over.
func (room *Room) settleIdle(ctx context.Context, w *act.Work, notice string) error {
	n, err := idles.Get(ctx, w, room.org, notice)
	if err != nil || n.Outcome != "" {
		return err
	}
	g, err := grants.Get(ctx, w, n.Org, n.Grant)
	if err != nil {
		return err
	}
	used, err := room.lastUse(ctx, w, g, n.Noticed)
	switch {
	case err != nil:
		return err
	case !g.live(w.Now()):
		n.close(IdleGone, w.Now())
	case !used.IsZero():
		n.Used = used
		n.close(IdleUsed, w.Now())
	case n.Ends.After(w.Now()):
		return nil
	default:
		n.close(IdleEnded, w.Now())
		if err := room.endIn(ctx, w, &g, Unused); err != nil {
			return err
		}
	}
	w.Note("outcome", n.Outcome)
	if err := room.duty.CancelIn(ctx, w, IdleGrant, n.ID); err != nil {
		return err
	}
	return idles.Update(ctx, w, &n)
}
