package sysaccount

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// longest is how long a confirmation may hold: then it is asked for again.
const longest = 183 * 24 * time.Hour

// Disposing is what is said of an issue.
type Disposing struct {
	Decision string     `json:"decision" enum:"confirm,close" doc:"confirm lets it stand until a day; close has it taken back"`
	Until    *time.Time `json:"until,omitempty" doc:"of a confirmation; at most half a year"`
	Words    string     `json:"words" maxLength:"4000"`
}

func (in Disposing) check(now time.Time) error {
	e := errInput.With()
	e.MustSay("words", in.Words, maxWords)
	switch {
	case in.Decision != "confirm" && in.Decision != "close":
		e.At("decision", fault.Text{ZH: "应为 confirm 或 close", EN: "is confirm or close"})
	case in.Decision == "confirm" && (in.Until == nil || !in.Until.After(now) || in.Until.Sub(now) > longest):
		e.At("until", fault.Text{ZH: "确认须有截止日，最长半年", EN: "a confirmation has an end, at most half a year ahead"})
	}
	return e.OrNil()
}

// Dispose confirms a difference until a day, or has it taken back. That somebody has left
// or moved cannot be confirmed.
func (room *Room) Dispose(ctx context.Context, issue string, in Disposing) (Issue, error) {
	if err := room.desk.Begin(ctx, "sysaccount.dispose"); err != nil {
		return Issue{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return Issue{}, err
	}
	key, fresh, err := room.houseKey(ctx)
	if err != nil {
		return Issue{}, err
	}
	sealed, err := key.Seal(wordsPlace(issue), []byte(in.Words))
	if err != nil {
		return Issue{}, err
	}
	var i Issue
	err = room.desk.Do(ctx, "sysaccount.dispose", func(ctx context.Context, w *act.Work) (err error) {
		if i, err = issues.Get(ctx, w, w.Actor().Org, issue); err != nil {
			return absent(err)
		}
		if err := room.permit(ctx, w, i.Source, Account{Org: i.Org, Source: i.Source, Account: i.Account, Person: i.Person}); err != nil {
			return err
		}
		switch {
		case !i.Closed.IsZero():
			return errDisposed.With()
		case GroupOf(i.Kind) == Red:
			return errOnlyThere.With()
		}
		w.Note("issue", i.ID)
		if fresh {
			if err := key.Save(ctx, w); err != nil {
				return err
			}
		}
		i.State, i.Until = ToClose, time.Time{}
		if in.Decision == "confirm" {
			i.State, i.Until = Confirmed, in.Until.UTC()
		}
		i.By, i.At, i.Words = w.Actor().ID, w.Now(), sealed
		return issues.Update(ctx, w, &i)
	})
	if err != nil {
		return Issue{}, err
	}
	return i, room.compare(ctx, i.Org, i.Source)
}

// permit asks for an account; whoever answers for the system is in charge of it.
func (room *Room) permit(ctx context.Context, w *act.Work, source string, a Account) error {
	ties, err := room.charged(ctx, w, w.Actor(), source, w.Now())
	if err != nil {
		return err
	}
	return w.Permit(ctx, a.object(), ties...)
}

// Assign says whose an account is, or that several people use it. Nobody takes one for
// himself.
func (room *Room) Assign(ctx context.Context, source, account, person string, shared bool) (Account, error) {
	if err := room.desk.Begin(ctx, "sysaccount.assign"); err != nil {
		return Account{}, err
	}
	if (person == "") != shared {
		return Account{}, errInput.With().At("person", fault.Text{ZH: "请指定人员，或说明由多人共用", EN: "name a person, or say that several use it"})
	}
	var a Account
	err := room.desk.Do(ctx, "sysaccount.assign", func(ctx context.Context, w *act.Work) (err error) {
		if a, err = accounts.Get(ctx, w, w.Actor().Org, source, account); err != nil {
			return absent(err)
		}
		asked := a
		asked.Person = person
		if err := room.permit(ctx, w, source, asked); err != nil {
			return err
		}
		if !shared {
			if _, err := staff.StandingOf(ctx, w, a.Org, person, w.Now()); errors.Is(err, staff.ErrNoPerson) {
				return errInput.With().At("person", fault.Text{ZH: "没有此人", EN: "is nobody here"})
			} else if err != nil {
				return err
			}
		}
		w.Note("source", source)
		a.Person, a.Match, a.Changed = person, Assigned, w.Now()
		if shared {
			a.Match = Shared
		}
		return accounts.Update(ctx, w, &a)
	})
	if err != nil {
		return Account{}, err
	}
	return a, room.compare(ctx, a.Org, source)
}

func wordsPlace(issue string) vault.Place {
	return vault.Place{Kind: "SystemAccount", Object: issue, Field: "words"}
}

// houseKey seals what is said, before the act that keeps it. fresh says that it must be
// kept too.
func (room *Room) houseKey(ctx context.Context) (key *vault.Subject, fresh bool, err error) {
	org := act.From(ctx).Org
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		key, err = room.vault.Subject(ctx, r, org, vault.House)
		return err
	})
	if errors.Is(err, vault.KeyDestroyed) {
		key, err = room.vault.NewSubject(org, vault.House)
		return key, true, err
	}
	return key, false, err
}
