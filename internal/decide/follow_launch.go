package decide

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
)

// Opened is what a browser gets that follows a link: with it the person goes on who is
// signed in, or signs in within its time.
type Opened struct {
	Claim string
	Until time.Time
}

// OpenLaunch spends a link. Whoever follows it is nobody yet and learns nothing; the
// house itself keeps the account, also of a link that is shown again or too late.
func (room *Room) OpenLaunch(ctx context.Context, link string) (Opened, error) {
	now, from := room.desk.Now(), act.From(ctx)
	if !room.knocks.Allows(from.IP, now) {
		return Opened{}, errKnocks.With()
	}
	shown := readTicket(link)
	claim, text := newTicket(shown.id)
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation", IP: from.IP, Terminal: from.Terminal})
	err := room.follow(ctx, "decide.open-launch", shown, linkOf, func(w *act.Work, l *Launch, _ source.Source) *fault.Error {
		switch {
		case !l.Opened.IsZero():
			return errLaunchSpent.With()
		case !l.Until.After(w.Now()):
			return errLaunchLate.With()
		}
		l.Opened, l.Claim, l.ClaimUntil = w.Now(), claim.digest, w.Now().Add(claimLife)
		return nil
	})
	if err != nil {
		return Opened{}, err
	}
	return Opened{Claim: text, Until: now.Add(claimLife)}, nil
}

// Landing is where somebody goes who followed a link.
type Landing struct {
	Patient   string // our door tells what he may see of him
	Encounter string
	Purpose   string
	Source    fault.Text // from where he came
}

// Land lets the person of a link go on, signed in as himself. Anybody else is refused,
// and the claim stays good for its person.
func (room *Room) Land(ctx context.Context, claim string) (Landing, error) {
	const verb = "decide.land"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Landing{}, err
	}
	var out Landing
	err := room.follow(ctx, verb, readTicket(claim), claimOf, func(w *act.Work, l *Launch, from source.Source) *fault.Error {
		switch {
		case !l.Landed.IsZero():
			return errLaunchSpent.With()
		case !l.ClaimUntil.After(w.Now()):
			return errLaunchLate.With()
		}
		if l.Patient != "" {
			w.Concerns(policy.Object{Kind: "Patient", ID: l.Patient, Patient: l.Patient})
		}
		l.Landed, l.Session = w.Now(), w.Actor().Session
		out = Landing{Patient: l.place(), Encounter: l.Encounter, Purpose: l.Purpose, Source: fault.Text{ZH: from.NameZH, EN: from.NameEN}}
		return nil
	})
	return out, err
}

func linkOf(l Launch) []byte  { return l.Link }
func claimOf(l Launch) []byte { return l.Claim }

// follow finds the launch of a ticket, asks whether it may be followed, and lets next
// change it, or refuse. A ticket that no longer counts is on the account too, some times.
func (room *Room) follow(ctx context.Context, verb string, shown ticket, of func(Launch) []byte, next func(w *act.Work, l *Launch, from source.Source) *fault.Error) error {
	var missed *fault.Error
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		l, err := launches.Get(ctx, w, w.Actor().Org, shown.id)
		if errors.Is(err, db.ErrNone) || err == nil && !shown.is(of(l)) {
			return errLaunch.With()
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, l.object()); err != nil {
			return err
		}
		from, err := room.sources.Find(ctx, w, l.Org, l.Source)
		if err != nil {
			return err
		}
		w.Note("launch", l.ID)
		if missed = errLaunch.With(); from.Live(w.Now()) {
			missed = next(w, &l, from)
		}
		if missed != nil {
			if l.Misses++; l.Misses > missesTold {
				return missed
			}
			w.Note("in-vain", missed.Code.Name)
		}
		return launches.Update(ctx, w, &l)
	})
	if err == nil && missed != nil {
		return missed
	}
	return err
}
