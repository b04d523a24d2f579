package amendment

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/recipient"
)

// mostReads bounds how many readings of one document are looked through for programs.
const mostReads = 200

// Effects discloses who was given a document before its correction, and the digest that
// the step of effects takes.
func (room *Room) Effects(ctx context.Context, amendment string) (found []Affected, digest string, err error) {
	err = room.mine(ctx, "amendment.view", amendment, func(ctx context.Context, r *act.Reading, c Case) (err error) {
		found, err = room.affected(ctx, r, c)
		return err
	})
	return found, digestOf(found), err
}

// affected finds everybody who has a document as it was, one line each, by time.
func (room *Room) affected(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	var all []Affected
	for _, find := range []func(context.Context, db.Reader, Case) ([]Affected, error){room.sent, issuesOf, shownOf, forwardsOf, room.programs} {
		found, err := find(ctx, r, c)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(newestOf(all), func(a Affected) bool { return a.Person != "" && a.Person == c.OpenedBy })
	for i := range all {
		if all[i].Person == "" {
			continue
		}
		roles, err := rolesOf(ctx, r, c.Org, all[i].Person, room.desk.Now())
		if err != nil {
			return nil, err
		}
		all[i].Gone = len(roles) == 0
	}
	slices.SortStableFunc(all, func(a, b Affected) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.who(), b.who())) })
	return all, nil
}

// sent are those to whom it left by the outward register: registered recipients, requests
// from outside, and claims that rest on its encounter.
func (room *Room) sent(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	sendings, err := room.o.Recipients.AboutPatient(ctx, r, c.Org, c.Patient)
	if err != nil {
		return nil, err
	}
	var all []Affected
	for _, s := range sendings {
		items, _, err := room.o.Recipients.ItemsOf(ctx, r, s.Sending)
		if err != nil {
			return nil, err
		}
		a := Affected{Kind: BySending, Ref: s.ID, Recipient: s.Recipient, Name: s.To, At: s.Sent}
		if s.Party == recipient.ByCase {
			a.Kind = ByHand
		}
		has := false
		for _, item := range items {
			switch {
			case item.Kind == "Document" && item.ID == c.Document && item.Version <= c.Base:
				has, a.Version = true, item.Version
			case item.Kind == "Encounter" && s.Shape == "claims" && c.Encounter != "" && item.ID == c.Encounter:
				has, a.Kind, a.Version = true, ByClaim, c.Base
			}
		}
		if !has {
			continue
		}
		if a.Kind == BySending {
			x, err := room.o.Recipients.Find(ctx, r, c.Org, s.Recipient)
			if err != nil && !errors.Is(err, act.ErrAbsent) {
				return nil, err
			}
			a.Gone, a.owner = err != nil || !x.Live(room.desk.Now()), x.Said.Owner
		}
		all = append(all, a)
	}
	return all, nil
}

// programs are those that read it for a person, as the account tells.
func (room *Room) programs(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	page, err := room.o.Ledger.Search(ctx, r, ledger.Query{Org: c.Org, Kind: "Document", Object: c.Document, Verbs: []string{"record.view"}, Outcome: ledger.Done, Limit: mostReads})
	if err != nil {
		return nil, err
	}
	var all []Affected
	for _, line := range page.Lines {
		told, err := room.o.Ledger.At(ctx, r, line.Position)
		if err != nil {
			return nil, err
		}
		program, by := strings.CutPrefix(told.Entry.Actor.Terminal, "app:")
		if !by {
			continue
		}
		a := Affected{Kind: ByProgram, Ref: line.ID, Recipient: program, Name: program, At: line.At, Version: c.Base}
		s, err := room.o.Sources.Find(ctx, r, c.Org, program)
		switch {
		case errors.Is(err, act.ErrAbsent):
			a.Gone = true
		case err != nil:
			return nil, err
		default:
			a.Name, a.owner = s.NameZH, s.Owner
		}
		all = append(all, a)
	}
	return all, nil
}
