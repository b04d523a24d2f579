package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
)

const (
	// framesEvery is how often live grants are held against their frames although no frame
	// has changed: people move.
	framesEvery = time.Hour
	// keptWithin is how long a grant outside of its frame waits for somebody to keep it.
	keptWithin = 14 * day
)

// watchFrames asks about the live grants that lie outside of a frame, and ends those that
// nobody kept in time.
func (room *Room) watchFrames(ctx context.Context) error {
	now := room.desk.Now()
	var outside []Exception
	var over []Exception
	searched := false
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if over, err = exceptionsDue(ctx, r, room.org, now, enough); err != nil {
			return err
		}
		changed, err := frameChanged(ctx, r, room.org, room.framesLooked, now)
		if err != nil || !changed && now.Sub(room.framesLooked) < framesEvery {
			return err
		}
		searched = true
		outside, err = room.outsideFrames(ctx, r, now)
		return err
	})
	for _, x := range outside {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.askToKeep(ctx, w, x) }))
	}
	for _, x := range over {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.cutDue(ctx, w, x.ID) }))
	}
	if err == nil && searched {
		room.framesLooked = now
	}
	return err
}

// outsideFrames finds the live grants that pass a frame and have no exception for it.
func (room *Room) outsideFrames(ctx context.Context, r db.Reader, now time.Time) ([]Exception, error) {
	live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2 AND until > $3 ORDER BY id", room.org, Live, now.UnixMicro())
	if err != nil {
		return nil, err
	}
	var outside []Exception
	for _, g := range live {
		p, err := room.framePassed(ctx, r, g.asked(), g.Since, now)
		if err != nil {
			return nil, err
		}
		if len(p.over) == 0 {
			continue
		}
		known, err := exceptionsOf(ctx, r, g.Org, g.Request, g.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(known, func(x Exception) bool { return x.lets(p.over, now) || x.State == Waiting && x.Kind == ExceptionOutside }) {
			continue
		}
		outside = append(outside, Exception{
			Org: g.Org, Kind: ExceptionOutside, Request: g.Request, Result: g.ID, Requester: g.Requester, Person: g.Person, Patient: g.Patient, Department: p.frame.Department,
			Beyond: p.over, State: Waiting, Until: g.End(),
		})
	}
	return outside, nil
}

// asked is a grant as the request that it came of.
func (g Grant) asked() Request {
	return Request{Org: g.Org, ID: g.Request, Requester: g.Requester, Person: g.Person, Patient: g.Patient, Department: g.Department, Scope: g.Scope, Grant: g.ID}
}

// askToKeep asks the head of whoever holds a grant outside of the frame, and after him the
// offices, whether it is kept.
func (room *Room) askToKeep(ctx context.Context, w *act.Work, x Exception) error {
	known, err := exceptionsOf(ctx, w, x.Org, x.Request, x.Result)
	if err != nil || slices.ContainsFunc(known, func(one Exception) bool { return one.State == Waiting }) {
		return err
	}
	first := Step{Role: headRole, Department: ofBeneficiary}
	heads, err := first.holders(ctx, w, x.asked(), w.Now())
	if err != nil {
		return err
	}
	if len(heads) == 0 {
		first = Step{Role: leads}
	}
	x.ID, x.Steps, x.Opened, x.Due = id.New(w.Now()), append([]Step{first}, exceptionSteps()...), w.Now(), w.Now().Add(keptWithin)
	w.Note("exception", x.ID)
	w.Note("grant", x.Result)
	if err := exceptions.Insert(ctx, w, &x); err != nil {
		return err
	}
	return room.askException(ctx, w, x)
}

func (room *Room) cutDue(ctx context.Context, w *act.Work, exception string) error {
	x, err := exceptions.Get(ctx, w, room.org, exception)
	if err != nil || x.State != Waiting || x.Due.IsZero() || x.Due.After(w.Now()) {
		return err
	}
	if err := room.cutOutside(ctx, w, &x); err != nil {
		return err
	}
	w.Note("exception", x.ID)
	if err := room.duty.CancelIn(ctx, w, FrameException, x.ID); err != nil {
		return err
	}
	return exceptions.Update(ctx, w, &x)
}
